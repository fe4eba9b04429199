import { createModelCache, type PopulationJob, runJob } from '@cartkin/compute'
import { describe, expect, it } from 'vitest'

/** R rests at kin/kout; without loss (kout = 0) it grows for ever. */
const text = 'kin = 4\nkout = 0.5\nd/dt(R) = kin - kout*R\n'

const job: PopulationJob = {
  kind: 'population',
  text,
  parameters: {},
  doses: { records: [] },
  start: 0,
  startState: { settle: { kind: 'steady-state' } },
  population: { factors: [], parameters: [{ parameter: 'kin', sd: 0.3 }], ties: {} },
  seed: 1,
  from: 0,
  count: 5,
  times: Float64Array.of(0, 10),
  quantities: ['R'],
  endpoints: [],
}

async function answer(asked: PopulationJob) {
  const found = await runJob(asked, { models: createModelCache() })
  if (found.status !== 'ok' || found.result.kind !== 'population') throw new Error(found.status)
  return found.result
}

describe('a population that begins at the steady state', () => {
  it('has each patient at rest at its own', async () => {
    const { courses, parameters } = await answer(job)
    for (let subject = 0; subject < 5; subject++) {
      const rest = (parameters[subject] ?? Number.NaN) / 0.5
      expect(courses[0]?.[2 * subject]).toBeCloseTo(rest, 8)
      expect(courses[0]?.[2 * subject + 1]).toBeCloseTo(rest, 8)
    }
    expect(new Set(parameters).size).toBe(5)
  })

  it('has the same patients in any parts', async () => {
    const whole = await answer(job)
    const part = await answer({ ...job, from: 3, count: 2 })
    expect([...(part.courses[0] ?? [])]).toEqual([...(whole.courses[0] ?? [])].slice(6))
  })

  it('tells of each that has none, and reads nothing of it', async () => {
    const { outcomes, courses } = await answer({ ...job, parameters: { kout: 0 } })
    for (const outcome of outcomes) expect(outcome).toMatchObject({ status: 'failed', reason: 'not-steady', t: 0 })
    for (const value of courses[0] ?? []) expect(value).toBeNaN()
  })
})
