import {
  type Answer,
  type ComputePool,
  type FitJob,
  type PopulationJob,
  type Progress,
  runPopulation,
  type SimulateAnswer,
  type SimulateJob,
} from '@cartkin/compute'
import { createNodePool, type NodePoolOptions } from '@cartkin/compute/node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const entry = new URL('./toy-worker.ts', import.meta.url)
const pools: ComputePool[] = []
const stray: unknown[] = []
const note = (reason: unknown) => stray.push(reason)

function toyPool(options: NodePoolOptions = {}): ComputePool {
  const pool = createNodePool({ size: 1, entry, ...options })
  pools.push(pool)
  return pool
}

function toy(text: string, times: Float64Array = new Float64Array([0])): SimulateJob {
  return { kind: 'simulate', text, parameters: {}, doses: { records: [] }, start: 0, times, endpoints: [] }
}

const toyFit = (text: string): FitJob => ({
  kind: 'fit',
  text,
  problem: { parameters: {}, errorParameters: {}, estimated: [], endpoints: [], subjects: [] },
})

function said(answer: Answer<SimulateAnswer>): string {
  if (answer.status !== 'ok') return answer.status
  const [column] = answer.result.table.columns
  return column?.kind === 'text' ? (column.values[0] ?? '') : ''
}

beforeEach(() => {
  stray.length = 0
  process.on('unhandledRejection', note)
})
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()))
  process.off('unhandledRejection', note)
  expect(stray).toEqual([])
})

describe('a pool', () => {
  it.each([1, 2, 3])('answers every job once, whichever of %i workers ran it', async (size) => {
    const pool = toyPool({ size })
    const words = Array.from({ length: 40 }, (_, k) => `w${k}`)
    const answers = await Promise.all(words.map((word) => pool.run(toy(`echo ${word}`))))
    expect(answers.map(said)).toEqual(words)
  })

  it('delivers all progress before the answer, and always the last', async () => {
    const seen: Progress[] = []
    await toyPool().run(toy('progress'), { onProgress: (progress) => seen.push(progress) })
    expect(seen.at(-1)).toEqual({ kind: 'subjects', done: 200, total: 200 })
    expect(seen.length).toBeLessThan(10)
  })

  it('refuses a size that is not a number of workers', () => {
    expect(() => createNodePool({ size: 0 })).toThrow('1 to 256 workers, got 0')
    expect(() => createNodePool({ size: Number.NaN })).toThrow(RangeError)
  })

  it('tells when a job is answered with another kind', async () => {
    const answer = await toyPool().run(toy('other-kind'))
    expect(answer).toEqual({ status: 'crashed', message: 'the worker answered a simulate job with something else' })
  })
})

describe('a worker that dies', () => {
  it.each(['exit', 'throw-later'])('by %s twice: the job is crashed and its neighbours are answered', async (verb) => {
    const pool = toyPool({ size: 2 })
    const jobs = ['echo a', verb, 'echo b', 'echo c', 'work 30', 'echo d'].map((text) => pool.run(toy(text)))
    const answers = await Promise.all(jobs)
    expect(answers.map(said)).toEqual(['a', 'crashed', 'b', 'c', '30', 'd'])
    expect(answers[1]).toMatchObject({ message: expect.stringContaining('brought down 2 workers') })
  })

  it('once: the job runs again on a fresh one', async () => {
    const counter = new Float64Array(new SharedArrayBuffer(8))
    expect(said(await toyPool().run(toy('exit-once', counter)))).toBe('second')
    expect(new Int32Array(counter.buffer)[0]).toBe(2)
  })

  it('under a fit that was steered: it begins anew with the commands that it had taken, and those of its log that were to come', async () => {
    const stop = { iteration: 9, command: 'stop' } as const
    const answer = await toyPool().run({ ...toyFit('steered'), steering: { log: [stop] } })
    const fixed = { iteration: 2, command: 'fix', parameter: 'k', value: 1 }
    expect(answer).toEqual({ status: 'bad-job', message: JSON.stringify([fixed, stop]) })
  })

  it('does not die of an exception in a job, which is reported with its message', async () => {
    const pool = toyPool()
    expect(await pool.run(toy('throw'))).toEqual({ status: 'crashed', message: 'the job failed: a defect' })
    expect(said(await pool.run(toy('echo on')))).toBe('on')
  })

  it('when its entry cannot be loaded, crashes the jobs and does not spawn for ever', async () => {
    const pool = toyPool({ entry: new URL('./no-such-worker.ts', import.meta.url) })
    const answers = await Promise.all([pool.run(toy('echo a')), pool.run(toy('echo b'))])
    expect(answers.map(said)).toEqual(['crashed', 'crashed'])
  })
})

it('a subject that brings down its workers is crashed alone', async () => {
  const job: PopulationJob = {
    ...toy('exit-at 5'),
    kind: 'population',
    population: { factors: [], parameters: [{ parameter: 'index', sd: 0 }], ties: {} },
    seed: 1,
    from: 0,
    count: 12,
    quantities: [],
  }
  const answer = await runPopulation(toyPool({ size: 2 }), job, { chunk: 4 })
  if (answer.status !== 'ok') throw new Error(answer.status)
  const { outcomes, parameters } = answer.result
  expect(outcomes.map(({ status }) => status)).toEqual(Array(12).fill('finished').with(5, 'crashed'))
  expect([...parameters]).toEqual(Array.from({ length: 12 }, (_, k) => (k === 5 ? Number.NaN : k)))
})

describe('a worker that hangs', () => {
  it('is ended at the deadline of its job; the job behind it is answered', async () => {
    const pool = toyPool()
    const began = performance.now()
    const [hung, next] = await Promise.all([pool.run(toy('hang'), { deadline: 300 }), pool.run(toy('echo next'))])
    expect(hung).toEqual({ status: 'crashed', message: 'the job ran longer than its deadline of 300 ms' })
    expect(said(next)).toBe('next')
    expect(performance.now() - began).toBeLessThan(5000)
  })

  it('is noticed by its silence, twice', async () => {
    const answer = await toyPool({ silence: 200 }).run(toy('hang'))
    expect(answer).toMatchObject({ status: 'crashed', message: expect.stringContaining('no sign of life for') })
  })

  it('is not confused with one that works long', async () => {
    expect(said(await toyPool({ silence: 300 }).run(toy('work 1000')))).toBe('1000')
  })
})

describe.each([true, false])('cancelling with shared memory: %s', (shared) => {
  it('settles the running job at once and frees the worker', async () => {
    const pool = toyPool({ shared })
    const abort = new AbortController()
    const running = pool.run(toy('work 60000'), { signal: abort.signal })
    const next = pool.run(toy('echo next'))
    await new Promise((resolve) => setTimeout(resolve, 100))
    abort.abort()
    expect(said(await running)).toBe('cancelled')
    expect(said(await next)).toBe('next')
  })

  it('takes a waiting job out without harm to the running one', async () => {
    const pool = toyPool({ shared })
    const abort = new AbortController()
    const jobs = ['work 400', 'echo b', 'echo c'].map((text, k) =>
      pool.run(toy(text), k === 0 ? {} : { signal: abort.signal }),
    )
    abort.abort()
    expect((await Promise.all(jobs)).map(said)).toEqual(['400', 'cancelled', 'cancelled'])
  })

  it('ends a worker that does not listen', async () => {
    const pool = toyPool({ shared })
    const abort = new AbortController()
    const hung = pool.run(toy('hang'), { signal: abort.signal })
    const next = pool.run(toy('echo next'))
    setTimeout(() => abort.abort(), 50)
    expect(said(await hung)).toBe('cancelled')
    expect(said(await next)).toBe('next')
  })

  it('finishes a job that is asked to', async () => {
    const pool = toyPool({ shared })
    const finish = new AbortController()
    const job = pool.run(toy('wait'), { finish: finish.signal })
    setTimeout(() => finish.abort(), 50)
    expect(said(await job)).toBe('finish')
  })
})

describe('closing', () => {
  it('settles what is open, also twice, and refuses what comes after', async () => {
    const pool = toyPool({ size: 2 })
    const open = Array.from({ length: 6 }, () => pool.run(toy('work 60000')))
    const fit = pool.run(toyFit('work 60000'))
    await pool.close()
    await pool.close()
    expect((await Promise.all([...open, fit])).map(({ status }) => status)).toEqual(Array(7).fill('cancelled'))
    expect(await pool.run(toy('echo late'))).toEqual({ status: 'cancelled' })
  })
})

it('gives a fit its worker alone', async () => {
  const pool = toyPool({ size: 2 })
  const abort = new AbortController()
  const fit = pool.run(toyFit('work 60000'), { signal: abort.signal })
  const answers = await Promise.all(['a', 'b', 'c', 'd'].map((word) => pool.run(toy(`echo ${word}`))))
  expect(answers.map(said)).toEqual(['a', 'b', 'c', 'd'])
  abort.abort()
  expect(await fit).toEqual({ status: 'cancelled' })
})
