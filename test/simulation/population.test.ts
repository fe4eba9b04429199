import { parameterVector, samplePopulation, type VirtualPopulation } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { modelOf } from './fixtures.ts'

const model = modelOf('a = 2\nb = 3\nc = 5\nd = 7\nu = 2000\nd/dt(x) = -a*b*c*d*u*x\n')
const typical = parameterVector(model)
const population: VirtualPopulation = {
  factors: [{ name: 'f', sd: 0.5 }],
  parameters: [
    { parameter: 'a', sd: 0.3 },
    { parameter: 'b', sd: 0, factors: { f: 1 } },
    { parameter: 'c', sd: 0.2, factors: { f: 0.5 } },
    { parameter: 'u', median: 1000, sd: 1, limits: [300, 3000] },
  ],
  ties: { d: 'a' },
}
const draw = (index: number, seed = 1) => samplePopulation(model, population, typical, { seed, index })
const many = Array.from({ length: 4000 }, (_, index) => draw(index))
const logs = (k: number) => many.map((values) => Math.log(values[k]! / typical[k]!))
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length
const covariance = (x: readonly number[], y: readonly number[]) =>
  mean(x.map((value, i) => (value - mean(x)) * (y[i]! - mean(y))))

describe('a virtual population', () => {
  it('has the medians and log standard deviations asked for', () => {
    expect(mean(logs(0))).toBeCloseTo(0, 1)
    expect(Math.sqrt(covariance(logs(0), logs(0)))).toBeCloseTo(0.3, 1)
    expect(Math.sqrt(covariance(logs(1), logs(1)))).toBeCloseTo(0.5, 1)
    expect(covariance(logs(2), logs(2))).toBeCloseTo(0.2 ** 2 + 0.25 ** 2, 2)
  })

  it('correlates through common factors, and only through them', () => {
    expect(covariance(logs(1), logs(2))).toBeCloseTo(0.5 * 0.5 * 0.5, 1)
    expect(Math.abs(covariance(logs(0), logs(1)))).toBeLessThan(0.01)
  })

  it('clips to the limits, around a median of its own, and ties what is tied', () => {
    const u = many.map((values) => values[4]!)
    expect(Math.min(...u)).toBe(300)
    expect(Math.max(...u)).toBe(3000)
    expect(u.filter((value) => value < 1000).length / u.length).toBeCloseTo(0.5, 1)
    for (const values of many.slice(0, 50)) expect(values[3]).toBe(values[0])
  })

  it('gives a subject the same values whoever else is drawn, others with another seed', () => {
    expect(draw(17)).toEqual(many[17])
    expect(draw(17, 2)).not.toEqual(many[17])
  })

  it('refuses what the model does not have', () => {
    const strange = { ...population, parameters: [{ parameter: 'z', sd: 1 }] }
    expect(() => samplePopulation(model, strange, typical, { seed: 1, index: 0 })).toThrow(
      /varies z, which the model does not have/,
    )
  })
})
