import { libraryModel } from '@cartkin/cart-models'
import { mean, quantile } from '@cartkin/numerics'
import { endpoints, parameterVector, RunMemory, samplePopulation, simulateWithExtinction } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { cell, numberRows } from '../fixtures.ts'
import { compiled, courseAt } from './golden-course.ts'
import { distance, figuresOf, goldenFigures } from './golden-figures.ts'

describe('the reference figures', () => {
  const figures = figuresOf('kimmel')
  const { Bmin = Number.NaN, tBmin = Number.NaN, ...golden } = goldenFigures('kimmel')

  it('are met', () => {
    expect(Object.keys(figures).sort()).toEqual([...Object.keys(golden), 'Bmin', 'tBmin'].sort())
    for (const [key, value] of Object.entries(golden)) expect(distance(figures[key], value), key).toBeLessThan(1e-5)
  })

  it('of the smallest tumour, too, which the reference knows to 4 % and by whole days', () => {
    expect(Math.abs(Math.log10(figures['Bmin']! / Bmin))).toBeLessThan(0.02)
    expect(figures['Bmin']).toBeCloseTo(7.46e-14, 16)
    expect(Math.abs(figures['tBmin']! - tBmin)).toBeLessThan(0.5)
  })
})

describe('the reference course', () => {
  const rows = numberRows('evidence/golden/kimmel2021.csv')
  const days = Float64Array.from(rows, (row) => cell(row, 'day'))
  const course = courseAt(days, compiled('kimmel-2021'), 'kimmel-2021', { rtol: 1e-9, atol: 1e-24 })

  it.each(['N', 'C', 'B'])('of %s is met, of the tumour down to 1e-8 mL relatively, below by its logarithm', (name) => {
    const ours = course(name)
    for (const [k, row] of rows.entries()) {
      const golden = cell(row, name)
      if (name === 'B' && golden <= 1e-8) expect(Math.abs(Math.log10(ours[k]! / golden))).toBeLessThan(0.02)
      else expect(distance(ours[k], golden), `day ${cell(row, 'day')}`).toBeLessThan(1e-5)
    }
  })
})

describe('1,000 virtual patients', () => {
  const library = libraryModel('kimmel-2021')
  const model = compiled('kimmel-2021')
  const count = 1000
  const memory = new RunMemory()
  const typical = parameterVector(model.model, {})
  const { population, extinction: rule } = library
  if (population === undefined || rule === undefined) throw new Error('the model has no population or no rule')
  const patients = Array.from({ length: count }, (_, index) => {
    const key = { seed: 3, index }
    const parameters = samplePopulation(model.model, population, typical, key)
    const course = simulateWithExtinction(
      { model, parameters, records: [], start: 0, end: library.horizon, memory },
      [],
      rule,
      key,
    )
    const read = endpoints(model.model, course.run, library.endpoints, course.extinction)
    return {
      status: course.run.outcome.status,
      parameter: (name: string) => parameters[model.model.parameters.findIndex((own) => own.name === name)]!,
      endpoint: (name: string) => read.find((own) => own.name === name)?.value ?? Number.NaN,
    }
  })
  const endpoint = (name: string) => patients.map((patient) => patient.endpoint(name))
  const defined = (name: string) => endpoint(name).filter((value) => !Number.isNaN(value))
  const quartiles = (name: string) =>
    [0.25, 0.75].map((p) =>
      quantile(
        patients.map((own) => own.parameter(name)),
        p,
      ),
    )

  it('all run, and have the published quartiles of what differs between them', () => {
    expect(patients.filter(({ status }) => status !== 'finished')).toEqual([])
    // cells in a body of 5e8 uL: 6.15e10, 9.65e10; 1.40e9, 3.125e9. The published medians lie elsewhere within them.
    for (const [name, lower, upper] of [
      ['KC', 6.15e10 / 5e8, 9.65e10 / 5e8],
      ['kB', 1.4e9 / 5e8, 3.125e9 / 5e8],
      ['gammaB', 0.64, 1.35],
    ] as const) {
      const [first = 0, third = 0] = quartiles(name)
      expect(distance(third / first, upper / lower), name).toBeLessThan(0.15)
    }
    const logs = (name: string) => patients.map((own) => Math.log(own.parameter(name)))
    expect(correlation(logs('gammaB'), logs('kB'))).toBeCloseTo(-0.96, 1)
  })

  it('are cured as often as their probabilities say', () => {
    const probabilities = endpoint('Cure_probability')
    const expected = probabilities.reduce((a, b) => a + b)
    const spread = Math.sqrt(probabilities.reduce((sum, p) => sum + p * (1 - p), 0))
    const cured = endpoint('Cured').filter((value) => value === 1).length
    expect(Math.abs(cured - expected)).toBeLessThan(4 * spread)
    expect(cured).toBeGreaterThan(count / 4)
    expect(cured).toBeLessThan((3 * count) / 4)
  })

  it('are cured between day 20 and 80 and progress between day 200 and 500, for the most part', () => {
    const [cure = 0] = [quantile(defined('Cure_day'), 0.5)]
    expect(cure).toBeGreaterThan(20)
    expect(cure).toBeLessThan(80)
    const progression = quantile(defined('Progression_day'), 0.5)
    expect(progression).toBeGreaterThan(200)
    expect(progression).toBeLessThan(500)
  })

  it('do not progress once cured', () => {
    const both = patients.filter(
      (own) => own.endpoint('Cured') === 1 && own.endpoint('Progression_day') > own.endpoint('Cure_day'),
    )
    expect(both).toEqual([])
  })
})

function correlation(x: readonly number[], y: readonly number[]): number {
  const centred = (values: readonly number[]) => {
    const middle = mean(values)
    return values.map((value) => value - middle)
  }
  const [a, b] = [centred(x), centred(y)]
  const product = (u: readonly number[], v: readonly number[]) => u.reduce((sum, value, k) => sum + value * v[k]!, 0)
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b))
}
