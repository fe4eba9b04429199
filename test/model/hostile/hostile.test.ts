import { Worker } from 'node:worker_threads'
import { afterAll, describe, expect, it } from 'vitest'
import { hostileTexts } from './hostile-texts.ts'
import type { Question } from './probe-worker.ts'
import type { Probe } from './text-probe.ts'

const { CARTKIN_LONG } = process.env

/** Of the processor, for each stage of reading a text. */
const mostSeconds = 2
/** On the clock, for all stages, however busy the machine: beyond it a text hangs. */
const deadline = 60_000

/** Texts near the limits take a second in each of a dozen stages: the stages that no run needs are for the long tests. */
const depthOf = (family: string) => (family === 'sizes' && CARTKIN_LONG !== '1' ? 'run' : 'all')

/** Reads texts in a thread of its own, so that one that hangs or fills the memory is seen and not suffered. */
class Reader {
  #worker: Worker | undefined

  async read(question: Question): Promise<Probe> {
    this.#worker ??= new Worker(new URL('./probe-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: 2048 },
    })
    const worker = this.#worker
    const { promise, resolve, reject } = Promise.withResolvers<Probe>()
    const timer = setTimeout(() => reject(new Error(`no answer within ${deadline / 1000} s`)), deadline)
    const onExit = (code: number) => reject(new Error(`the thread ended with ${code}`))
    worker.once('message', resolve).once('error', reject).once('exit', onExit)
    try {
      worker.postMessage(question)
      return await promise
    } catch (error) {
      this.#worker = undefined
      await worker.terminate()
      throw error
    } finally {
      clearTimeout(timer)
      worker.off('message', resolve).off('error', reject).off('exit', onExit)
    }
  }

  async close(): Promise<void> {
    await this.#worker?.terminate()
  }
}

describe('hostile texts: no code run, no hang, no exception, prototypes unchanged', () => {
  const reader = new Reader()
  afterAll(() => reader.close())

  it('try more than 300 different things', () => {
    const tries = Object.values(hostileTexts).flatMap((texts) => Object.keys(texts))
    expect(new Set(tries).size).toBe(tries.length)
    expect(tries.length).toBeGreaterThan(300)
  })

  for (const [family, texts] of Object.entries(hostileTexts)) {
    it.each(Object.keys(texts))(
      `${family}: %s`,
      async (name) => {
        const { problems, seconds } = await reader.read({ family, name, depth: depthOf(family) })
        expect(problems).toEqual([])
        const slow = Object.entries(seconds).filter(([, spent]) => !(spent < mostSeconds))
        expect(slow).toEqual([])
      },
      2 * deadline,
    )
  }
})
