import {
  type ComputePool,
  createModelCache,
  type PopulationJob,
  PopulationSummarizer,
  type PopulationSummary,
  runJob,
  runPopulation,
  summarizePopulation,
} from '@cartkin/compute'
import { createNodePool } from '@cartkin/compute/node'
import { quantile } from '@cartkin/numerics'
import { timeGrid } from '@cartkin/simulation'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'

const job: PopulationJob = {
  kind: 'population',
  text: 'ke = 0.3\nV = 5\nd/dt(A) = -ke*A\nC = A/V\nroot = sqrt(A - 60)\n',
  parameters: {},
  doses: { regimen: { name: 'bolus', doses: [{ time: 1, cmt: 'A', amt: '20*V' }] } },
  start: 0,
  population: {
    factors: [],
    parameters: [
      { parameter: 'ke', sd: 0.4 },
      { parameter: 'V', sd: 0.2 },
    ],
    ties: {},
  },
  seed: 5,
  from: 3,
  count: 41,
  times: timeGrid(0, 8, 0.5),
  // `root` is no number where little is left: those subjects are not counted there
  quantities: ['C', 'root'],
  endpoints: [{ name: 'Cmax', label: 'Peak', unit: '', quantity: 'C', kind: 'maximum' }],
}
const levels = [0.1, 0.5, 0.9]

const pools: ComputePool[] = []
const poolOf = (size: number) => {
  const pool = createNodePool({ size })
  pools.push(pool)
  return pool
}
afterAll(() => Promise.all(pools.map((pool) => pool.close())))

async function kept(pool: ComputePool) {
  const answer = await runPopulation(pool, job)
  if (answer.status !== 'ok') throw new Error(answer.status)
  return answer.result
}

async function summarized(pool: ComputePool, chunk: number): Promise<PopulationSummary> {
  const answer = await summarizePopulation(pool, job, { chunk, levels })
  if (answer.status !== 'ok') throw new Error(answer.status)
  return answer.result
}

describe('a summary', () => {
  it('has the percentiles of the kept courses and the same rows, for any workers and chunks', async () => {
    const two = poolOf(2)
    const { courses, endpoints, parameters, outcomes } = await kept(two)
    const summaries = [await summarized(two, 8), await summarized(two, 1), await summarized(poolOf(1), 100)]
    for (const summary of summaries) {
      expect(summary.from).toBe(3)
      expect(summary.endpoints).toEqual(endpoints)
      expect(summary.parameters).toEqual(parameters)
      expect(summary.outcomes).toEqual(outcomes)
      job.times.forEach((_, i) => {
        courses.forEach((course, q) => {
          const values = Array.from({ length: job.count }, (_, k) => course[k * job.times.length + i]!)
          const finite = values.filter((value) => Number.isFinite(value))
          const wanted = levels.map((level) => (finite.length === 0 ? Number.NaN : quantile(finite, level)))
          const found = summary.percentiles[q]!
          expect([...found.values.subarray(3 * i, 3 * i + 3)]).toEqual(wanted)
          expect(found.subjects[i]).toBe(finite.length)
        })
      })
    }
    const roots = summaries[0]!.percentiles[1]!.subjects
    expect(new Set(roots).size).toBeGreaterThan(3)
  })

  it('has the same bits whatever the order of the parts, and may be taken before the last', async () => {
    const models = createModelCache()
    const parts = await Promise.all(
      Array.from({ length: 6 }, async (_, k) => {
        const answer = await runJob({ ...job, from: job.from + 7 * k, count: k < 5 ? 7 : 6 }, { models })
        if (answer.status !== 'ok' || answer.result.kind !== 'population') throw new Error(answer.status)
        return answer.result
      }),
    )
    const summaryOf = (order: readonly number[]) => {
      const summarizer = new PopulationSummarizer(job, levels)
      for (const k of order) summarizer.put(parts[k]!)
      return summarizer.summary()
    }
    const whole = summaryOf([0, 1, 2, 3, 4, 5])
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }), (order) => {
        expect(summaryOf(order)).toEqual(whole)
      }),
      { numRuns: 10 },
    )
    const half = summaryOf([4, 1, 2])
    expect(half.percentiles[0]!.subjects[0]).toBe(21)
    expect(half.outcomes).toHaveLength(21)
    expect(half.endpoints.filter((value) => !Number.isNaN(value))).toHaveLength(21)
  })

  it('that does not fit is refused before anything runs, and says what to change', async () => {
    const never: ComputePool = {
      size: 1,
      run: () => Promise.reject(new Error('something ran')),
      close: () => Promise.resolve(),
    }
    const kept = await runPopulation(never, { ...job, count: 1_000_000 }, { memory: 3e8 })
    expect(kept).toEqual({
      status: 'bad-job',
      message:
        '1000000 subjects × 17 times × 2 quantities, with 1 endpoints, need 396 MB, more than 300 MB; ask for fewer subjects, times or quantities',
    })
    const summarized = await summarizePopulation(never, { ...job, count: 10_000_000 }, { memory: 3e8 })
    expect(summarized).toMatchObject({
      status: 'bad-job',
      message: expect.stringMatching(/need \d+ MB, more than 300 MB/),
    })
    for (const run of [summarizePopulation, runPopulation]) {
      expect(await run(never, { ...job, count: 1e12 })).toMatchObject({ status: 'bad-job' })
      expect(await run(never, { ...job, count: Number.NaN })).toMatchObject({
        message: expect.stringContaining('whole numbers'),
      })
    }
  })

  it('is told as it grows', async () => {
    const seen: number[][] = []
    const answer = await summarizePopulation(poolOf(1), job, {
      chunk: 20,
      levels,
      onPart: (subjects, summary) => seen.push([subjects, summary().percentiles[0]!.subjects[0]!]),
    })
    expect(seen).toEqual([
      [20, 20],
      [40, 40],
      [41, 41],
    ])
    expect(answer.status).toBe('ok')
  })

  it('is cancelled as a whole', async () => {
    const stop = new AbortController()
    const answer = summarizePopulation(poolOf(1), { ...job, count: 5000 }, { signal: stop.signal })
    setTimeout(() => stop.abort(), 20)
    expect(await answer).toEqual({ status: 'cancelled' })
  })

  it('keeps few jobs under way', async () => {
    const flight = { now: 0, most: 0 }
    const own = poolOf(1)
    const counting: ComputePool = {
      size: 2,
      async run(part, options) {
        flight.most = Math.max(flight.most, ++flight.now)
        await new Promise((resolve) => setTimeout(resolve, 1))
        flight.now--
        return own.run(part, options)
      },
      close: () => Promise.resolve(),
    }
    await summarizePopulation(counting, { ...job, count: 60 }, { chunk: 1 })
    expect(flight.most).toBeLessThanOrEqual(6)
  })

  it('has the model compiled by one worker and given to the others, once', async () => {
    const own = poolOf(2)
    const told: string[] = []
    const watched: ComputePool = {
      size: 2,
      run(part, options) {
        told.push(part.kind === 'population' && part.share === true ? 'share' : 'run')
        return own.run(part, options)
      },
      provide(key, model) {
        told.push(`provide ${'kernels' in model && model.kernels.length > 0}`)
        own.provide?.(key, model)
      },
      hasProvided: (key) => own.hasProvided?.(key) ?? true,
      close: () => Promise.resolve(),
    }
    // of a model that needs steps
    const saturable = { ...job, text: job.text.replace('-ke*A', '-ke*A/(1 + 0.01*A)'), count: 24 }
    const first = await summarizePopulation(watched, saturable, { levels })
    expect(told).toEqual(['share', 'provide true', 'run', 'run'])
    expect(await summarizePopulation(watched, saturable, { levels })).toEqual(first)
    expect(told.slice(4)).toEqual(['run', 'run', 'run'])
    const models = createModelCache()
    const alone = await runJob(saturable, { models })
    if (alone.status !== 'ok' || alone.result.kind !== 'population' || first.status !== 'ok') throw new Error('refused')
    expect(first.result.endpoints).toEqual(alone.result.endpoints)
    expect(alone.result.shared).toBeUndefined()
  })
})
