import { localSensitivity, morris, parameterSpace, populationSpace, sobol, tornado } from '@cartkin/fitting'
import { parameterVector, samplePopulation } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { modelOf } from '../fixtures.ts'
import { evaluating, uniform } from './functions.ts'

const text = `
ke = 0.3
V = 5
lag = 0.5
d/dt(A) = -ke*A
alag(A) = lag
C = A/V
`
const population = {
  factors: [{ name: 'size', sd: 0.4 }],
  parameters: [
    { parameter: 'ke', sd: 0.2, limits: [0.25, 0.35] as const },
    { parameter: 'V', sd: 0, factors: { size: 2 } },
  ],
  ties: { lag: 'ke' },
}

describe('populationSpace', () => {
  const model = modelOf(text).model
  const typical = parameterVector(model)
  const value = (name: string) => typical[model.parameters.findIndex((parameter) => parameter.name === name)] ?? NaN
  const space = populationSpace(population, value)

  it('has an input for each factor and each spread, and parameters that follow, clipped and tied', () => {
    expect(space.inputs.map(({ name }) => name)).toEqual(['size', 'ke'])
    expect(space.parameters).toEqual(['ke', 'V', 'lag'])
    expect([...space.parameterValues(Float64Array.of(1, 0.3, 2, 0.1, 0.5, 9), 3)]).toEqual([
      0.3, 5, 0.3, 0.25, 20, 0.25, 0.35, 1.25, 0.35,
    ])
  })

  it('spreads as the population itself: the same moments of the logarithms', async () => {
    const moments = (values: readonly number[]) => {
      const logs = values.map(Math.log)
      const mean = logs.reduce((sum, x) => sum + x, 0) / logs.length
      return [mean, Math.sqrt(logs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / logs.length)]
    }
    const volume = model.parameters.findIndex(({ name }) => name === 'V')
    const drawn = Array.from(
      { length: 4000 },
      (_, index) => samplePopulation(model, population, typical, { seed: 3, index })[volume] ?? NaN,
    )
    const seen: number[] = []
    const design = evaluating(2, () => 0)
    await sobol(
      space.inputs,
      ['y'],
      async (rows, count, from) => {
        const values = space.parameterValues(rows, count)
        for (let row = 0; row < count; row += 4) seen.push(values[3 * row + 1] ?? NaN)
        return design(rows, count, from)
      },
      { samples: 2048 },
    )
    moments(seen).forEach((moment, k) => {
      expect(moment).toBeCloseTo(moments(drawn)[k] ?? NaN, 1)
    })
  })

  it('leaves alone what no chosen input moves, takes other inputs as they are, and names what cannot be chosen', () => {
    const one = populationSpace(population, value, ['size'])
    expect(one.parameters).toEqual(['V'])
    expect([...one.parameterValues(Float64Array.of(2), 1)]).toEqual([20])
    const other = populationSpace(population, value, ['size'], [uniform('ke', 0, 1)])
    expect(other.parameters).toEqual(['V', 'ke', 'lag'])
    expect([...other.parameterValues(Float64Array.of(2, 0.9), 1)]).toEqual([20, 0.9, 0.9])
    expect(() => populationSpace(population, value, ['V'])).toThrow(/does not vary V; it varies size, ke/)
  })
})

describe('tornado', () => {
  it('moves one input at a time to the ends of its range', async () => {
    const space = parameterSpace([
      uniform('a', 1, 3),
      { name: 'k', distribution: { kind: 'logNormal', median: 2, sd: 0.5 } },
    ])
    const result = await tornado(
      space.inputs,
      [2, 2],
      ['y'],
      evaluating(2, ([a = NaN, k = NaN]) => (a > 2.5 ? null : 10 * a + k)),
    )
    const [output] = result.outputs
    expect(output?.base).toBe(22)
    expect(output?.bars[0]).toEqual({ input: 'a', low: 1, high: 3, atLow: 12, atHigh: NaN })
    expect(output?.bars[1]?.atLow).toBeCloseTo(20 + 2 * Math.exp(-0.5 * 1.959963984540054), 9)
    expect(output?.bars[1]?.atHigh).toBeCloseTo(20 + 2 * Math.exp(0.5 * 1.959963984540054), 9)
    expect([result.runs, result.failed]).toEqual([5, 1])
  })
})

describe('localSensitivity', () => {
  it('is the closed form of a bolus with a lag: ke −ke·t, V −1, lag +ke·lag', () => {
    const model = modelOf(text)
    const times = Float64Array.of(0.25, 1, 4, 10)
    const result = localSensitivity({
      model,
      parameters: parameterVector(model.model),
      records: [{ time: 0, evid: 1, cmt: 'A', amt: 100 }],
      start: 0,
      times,
      varied: ['ke', 'V', 'lag'],
      quantities: ['C'],
      solver: { rtol: 1e-10, atol: 1e-12 },
    })
    if (result.status !== 'finished') throw new Error(result.status)
    const [ke, V, lag] = result.courses.map(({ normalized }) => normalized)
    expect(ke?.[0]).toBeNaN()
    for (const k of [1, 2, 3]) {
      const t = (times[k] ?? NaN) - 0.5
      expect(ke?.[k]).toBeCloseTo(-0.3 * t, 7)
      expect(V?.[k]).toBeCloseTo(-1, 9)
      expect(lag?.[k]).toBeCloseTo(0.3 * 0.5, 7)
    }
  })

  it('names what the model does not have', () => {
    const model = modelOf(text)
    const problem = {
      model,
      parameters: parameterVector(model.model),
      records: [],
      start: 0,
      times: Float64Array.of(1),
    }
    expect(() => localSensitivity({ ...problem, varied: ['kel'], quantities: ['C'] })).toThrow(/no parameter kel/)
    expect(() => localSensitivity({ ...problem, varied: ['ke'], quantities: ['D'] })).toThrow(/no state or output D/)
  })
})

describe('analyses', () => {
  it('are functions of the seed', async () => {
    const f = evaluating(2, ([a = NaN, b = NaN]) => a * a + b)
    const inputs = [uniform('a'), uniform('b')]
    const analyses = async (seed: number) => [
      await sobol(inputs, ['y'], f, { samples: 64, seed }),
      await morris(inputs, ['y'], f, { trajectories: 5, seed }),
    ]
    expect(await analyses(4)).toEqual(await analyses(4))
    expect(await analyses(4)).not.toEqual(await analyses(5))
  })
})
