import { createModelCache, type PopulationJob, runJob, runPopulation } from '@cartkin/compute'
import { createNodePool } from '@cartkin/compute/node'
import { timeGrid } from '@cartkin/simulation'
import { afterAll, describe, expect, it } from 'vitest'

const text = `
ke = 0.3
V = 5
d/dt(A) = -ke*A
C = A/V
`
const values = Float64Array.from({ length: 22 }, (_, k) => (k % 2 === 0 ? 0.1 + 0.05 * k : 4 + 0.1 * k))
const job: PopulationJob = {
  kind: 'population',
  text,
  parameters: {},
  doses: { regimen: { name: 'bolus', doses: [{ time: 1, cmt: 'A', amt: '20*V' }] } },
  start: 0,
  times: timeGrid(0, 10, 0.5),
  population: { listed: ['ke', 'V'], values },
  seed: 1,
  from: 0,
  count: 11,
  quantities: ['C'],
  endpoints: [{ name: 'C5', label: 'C on day 5', unit: '', quantity: 'C', kind: 'value', at: 5 }],
}
const pools = [1, 2].map((size) => createNodePool({ size }))
afterAll(() => Promise.all(pools.map((pool) => pool.close())))

describe('listed subjects', () => {
  it('are run at the values listed, their doses among what follows them', async () => {
    const answer = await runJob(job, { models: createModelCache() })
    if (answer.status !== 'ok' || answer.result.kind !== 'population') throw new Error(answer.status)
    expect(answer.result.parameters).toEqual(values)
    expect(answer.result.parameterNames).toEqual(['ke', 'V'])
    answer.result.endpoints.forEach((c5, k) => {
      expect(c5).toBeCloseTo(20 * Math.exp(-(values[2 * k] ?? NaN) * 4), 4)
    })
  })

  it('give the same bits for any number of workers and any size of chunks', async () => {
    const whole = await runJob(job, { models: createModelCache() })
    if (whole.status !== 'ok' || whole.result.kind !== 'population') throw new Error(whole.status)
    for (const pool of pools) {
      for (const chunk of [1, 3, 100]) {
        const answer = await runPopulation(pool, job, { chunk })
        if (answer.status !== 'ok') throw new Error(answer.status)
        expect(answer.result.endpoints).toEqual(whole.result.endpoints)
        expect(answer.result.courses).toEqual(whole.result.courses)
      }
    }
  })

  it('refuse a list of the wrong length, a parameter that is not there and a value that is no number', async () => {
    const [pool] = pools
    if (pool === undefined) throw new Error('no pool')
    const told = async (population: PopulationJob['population']) => {
      const answer = await runPopulation(pool, { ...job, population })
      return 'message' in answer ? answer.message : answer.status
    }
    expect(await told({ listed: ['ke', 'V'], values: values.slice(2) })).toMatch(/need 22 values, got 20/)
    expect(await told({ listed: ['ke', 'W'], values })).toMatch(/W/)
    expect(await told({ listed: ['ke', 'V'], values: values.map((v, k) => (k === 4 ? NaN : v)) })).toMatch(/ke/)
  })
})
