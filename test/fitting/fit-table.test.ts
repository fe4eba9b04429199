import { fit, likelihoodRatio, profile, waldCurve } from '@cartkin/fitting'
import { erf, exp, log } from '@cartkin/numerics'
import { describe, expect, it } from 'vitest'
import { estimate, formulaModel, problemOf, subject } from './fixtures.ts'

/** Values around one level with a log-normal error: the maximum of the likelihood has a closed form. */
const y = [2.1, 3.4, 2.6, 4.4, 1.9, 3.0, 2.2, 5.1, 2.8, 3.7]
const n = y.length
const logs = y.map((value) => log(value))
const mean = logs.reduce((sum, value) => sum + value, 0) / n
const sd = Math.sqrt(logs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n)
const sumOfLogs = n * mean
const z = 1.959963984540054

/** −2 log L of the values on their own scale, about a level with this logarithm and this standard deviation. */
const deviance = (level: number, s: number) =>
  n * log(2 * Math.PI) +
  2 * n * log(s) +
  2 * sumOfLogs +
  logs.reduce((sum, value) => sum + ((value - level) / s) ** 2, 0)

const level = estimate('b', 1, 'log', 1e-3, 1e3)
const error = estimate('y.sd', 1, 'log', 1e-3, 10)
const problem = (estimated: readonly ReturnType<typeof estimate>[], b = 1) =>
  problemOf({
    model: formulaModel({ b }, 'b'),
    estimated,
    endpoints: [{ quantity: 'y', scale: 'log', error: { kind: 'additive', a: 'y.sd' } }],
    subjects: [subject(y.map((value, time) => ({ endpoint: 0, time, value })))],
  })

describe('the table of a fit, by hand', () => {
  it('has estimates, standard errors, RSE and intervals of the closed form', async () => {
    const { estimates, correlation, objective, aic, bic } = await fit(problem([level, error]))
    const [b, s] = estimates
    expect(b?.estimate).toBeCloseTo(exp(mean), 6)
    expect(s?.estimate).toBeCloseTo(sd, 6)
    // on the log scale: sd/√n of the level, 1/√(2n) of the error; RSE = sd on the log scale
    expect(b?.relativeStandardError).toBeCloseTo(sd / Math.sqrt(n), 6)
    expect(b?.standardError).toBeCloseTo((exp(mean) * sd) / Math.sqrt(n), 6)
    expect(s?.relativeStandardError).toBeCloseTo(1 / Math.sqrt(2 * n), 6)
    expect(b?.lower95).toBeCloseTo(exp(mean - (z * sd) / Math.sqrt(n)), 6)
    expect(b?.upper95).toBeCloseTo(exp(mean + (z * sd) / Math.sqrt(n)), 6)
    expect(s?.upper95).toBeCloseTo(sd * exp(z / Math.sqrt(2 * n)), 6)
    expect(correlation[1]).toBeCloseTo(0, 9)
    expect([b?.atBound, s?.atBound]).toEqual([null, null])
    expect(objective).toBeCloseTo(deviance(mean, sd), 8)
    expect(aic).toBeCloseTo(deviance(mean, sd) + 4, 8)
    expect(bic).toBeCloseTo(deviance(mean, sd) + 2 * log(n), 8)
  })

  it('tests a level that is held by the likelihood ratio of the closed form', async () => {
    const held = 2.5
    const larger = await fit(problem([level, error]))
    const smaller = await fit(problem([error], held))
    const off = logs.reduce((sum, value) => sum + (value - log(held)) ** 2, 0) / n
    const ratio = n * log(off / (sd * sd))
    expect(smaller.objective - larger.objective).toBeCloseTo(ratio, 8)
    const as = (result: typeof larger) => ({
      estimated: result.estimates.map(({ name }) => name),
      minusTwoLogLikelihood: result.objective,
    })
    const tested = likelihoodRatio(as(smaller), as(larger))
    // χ² of one degree of freedom: p = 1 − erf(√(x/2))
    expect(tested).toMatchObject({ status: 'tested', degreesOfFreedom: 1, added: ['b'] })
    if (tested.status === 'tested') {
      expect(tested.statistic).toBeCloseTo(ratio, 8)
      expect(tested.p).toBeCloseTo(1 - erf(Math.sqrt(ratio / 2)), 8)
    }
  })

  it('flags an estimate at its bound, which has no standard error, and counts it as a parameter', async () => {
    const top = 2.5
    const { estimates, aic, objective } = await fit(problem([{ ...level, upper: top }, error]))
    const off = Math.sqrt(logs.reduce((sum, value) => sum + (value - log(top)) ** 2, 0) / n)
    expect(estimates[0]).toMatchObject({ estimate: top, atBound: 'upper', standardError: NaN, lower95: NaN })
    expect(estimates[1]?.estimate).toBeCloseTo(off, 6)
    expect(objective).toBeCloseTo(deviance(log(top), off), 8)
    expect(aic).toBeCloseTo(objective + 4, 9)
  })
})

describe('the curve that a standard error promises', () => {
  it('is the parabola in the coordinate of estimation, and meets the limit at the ends of the 95 % interval', async () => {
    const wanted = problem([level, error])
    const result = await fit(wanted)
    const [of] = await profile(wanted, result, { parameters: ['b'] })
    const curve = of === undefined ? [] : waldCurve(of, result, level)
    expect(curve).toHaveLength(49)
    for (const { value, increase } of curve) {
      const distance = (log(value) - mean) / (sd / Math.sqrt(n))
      expect(increase).toBeCloseTo((distance * distance) / (z * z), 5)
    }
    expect(curve[0]?.increase).toBe(2.25)
    expect(curve[24]).toEqual({ value: expect.closeTo(exp(mean), 6), increase: 0 })
    const at = curve.find(({ increase }) => Math.abs(increase - 1) < 1e-9)
    expect(at?.value).toBeCloseTo(result.estimates[0]?.lower95 ?? NaN, 6)
  })

  it('is the profile itself for a straight line with given errors', async () => {
    const line = problemOf({
      model: formulaModel({ a: 0, b: 1 }, 'a + b*t'),
      estimated: [estimate('a', 1), estimate('b', 2)],
      subjects: [subject([1, 2.2, 2.7, 4.1, 5.2].map((value, time) => ({ endpoint: 0, time, value, sd: 0.3 })))],
    })
    const result = await fit(line)
    for (const [j, own] of (await profile(line, result)).entries()) {
      const parameter = line.estimated[j]
      const wald = parameter === undefined ? [] : waldCurve(own, result, parameter)
      const half = (wald[48]?.value ?? NaN) - own.estimate
      for (const { value, increase } of own.points)
        expect(increase).toBeCloseTo(2.25 * ((value - own.estimate) / half) ** 2, 6)
    }
  })

  it('is not there at a bound, and ends at one', async () => {
    const narrow = { ...level, upper: 3.2 }
    const wanted = problem([narrow, error])
    const result = await fit(wanted)
    const base = { name: 'b', estimate: result.estimates[0]?.estimate ?? NaN, limit: z * z }
    const curve = waldCurve(base, result, narrow)
    expect(curve.length).toBeGreaterThan(24)
    expect(curve.length).toBeLessThan(49)
    for (const { value } of curve) expect(value).toBeLessThanOrEqual(3.2)
    const bounded = await fit(problem([{ ...level, upper: 2.5 }, error]))
    expect(waldCurve({ name: 'b', estimate: 2.5, limit: z * z }, bounded, level)).toEqual([])
  })
})
