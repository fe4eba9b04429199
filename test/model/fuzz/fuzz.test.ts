import { Worker } from 'node:worker_threads'
import { languageReference } from '@cartkin/model'
import { afterAll, describe, expect, it } from 'vitest'
import { choicesOf } from './choices.ts'
import type { Shard } from './fuzz-worker.ts'
import { randomModel } from './random-model.ts'

const { CARTKIN_LONG } = process.env
const shardSize = 10_000
const shards = CARTKIN_LONG === '1' ? 100 : 5
/** On the clock, for one text, however busy the machine. */
const stall = 60_000

/** Reads the texts of a shard in a thread of its own and says what went wrong; a thread that hangs is ended. */
class Fuzzer {
  #worker: Worker | undefined

  async run(from: number, to: number): Promise<string> {
    this.#worker ??= new Worker(new URL('./fuzz-worker.ts', import.meta.url))
    const worker = this.#worker
    const progress = new Int32Array(new SharedArrayBuffer(4))
    const { promise, resolve, reject } = Promise.withResolvers<string>()
    let last = -1
    const watch = setInterval(() => {
      const seed = Atomics.load(progress, 0)
      if (seed === last) resolve(`seed ${seed} hangs`)
      last = seed
    }, stall)
    const onExit = (code: number) => resolve(`the thread ended with ${code} at seed ${progress[0]}`)
    worker.once('message', resolve).once('error', reject).once('exit', onExit)
    worker.postMessage({ from, to, progress } satisfies Shard)
    try {
      return await promise
    } finally {
      clearInterval(watch)
      worker.off('message', resolve).off('error', reject).off('exit', onExit)
    }
  }

  async close(): Promise<void> {
    await this.#worker?.terminate()
  }
}

describe('texts made by the grammar, whole and with slips', () => {
  const fuzzer = new Fuzzer()
  afterAll(() => fuzzer.close())

  it('hold every construct of the language', () => {
    const texts = Array.from({ length: 3000 }, (_, seed) => randomModel(choicesOf(seed)).text).join('\n')
    const isOwn = (title: string) => title.startsWith('Functions') || title === 'Names with a value'
    const words = languageReference()
      .filter(({ title }) => isOwn(title))
      .flatMap(({ constructs }) => constructs.filter(({ state }) => state === 'supported'))
      .map(({ written }) => written.replace(/\(.*/, ''))
      .filter((word) => !word.includes(' '))
    const forms = [
      ...[
        'function() {',
        'ini({',
        'model({',
        'rxode2(',
        'library(',
        ' -> ',
        ' ~ ',
        'else if',
        'd/dt(',
        '(0)',
        'f(',
        'lag(',
      ],
      ...[
        'alag(',
        'dur(',
        'rate(',
        'mtime(',
        'cmt(',
        'dvid(',
        'levels(',
        'unit(',
        'df(',
        'param(',
        'locf(',
        'nocb(',
        'linear(',
        'midpoint(',
        'label(',
        'backTransform(',
      ],
      ...[
        'fixed(',
        'fix(',
        'sd(cor',
        'chol(',
        ' | occ',
        'add(',
        'prop(',
        'pow(',
        'lnorm(',
        'logitNorm(',
        'probitNorm(',
      ],
      ...['boxCox(', 'yeoJohnson(', 'combined1()', 'combined2()', ' t(', 'cauchy()', 'pois(', 'binom(', 'norm(', 'r"('],
      ...['**', '%%', '&&', '||', '!=', '==', '<=', '>=', 'transit('],
    ]
    expect([...words, ...forms].filter((written) => !texts.includes(written))).toEqual([])
  })

  it.each(Array.from({ length: shards }, (_, shard) => shard * shardSize))(
    `seeds from %i: no exception, no hang, what is legal is read as it was written`,
    async (from) => {
      expect(await fuzzer.run(from, from + shardSize)).toBe('')
    },
    600_000,
  )
})
