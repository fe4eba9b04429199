import { compileModel } from '@cartkin/model'
import {
  droppedDraws,
  type EndpointDefinition,
  filterText,
  Plausibility,
  type PlausibilityFilter,
  parameterVector,
  samplePopulation,
  sampleRandomEffects,
  simulateSubject,
  type VirtualPopulation,
} from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { modelOf } from './fixtures.ts'

/** x(t) = exp(-k t); y has a peak of its own. */
const model = modelOf('k = 1\nc = 2\nd/dt(x) = -k*x\nx(0) = c\ny = 3*t*(2 - t)\n')
const compiled = compileModel(model)
const reason = 'said so'
const run = (parameters: Float64Array) =>
  simulateSubject({ model: compiled, parameters, records: [], start: 0, end: 2, options: { rtol: 1e-9, atol: 1e-12 } })
const values = (k: number, c = 2) => parameterVector(model, { k, c })
const after = (filter: PlausibilityFilter, k: number, c?: number, definitions?: readonly EndpointDefinition[]) =>
  new Plausibility(model, [filter], definitions).failedAfter(run(values(k, c)), values(k, c))

describe('a filter', () => {
  it('of a parameter keeps what lies within its bounds, these included', () => {
    const plausibility = new Plausibility(model, [{ name: 'k', parameter: 'k', atLeast: 0.5, atMost: 2, reason }])
    const judged = [0.4999, 0.5, 1, 2, 2.0001, Number.NaN].map((k) => plausibility.failedBefore(Float64Array.of(k, 2)))
    expect(judged).toEqual([0, -1, -1, -1, 0, 0])
  })

  it('has bounds that depend on the patient', () => {
    const plausibility = new Plausibility(model, [{ name: 'k', parameter: 'k', atMost: '2*c', reason }])
    expect([plausibility.failedBefore(values(3, 1)), plausibility.failedBefore(values(3, 2))]).toEqual([0, -1])
  })

  it('of a quantity at a time looks at that time alone', () => {
    const filter = { name: 'x', quantity: 'x', at: 1, atLeast: 2 * Math.exp(-1), reason }
    expect([after(filter, 0.999), after(filter, 1.001)]).toEqual([-1, 0])
  })

  it('of a quantity looks at all of its course, between samples and steps, or at a part', () => {
    const always = { name: 'y', quantity: 'y', atMost: 2.9999, reason }
    expect(after(always, 1)).toBe(0)
    expect(after({ ...always, atMost: 3.0001 }, 1)).toBe(-1)
    expect(after({ ...always, from: 1.5 }, 1)).toBe(-1)
    expect(after({ ...always, to: 0.5 }, 1)).toBe(-1)
    expect(after({ name: 'x', quantity: 'x', from: 1, atLeast: 2 * Math.exp(-2) - 1e-6, reason }, 1)).toBe(-1)
    expect(after({ name: 'x', quantity: 'x', from: 1, atLeast: 2 * Math.exp(-2) + 1e-6, reason }, 1)).toBe(0)
  })

  it('of an endpoint drops where the endpoint is not defined', () => {
    const below: EndpointDefinition = {
      name: 'below',
      label: '',
      unit: '',
      quantity: 'x',
      kind: 'firstBelow',
      threshold: 1,
    }
    const filter = { name: 'soon', endpoint: 'below', atMost: 1, reason }
    expect([after(filter, 1, 2, [below]), after(filter, 0.5, 2, [below]), after(filter, 0.1, 2, [below])]).toEqual([
      -1, 0, 0,
    ])
  })

  it.each([
    ['parameter', { name: 'f', parameter: 'kk', atLeast: 1, reason }, /there is no parameter of the model kk; did you/],
    ['quantity', { name: 'f', quantity: 'z', atLeast: 1, reason }, /no state or output of the model z/],
    ['endpoint', { name: 'f', endpoint: 'Cmax', atLeast: 1, reason }, /no endpoint Cmax; there are none/],
    ['bound', { name: 'f', parameter: 'k', reason }, /f needs atLeast or atMost/],
    ['one time', { name: 'f', quantity: 'x', at: 1, to: 2, atLeast: 0, reason }, /one time, or from a time/],
  ] as const)('is refused where the %s is wrong', (_, filter, message) => {
    expect(() => new Plausibility(model, [filter])).toThrow(message)
  })

  it('is refused for a time outside of the run, a bad bound, and a name that stands twice', () => {
    expect(() => after({ name: 'f', quantity: 'x', at: 3, atLeast: 0, reason }, 1)).toThrow(
      /f: the run does not reach 3/,
    )
    const bad = new Plausibility(model, [{ name: 'f', parameter: 'k', atLeast: 'nothing', reason }])
    expect(() => bad.failedBefore(values(1))).toThrow(/the model has no parameter nothing/)
    const filter = { name: 'f', parameter: 'k', atLeast: 0, reason }
    expect(() => new Plausibility(model, [filter, { ...filter }])).toThrow(/two plausibility filters have the name f/)
  })

  it('says in words what it keeps', () => {
    expect(filterText({ name: 'f', parameter: 'k', atLeast: 1, atMost: '2*c', reason })).toBe(
      'k at least 1 and at most 2*c',
    )
    expect(filterText({ name: 'f', quantity: 'x', at: -10, atLeast: 8, reason })).toBe('x at -10 at least 8')
    expect(filterText({ name: 'f', quantity: 'x', from: 0, to: 5, atMost: 8, reason })).toBe('x from 0 to 5 at most 8')
  })

  it('is counted over patients', () => {
    const filters = [
      { name: 'a', parameter: 'k', atLeast: 0, reason },
      { name: 'b', parameter: 'c', atLeast: 0, reason },
    ]
    expect(droppedDraws(filters, [1, 2, 0, 5, 3, 0]).map(({ count }) => count)).toEqual([4, 7])
  })
})

describe('a later draw', () => {
  const population: VirtualPopulation = {
    factors: [{ name: 'f', sd: 1 }],
    parameters: [{ parameter: 'k', sd: 1, factors: { f: 1 } }],
    ties: {},
  }
  const effects = modelOf('ini({ a = 1\n eta ~ 1 })\nmodel({ k = a*exp(eta)\n d/dt(x) = -k*x\n x(0) = 1 })\n')
  const place = effects.parameters.findIndex(({ name }) => name === 'eta')
  const drawn = {
    population: (index: number, attempt?: number) =>
      Math.log(samplePopulation(model, population, values(1), at(index, attempt))[0]!) / Math.SQRT2,
    effects: (index: number, attempt?: number) =>
      sampleRandomEffects(effects, parameterVector(effects), at(index, attempt))[place]!,
  }
  const at = (index: number, attempt?: number) => ({ seed: 1, index, ...(attempt !== undefined && { attempt }) })

  it.each(['population', 'effects'] as const)(
    'of %s is another one, of the same law, not tied to those before',
    (of) => {
      const draw = drawn[of]
      expect(draw(7, 0)).toBe(draw(7))
      const pairs = Array.from({ length: 2000 }, (_, index) => [draw(index, 1), draw(index, 2)] as const)
      const mean = (of: (pair: readonly [number, number]) => number) =>
        pairs.reduce((sum, pair) => sum + of(pair), 0) / pairs.length
      // standard normal deviates: four standard errors of 2000
      expect(Math.abs(mean(([a]) => a))).toBeLessThan(4 / Math.sqrt(2000))
      expect(Math.abs(mean(([a]) => a * a) - 1)).toBeLessThan(4 * Math.sqrt(2 / 2000))
      expect(Math.abs(mean(([a, b]) => a * b))).toBeLessThan(4 / Math.sqrt(2000))
      expect(new Set(pairs.flat()).size).toBe(4000)
    },
  )
})
