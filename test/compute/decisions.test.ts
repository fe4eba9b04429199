import { libraryModel } from '@cartkin/cart-models'
import {
  type ComputePool,
  createModelCache,
  type PopulationAnswer,
  type PopulationJob,
  runJob,
  runPopulation,
  type SimulateAnswer,
  type SimulateJob,
  summarizePopulation,
} from '@cartkin/compute'
import { createNodePool } from '@cartkin/compute/node'
import { type DecisionRule, isDose, timeGrid } from '@cartkin/simulation'
import { afterAll, describe, expect, it } from 'vitest'

const hour = 1 / 24
/** Fever of 38 °C for 12 hours → tocilizumab 8 mg/kg, at most 3, 8 hours apart. */
const tocilizumab: DecisionRule = {
  name: 'tocilizumab',
  when: { quantity: 'TEMP', atLeast: 38, forTime: 12 * hour },
  give: [{ cmt: 'TC1', amt: '8*WT', duration: hour, label: 'Tocilizumab 8 mg/kg' }],
  atMost: 3,
  apart: 8 * hour,
}

const { text, regimen, start, endpoints } = libraryModel('oncology-qsp')
const times = timeGrid(-5, 28, 0.25)
const job: SimulateJob = {
  kind: 'simulate',
  text,
  parameters: { WT: 80 },
  doses: { regimen },
  start,
  times,
  endpoints,
}

const models = createModelCache()
async function simulated(own: SimulateJob): Promise<SimulateAnswer> {
  const answer = await runJob(own, { models })
  if (answer.status !== 'ok' || answer.result.kind !== 'simulate') throw new Error(JSON.stringify(answer))
  return answer.result
}

const column = ({ table }: SimulateAnswer, name: string): readonly number[] =>
  [...(table.columns.find((found) => found.name === name)?.values ?? [])].map(Number)

describe('tocilizumab by rule in the oncology model', () => {
  it('comes 12 hours after fever begins, acts as the equations say, and is told', async () => {
    const untreated = await simulated(job)
    const fever = await simulated({
      ...job,
      endpoints: [{ name: 'fever', label: '', unit: '', quantity: 'TEMP', kind: 'firstAbove', threshold: 38 }],
    })
    const ruled = await simulated({ ...job, rules: [tocilizumab] })
    const decided = ruled.decided ?? []
    const [first] = decided
    expect(first?.decidedAt).toBeCloseTo((fever.endpoints[0]?.value ?? 0) + 0.5, 9)
    expect(first).toMatchObject({ label: 'Tocilizumab 8 mg/kg', record: { evid: 1, cmt: 'TC1', amt: 640 } })
    expect(decided.length).toBeLessThanOrEqual(3)
    expect([...ruled.doseTimes]).toContain(first?.record.time)
    expect(ruled.records.filter(isDose)).toHaveLength(regimen.doses.length + decided.length)
    // IL-6 cannot bind and is cleared more slowly: it rises; what it drives falls
    const highest = (answer: SimulateAnswer, name: string) => Math.max(...column(answer, name))
    expect(highest(ruled, 'IL6')).toBeGreaterThan(2 * highest(untreated, 'IL6'))
    expect(highest(ruled, 'CRP')).toBeLessThan(highest(untreated, 'CRP'))
    const after = times.findIndex((time) => time >= (first?.record.time ?? 0) + 0.5)
    expect(column(ruled, 'CRP')[after + 8]).toBeLessThan((column(untreated, 'CRP')[after + 8] ?? 0) * 0.8)
    expect(column(ruled, 'TEMP')[after]).toBeLessThan(38)
  })

  it('gives the same course again from its records, and nothing where it never decides', async () => {
    const ruled = await simulated({ ...job, rules: [tocilizumab] })
    const again = await simulated({ ...job, doses: { records: ruled.records } })
    expect(again.table).toEqual(ruled.table)
    expect(again.endpoints).toEqual(ruled.endpoints)
    const never = { ...tocilizumab, when: { quantity: 'TEMP', atLeast: 45 } }
    expect((await simulated({ ...job, rules: [never] })).table).toEqual((await simulated(job)).table)
  })

  it('refuses what cannot be as an answer', async () => {
    const answer = await runJob({ ...job, rules: [{ ...tocilizumab, atMost: 0 }] }, { models })
    expect(answer).toMatchObject({ status: 'bad-job', message: expect.stringContaining('rule tocilizumab: atMost') })
  })
})

describe('a population under rules', () => {
  const pools: ComputePool[] = []
  afterAll(() => Promise.all(pools.map((pool) => pool.close())))
  const poolOf = (size: number) => {
    const pool = createNodePool({ size })
    pools.push(pool)
    return pool
  }
  const many: PopulationJob = {
    ...job,
    kind: 'population',
    rules: [tocilizumab],
    population: {
      factors: [],
      parameters: [
        { parameter: 'pG', sd: 2 },
        { parameter: 'WT', sd: 0.2 },
      ],
      ties: {},
    },
    seed: 3,
    from: 0,
    count: 13,
    times: timeGrid(-5, 28, 1),
    quantities: ['IL6', 'CRP', 'CAR'],
  }

  it('decides for each patient alone, with the same bits for any workers and chunks', async () => {
    const results: PopulationAnswer[] = []
    for (const [workers, chunk] of [
      [1, 13],
      [3, 2],
      [1, 5],
    ] as const) {
      const answer = await runPopulation(poolOf(workers), many, { chunk })
      if (answer.status !== 'ok') throw new Error(JSON.stringify(answer))
      results.push(answer.result)
    }
    const [first, ...others] = results
    for (const other of others) expect(other).toEqual(first)
    expect(first?.decided).toHaveLength(13)
    expect(new Set(first?.decided?.map((doses) => doses.length)).size).toBeGreaterThan(1)
    expect(new Set(first?.decided?.map((doses) => doses[0]?.decidedAt)).size).toBeGreaterThan(3)

    const summary = await summarizePopulation(poolOf(2), many, { chunk: 4 })
    if (summary.status !== 'ok') throw new Error(JSON.stringify(summary))
    expect(summary.result.decided).toEqual(first?.decided)
  })
})
