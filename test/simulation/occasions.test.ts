import { parameterVector, sampleRandomEffects, simulateSubject, subjectEffects } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { compiled } from './fixtures.ts'

const model = compiled(`
pk <- function() {
  ini({
    tk <- 0.3
    eta.k ~ 0.09
    occ.k + occ.v ~ c(0.04, 0.01, 0.05) | occ
    site.v ~ 0.02 | site
  })
  model({
    k <- tk*exp(eta.k + occ.k)
    v <- 10*exp(occ.v + site.v)
    d/dt(A) <- -k*A
    C <- A/v
  })
}`)
const typical = parameterVector(model.model)
const place = (name: string) => model.model.parameters.findIndex((parameter) => parameter.name === name)
const key = { seed: 5, index: 3 }
const draw = (values: readonly number[], index = key.index) =>
  subjectEffects(model.model, typical, { ...key, index }, [
    { level: 'occ', times: values.map((_, k) => 10 * k), values },
  ])

describe('effects of occasions', () => {
  it('are drawn for each value, the same where one comes again', () => {
    const { parameters, covariates } = draw([1, 2, 1])
    expect(covariates.map(({ name, times, interpolation }) => ({ name, times, interpolation }))).toEqual([
      { name: 'occ.k', times: [0, 10, 20], interpolation: 'locf' },
      { name: 'occ.v', times: [0, 10, 20], interpolation: 'locf' },
    ])
    for (const { name, values } of covariates) {
      expect(values[0]).toBe(parameters[place(name)])
      expect(values[1]).not.toBe(values[0])
      expect(values[2]).toBe(values[0])
    }
  })

  it('are a function of the subject and the occasion alone', () => {
    const second = draw([2])
    const both = draw([1, 2])
    expect(second.covariates).toEqual([])
    for (const { name, values } of both.covariates) expect(values[1]).toBe(second.parameters[place(name)])
    expect(both.parameters[place('eta.k')]).toBe(second.parameters[place('eta.k')])
    expect(both.parameters).toEqual(sampleRandomEffects(model.model, typical, key))
    expect(draw([1, 2], 4).covariates).not.toEqual(both.covariates)
  })

  it('have the covariance of their block, within an occasion and not between two', () => {
    const draws = Array.from({ length: 4000 }, (_, index) => draw([1, 2], index).covariates.map(({ values }) => values))
    const moment = (a: readonly [number, number], b: readonly [number, number]) =>
      draws.reduce((sum, d) => sum + d[a[0]]![a[1]]! * d[b[0]]![b[1]]!, 0) / draws.length
    for (const occasion of [0, 1]) {
      expect(moment([0, occasion], [0, occasion])).toBeCloseTo(0.04, 2)
      expect(moment([1, occasion], [1, occasion])).toBeCloseTo(0.05, 2)
      expect(moment([0, occasion], [1, occasion])).toBeCloseTo(0.01, 2)
    }
    expect(moment([0, 0], [0, 1])).toBeCloseTo(0, 2)
    expect(moment([1, 0], [0, 1])).toBeCloseTo(0, 2)
  })

  it('change the course at the first record of an occasion', () => {
    const { parameters, covariates } = draw([1, 2])
    const run = simulateSubject({
      model,
      parameters,
      covariates,
      records: [{ time: 0, evid: 1, amt: 100 }],
      start: 0,
      end: 20,
      options: { rtol: 1e-10, atol: 1e-12 },
    })
    const rate = (occasion: number) =>
      0.3 * Math.exp(parameters[place('eta.k')]! + covariates.find(({ name }) => name === 'occ.k')!.values[occasion]!)
    expect(run.value(0, 10)).toBeCloseTo(100 * Math.exp(-10 * rate(0)), 8)
    expect(run.value(0, 14)).toBeCloseTo(100 * Math.exp(-10 * rate(0) - 4 * rate(1)), 8)
  })

  it('that have a value are not drawn', () => {
    const given = Float64Array.from(typical)
    given[place('occ.k')] = 0.7
    const levels = [{ level: 'occ', times: [0, 10], values: [1, 2] }]
    const { parameters, covariates } = subjectEffects(model.model, given, key, levels, new Set(['occ.k']))
    expect(parameters[place('occ.k')]).toBe(0.7)
    expect(covariates.map(({ name }) => name)).toEqual(['occ.v'])
  })

  it('need whole numbers', () => {
    expect(() => draw([1, 1.5])).toThrow('occasions are numbered by whole numbers from 0, but occ is 1.5')
  })
})
