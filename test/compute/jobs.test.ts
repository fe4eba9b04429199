import { libraryModel } from '@cartkin/cart-models'
import {
  type Answer,
  type ComputePool,
  createModelCache,
  type FitJob,
  type PopulationAnswer,
  type PopulationJob,
  runJob,
  runPopulation,
  type SimulateJob,
} from '@cartkin/compute'
import { createNodePool } from '@cartkin/compute/node'
import { timeGrid } from '@cartkin/simulation'
import { afterAll, describe, expect, it } from 'vitest'

const text = `
ke = 0.3   # [1/day] Elimination
V = 5
d/dt(A) = -ke*A
C = A/V    # [mg/L] Concentration
`
const regimen = { name: 'bolus', doses: [{ time: 1, cmt: 'A', amt: '20*V', ii: 2, addl: 1 }] }
const times = timeGrid(0, 10, 0.5)

const simulateJob: SimulateJob = {
  kind: 'simulate',
  text,
  parameters: {},
  doses: { regimen },
  start: 0,
  times,
  endpoints: [{ name: 'Cmax', label: 'Peak', unit: 'mg/L', quantity: 'C', kind: 'maximum' }],
}

const populationJob: PopulationJob = {
  ...simulateJob,
  kind: 'population',
  population: {
    factors: [],
    parameters: [
      { parameter: 'ke', sd: 0.4 },
      { parameter: 'V', sd: 0.2 },
    ],
    ties: {},
  },
  seed: 5,
  from: 0,
  count: 21,
  quantities: ['C', 'A'],
}

/** Fits ke to what the model says at ke = 0.3, from 0.5. */
async function fitJob(): Promise<FitJob> {
  const answer = await here(simulateJob)
  const column =
    answer.status === 'ok' && answer.result.kind === 'simulate' ? answer.result.table.columns[2] : undefined
  const values = column?.kind === 'number' ? column.values : new Float64Array()
  const observations = [6, 10, 14, 18].map((k) => ({
    endpoint: 0,
    time: times[k] ?? 0,
    value: values[k] ?? 0,
    sd: 0.1,
  }))
  return {
    kind: 'fit',
    text,
    problem: {
      parameters: {},
      errorParameters: {},
      estimated: [{ name: 'ke', start: 0.5, lower: 0.01, upper: 10, scale: 'log' }],
      endpoints: [{ quantity: 'C', scale: 'log', error: { kind: 'given' } }],
      subjects: [
        {
          id: '1',
          start: 0,
          parameters: {},
          records: [{ time: 1, evid: 1, cmt: 'A', amt: 100, ii: 2, addl: 1 }],
          observations,
        },
      ],
    },
  }
}

const here = (job: SimulateJob | PopulationJob | FitJob) => runJob(job, { models: createModelCache() })

const pools = new Map<number, ComputePool>()
function pool(size: number): ComputePool {
  const made = pools.get(size) ?? createNodePool({ size })
  pools.set(size, made)
  return made
}
afterAll(async () => {
  await Promise.all(pools.values().map((made) => made.close()))
})

/** All numbers of an answer as bytes, without the time it took. */
function bits(answer: Answer): string {
  return JSON.stringify(answer, (key, value: unknown) => {
    if (key === 'milliseconds') return 0
    return value instanceof Float64Array
      ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')
      : value
  })
}

describe('a job', () => {
  it('gives the course, its endpoints and the times of doses', async () => {
    const answer = await here(simulateJob)
    if (answer.status !== 'ok' || answer.result.kind !== 'simulate') throw new Error(answer.status)
    const { table, endpoints, doseTimes, outcome } = answer.result
    expect(outcome).toEqual({ status: 'finished', t: 10 })
    expect([...doseTimes]).toEqual([1, 3])
    expect(table.columns.map(({ name }) => name)).toEqual(['time', 'A', 'C'])
    // C(3) after the second dose: 20 (1 + exp(-0.6)).
    expect(endpoints[0]?.value).toBeCloseTo(20 * (1 + Math.exp(-0.6)), 4)
  })

  it('with a bad text is refused with the place', async () => {
    const answer = await here({ ...simulateJob, text: 'd/dt(A) = -kel*(A' })
    expect(answer).toMatchObject({ status: 'bad-model', diagnostics: [{ span: { line: 1 } }] })
  })

  it('without values of inputs is refused with all of them, their places and the nearest names', async () => {
    const answer = await here({ ...simulateJob, text: 'kel = 1\nd/dt(A) = -kell*A*WT\n' })
    expect(answer).toMatchObject({
      status: 'missing-inputs',
      inputs: [
        { name: 'kell', nearest: 'kel', span: { line: 2, column: 12 } },
        { name: 'WT', nearest: undefined, span: { line: 2 } },
      ],
    })
  })

  it.each([
    ['an unknown parameter', { parameters: { kee: 1 } }, /kee/],
    ['times that run backwards', { times: new Float64Array([0, 2, 1]) }, /times must ascend: entry 2 is 1 after 2/],
    ['no time', { times: new Float64Array() }, /at least one time/],
    [
      'a dose into a state that is not there',
      { doses: { records: [{ time: 0, evid: 1 as const, cmt: 'Z', amt: 1 }] } },
      /Z/,
    ],
  ])('with %s is refused by name', async (_, change, message) => {
    expect(await here({ ...simulateJob, ...change })).toMatchObject({
      status: 'bad-job',
      message: expect.stringMatching(message),
    })
  })

  it('keeps the text compiled between runs', () => {
    const models = createModelCache(1)
    const first = models.get(text)
    expect(models.get(text)).toEqual(first)
    expect(first.ok && models.get(text)).toMatchObject({ model: first.ok ? first.model : null })
    const other = models.get(`${text}\n`)
    const again = models.get(text)
    expect(other.ok && again.ok && first.ok && again.model !== first.model).toBe(true)
  })
})

describe('results are the same bits', () => {
  it.each([1, 2, 3])('here and on %i workers', async (size) => {
    const workers = pool(size)
    for (const job of [simulateJob, populationJob, await fitJob()])
      expect(bits(await workers.run(job))).toBe(bits(await here(job)))
  })

  it('however a population is cut', async () => {
    const whole = bits(await here(populationJob))
    const workers = pool(2)
    for (const chunk of [1, 4, 8, 100]) expect(bits(await runPopulation(workers, populationJob, { chunk }))).toBe(whole)
  })

  it('for a model of the library', async () => {
    const { text, regimen, start, endpoints, population } = libraryModel('lupus-qsp')
    if (!population) throw new Error('no population')
    const job: PopulationJob = {
      ...populationJob,
      text,
      doses: { regimen },
      start,
      endpoints,
      population,
      quantities: ['CAR', 'B'],
      times: timeGrid(-5, 60, 5),
      count: 3,
    }
    expect(bits(await runPopulation(pool(2), job, { chunk: 1 }))).toBe(bits(await here(job)))
  })
})

describe('a population', () => {
  it('tells how many subjects are done, up to the last', async () => {
    const seen: number[] = []
    await runPopulation(pool(2), populationJob, {
      onProgress: (told) => seen.push(told.kind === 'subjects' ? told.done : Number.NaN),
    })
    expect(seen.at(-1)).toBe(21)
    expect(seen.toSorted((a, b) => a - b)).toEqual(seen)
  })

  it('keeps the others where a subject cannot be solved, and says why', async () => {
    const job: PopulationJob = {
      ...populationJob,
      text: 'k = 1\nd/dt(x) = k*x^2\nx(0) = 1\n',
      doses: { records: [] },
      // A maximum exists on any part of a course; of a run that broke off it would be a wrong one.
      endpoints: [{ name: 'end', label: '', unit: '', quantity: 'x', kind: 'maximum' }],
      population: { factors: [], parameters: [{ parameter: 'k', sd: 0.5 }], ties: {} },
      quantities: ['x'],
      times: timeGrid(0, 0.9, 0.1),
      count: 40,
    }
    const answer = await here(job)
    const result: PopulationAnswer | null =
      answer.status === 'ok' && answer.result.kind === 'population' ? answer.result : null
    const ended = result?.outcomes.map(({ status }) => status) ?? []
    expect(new Set(ended)).toEqual(new Set(['finished', 'failed']))
    // x = 1/(1 - k t) blows up before t = 0.9 exactly where k > 1/0.9.
    ended.forEach((status, subject) => {
      const k = result?.parameters[subject] ?? Number.NaN
      expect(status).toBe(k * 0.9 < 1 ? 'finished' : 'failed')
      const end = result?.endpoints[subject] ?? Number.NaN
      if (status === 'finished') expect(end * (1 - 0.9 * k)).toBeCloseTo(1, 2)
      else expect(end).toBeNaN()
    })
  })

  it('is refused as a whole for a quantity the model lacks', async () => {
    const answer = await runPopulation(pool(1), { ...populationJob, quantities: ['CC'] })
    expect(answer).toMatchObject({ status: 'bad-job', message: expect.stringContaining('CC is not a state or output') })
  })
})

it('a fit finishes early with its best values when asked to', async () => {
  const finish = new AbortController()
  const answer = await pool(1).run(await fitJob(), {
    finish: finish.signal,
    onProgress: () => finish.abort(),
  })
  if (answer.status !== 'ok') throw new Error(answer.status)
  expect(['stopped', 'converged']).toContain(answer.result.result.outcome.status)
  expect(answer.result.result.estimates).toHaveLength(1)
})
