import { libraryModel } from '@cartkin/cart-models'
import {
  type Answer,
  type ComputePool,
  type PopulationAnswer,
  type PopulationJob,
  runPopulation,
  summarizePopulation,
} from '@cartkin/compute'
import { createNodePool } from '@cartkin/compute/node'
import { droppedDraws, type PlausibilityFilter, timeGrid, type VirtualPopulation } from '@cartkin/simulation'
import { afterAll, describe, expect, it } from 'vitest'

const pools = new Map<number, ComputePool>()
function pool(size: number): ComputePool {
  const known = pools.get(size) ?? createNodePool({ size })
  pools.set(size, known)
  return known
}
afterAll(async () => {
  for (const own of pools.values()) await own.close()
})

const reason = 'said so'
const own: VirtualPopulation = { factors: [], parameters: [{ parameter: 'k', sd: 0.7 }], ties: {} }
const peak = { name: 'peak', label: '', unit: '', quantity: 'y', kind: 'maximum' } as const

function job(filters: readonly PlausibilityFilter[], count = 200): PopulationJob {
  return {
    kind: 'population',
    text: 'k = 1 # [1/day]\nd/dt(x) = -k*x # [1]\nx(0) = 1\ny = t*x # [1]\n',
    parameters: {},
    doses: { records: [] },
    start: 0,
    population: { ...own, filters },
    seed: 5,
    from: 0,
    count,
    times: timeGrid(0, 10, 1),
    quantities: ['x'],
    endpoints: [peak],
  }
}

function ok<R>(answer: Answer<R>): R {
  if (answer.status !== 'ok') throw new Error(JSON.stringify(answer))
  return answer.result
}
const run = async (wanted: PopulationJob, size = 1, chunk = 8) => ok(await runPopulation(pool(size), wanted, { chunk }))
const bits = ({ parameters, endpoints, courses, dropped }: PopulationAnswer) =>
  [parameters, endpoints, ...courses, dropped ?? new Uint32Array()].map((values) => [...values].join())

const slow: PlausibilityFilter = { name: 'slow', parameter: 'k', atMost: 1.5, reason }
// the peak of t*exp(-k t) is 1/(e k)
const low: PlausibilityFilter = { name: 'low', endpoint: 'peak', atMost: 0.6, reason }
const start: PlausibilityFilter = { name: 'left', quantity: 'x', at: 1, atLeast: 0.3, reason }

describe('a filtered population', () => {
  it('has as many patients as were asked for, all of them plausible, and counts the draws dropped', async () => {
    const { parameters, endpoints, dropped, count } = await run(job([slow, low, start]))
    expect(count).toBe(200)
    const most = Math.min(1.5, -Math.log(0.3))
    for (let patient = 0; patient < count; patient++) {
      expect(parameters[patient]).toBeLessThanOrEqual(most)
      expect(parameters[patient]).toBeGreaterThanOrEqual(1 / (Math.E * 0.6) - 1e-4)
      expect(endpoints[patient]).toBeCloseTo(1 / (Math.E * parameters[patient]!), 3)
    }
    const filters = droppedDraws([slow, low, start], dropped ?? [])
    // shares of a log-normal law with sd 0.7 beyond log 1.5, below log 0.613, and between -log 0.3 and 1.5
    const draws = count + filters.reduce((sum, own) => sum + own.count, 0)
    const shares = filters.map((filter) => filter.count / draws)
    for (const [k, share] of [0.281, 0.242, 0.114].entries()) {
      expect(Math.abs(shares[k]! - share), `filter ${k}`).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / draws))
    }
  })

  it('leaves those patients as they are who are plausible, and draws the others anew', async () => {
    const [all, some] = await Promise.all([run(job([])), run(job([slow]))])
    expect(all.dropped).toBeUndefined()
    let anew = 0
    for (let patient = 0; patient < 200; patient++) {
      const was = all.parameters[patient]!
      if (was <= 1.5) expect(some.parameters[patient]).toBe(was)
      else anew++
      expect(some.dropped![patient]! > 0).toBe(was > 1.5)
    }
    expect(anew).toBeGreaterThan(30)
  })

  it('is nothing but the population where its filters drop nobody', async () => {
    const [all, same] = await Promise.all([run(job([])), run(job([{ ...slow, atMost: 1e9 }]))])
    expect(bits(same).slice(0, -1)).toEqual(bits(all).slice(0, -1))
    expect([...same.dropped!]).toEqual(Array.from({ length: 200 }, () => 0))
  })

  it('has the same bits for any number of workers and any chunk, and from any patient on', async () => {
    const wanted = job([slow, low, start], 60)
    const whole = bits(await run(wanted, 1, 60))
    for (const [size, chunk] of [
      [1, 7],
      [2, 1],
      [2, 16],
    ] as const)
      expect(bits(await run(wanted, size, chunk))).toEqual(whole)
    const tail = await run({ ...wanted, from: 40, count: 20 })
    expect([...tail.parameters].join()).toBe(whole[0]!.split(',').slice(40).join())
    const summary = ok(await summarizePopulation(pool(2), wanted, {}))
    expect([...summary.dropped!].join()).toBe(whole.at(-1))
  })

  it('keeps a run that failed: nothing is known of it', async () => {
    const blows = {
      ...job([start], 40),
      text: 'k = 1\nd/dt(x) = k*x^2\nx(0) = 1\ny = x\n',
      times: timeGrid(0, 0.9, 0.1),
    }
    const { outcomes, dropped } = await run({ ...blows, population: { ...own, filters: [{ ...start, at: 0.5 }] } })
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['finished', 'failed']))
    expect(dropped!.reduce((sum, count) => sum + count, 0)).toBe(0)
  })

  it('is refused where nobody would be kept, and says by which filters', async () => {
    const answer = await runPopulation(pool(1), job([slow, { ...slow, name: 'fast', atMost: 9, atLeast: 2 }], 3))
    expect(answer).toMatchObject({
      status: 'bad-job',
      message: expect.stringMatching(
        /none of 1000 draws of a patient is plausible: slow dropped \d+, fast dropped \d+/,
      ),
    })
  })

  it('is refused for a filter of what the model does not have', async () => {
    expect(await runPopulation(pool(1), job([{ ...slow, parameter: 'kk' }], 3))).toMatchObject({ status: 'bad-job' })
  })

  it('may be one of random effects, or of the library', async () => {
    const text = 'ini({ a = 1\n eta ~ 0.5 })\nmodel({ k = a*exp(eta)\n d/dt(x) = -k*x\n x(0) = 1\n y = t*x })\n'
    const effects = await run({ ...job([], 60), text, population: { randomEffects: ['eta'], filters: [start] } })
    expect(Math.max(...effects.parameters)).toBeLessThanOrEqual(Math.log(-Math.log(0.3)) + 1e-4)
    expect(Math.max(...effects.dropped!)).toBeGreaterThan(0)

    const { text: lupus, regimen, endpoints, population, start: day } = libraryModel('lupus-qsp')
    const filter: PlausibilityFilter = { name: 'expansion', endpoint: 'Cmax', atLeast: 100, reason }
    const wanted: PopulationJob = {
      ...job([], 12),
      text: lupus,
      doses: { regimen },
      start: day,
      endpoints,
      population: { ...population!, filters: [filter] },
      times: timeGrid(-10, 30, 10),
      quantities: ['CAR'],
    }
    const found = await run(wanted, 2, 2)
    const cmax = endpoints.findIndex(({ name }) => name === 'Cmax')
    for (let patient = 0; patient < 12; patient++)
      expect(found.endpoints[patient * endpoints.length + cmax]).toBeGreaterThanOrEqual(100)
  })
})
