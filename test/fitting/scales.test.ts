import { type EstimatedParameter, fit, objectiveAt } from '@cartkin/fitting'
import { exp, log, logit, normalCdf, normalQuantile } from '@cartkin/numerics'
import { describe, expect, it } from 'vitest'
import { estimate, formulaModel, problemOf, subject } from './fixtures.ts'

const scales = ['log', 'linear', 'logit', 'probit'] as const
type Scale = (typeof scales)[number]

/** y = F·e^(−k t) at six times, off by fixed deviations. */
const model = formulaModel({ F: 0.5, k: 1 }, 'F*exp(-k*t)')
const deviations = [0.01, -0.02, 0.015, -0.005, 0.01, -0.012]
const rows = deviations.map((d, i) => ({
  endpoint: 0,
  time: 0.4 * i,
  value: 0.7 * exp(-1.3 * 0.4 * i) + d,
  sd: 0.02,
}))

const fraction = (scale: Scale, parts: Partial<EstimatedParameter> = {}) =>
  problemOf({
    model,
    estimated: [{ ...estimate('F', 0.3, scale, 0.001, 1), ...parts }, estimate('k', 0.5, 'log', 0.01, 100)],
    subjects: [subject(rows)],
  })

const estimateOf = (result: Awaited<ReturnType<typeof fit>>, name: string) =>
  result.estimates.find((one) => one.name === name)!

describe('the scale of a parameter', () => {
  it.each(scales)('%s finds the same minimum with the same standard errors', async (scale) => {
    const linear = await fit(fraction('linear'))
    const result = await fit(fraction(scale))
    expect(result.outcome.status).toBe('converged')
    expect(result.objective).toBeCloseTo(linear.objective, 9)
    for (const name of ['F', 'k']) {
      expect(estimateOf(result, name).estimate / estimateOf(linear, name).estimate).toBeCloseTo(1, 6)
      expect(estimateOf(result, name).standardError / estimateOf(linear, name).standardError).toBeCloseTo(1, 5)
    }
  })

  it('carries intervals of shares back within the bounds, symmetrical on the scale', async () => {
    for (const [scale, line] of [
      ['logit', logit],
      ['probit', normalQuantile],
    ] as const) {
      // hardly known: an interval on the linear scale would leave the bounds
      const wide = rows.slice(0, 3).map((row) => ({ ...row, sd: 0.5 }))
      const problem = {
        ...fraction(scale),
        endpoints: [{ quantity: 'y', scale: 'linear', error: { kind: 'additive', a: 'sd' } }] as const,
      }
      const result = await fit({
        ...problem,
        errorParameters: { sd: 0.5 },
        estimated: [problem.estimated[0]!],
        subjects: [subject(wide.map(({ sd: _, ...row }) => row))],
      })
      const { estimate: value, lower95, upper95, standardError } = estimateOf(result, 'F')
      expect(value + 1.96 * standardError).toBeGreaterThan(1)
      expect(lower95).toBeGreaterThan(0.001)
      expect(upper95).toBeLessThan(1)
      const share = (v: number) => line((v - 0.001) / 0.999)
      expect((share(lower95) + share(upper95)) / 2).toBeCloseTo(share(value), 9)
      // the standard error by the slope at the estimate
      const sd = Math.sqrt(result.covariance[0]!)
      const h = 1e-5
      const back =
        scale === 'logit' ? (x: number) => 0.001 + 0.999 / (1 + exp(-x)) : (x: number) => 0.001 + 0.999 * normalCdf(x)
      expect(standardError / ((sd * (back(share(value) + h) - back(share(value) - h))) / (2 * h))).toBeCloseTo(1, 7)
    }
  })

  it.each(['logit', 'probit'] as const)(
    '%s ends at a bound that holds the minimum back, and says so',
    async (scale) => {
      const result = await fit(fraction(scale, { upper: 0.5 }))
      expect(result.outcome.status).toBe('converged')
      const { estimate: value, atBound, standardError } = estimateOf(result, 'F')
      expect(atBound).toBe('upper')
      expect(value).toBeLessThan(0.5)
      expect(0.5 - value).toBeLessThan(1e-9)
      expect(standardError).toBeNaN()
      const held = await fit({ ...fraction('linear', { upper: 0.5 }) })
      expect(result.objective).toBeCloseTo(held.objective, 6)
      expect(estimateOf(result, 'k').standardError).toBeCloseTo(estimateOf(held, 'k').standardError, 6)
    },
  )

  it.each(scales)('%s has the gradient of finite differences', (scale) => {
    const problem = fraction(scale)
    const h = 1e-6
    const { gradient } = objectiveAt(problem, { F: 0.3 })
    const difference = objectiveAt(problem, { F: 0.3 + h }).objective - objectiveAt(problem, { F: 0.3 - h }).objective
    expect(gradient[0]! / (difference / (2 * h))).toBeCloseTo(1, 5)
  })

  it.each([
    [{ start: 1 }, /logit scale: it must start strictly between finite bounds, got 1 between 0.001 and 1/],
    [{ upper: Infinity }, /strictly between finite bounds, got 0.3 between 0.001 and Infinity/],
  ])('logit refuses %o', async (parts, message) => {
    await expect(fit(fraction('logit', parts))).rejects.toThrow(message)
  })
})

describe('tied parameters', () => {
  const two = formulaModel({ k1: 1, k2: 2, A: 1 }, 'A*exp(-k1*t) + exp(-k2*t)')
  const one = formulaModel({ k1: 1, A: 1 }, 'A*exp(-k1*t) + exp(-2.5*k1*t)')
  const data = deviations.map((d, i) => ({
    endpoint: 0,
    time: 0.3 * i,
    value: 1.5 * exp(-0.3 * i) + exp(-0.75 * i) + d,
    sd: 0.02,
  }))
  const estimated = [estimate('k1', 0.4, 'log'), estimate('A', 1, 'log')]
  const tied = problemOf({
    model: two,
    estimated,
    ties: { k2: { parameter: 'k1', factor: 2.5 } },
    subjects: [subject(data)],
  })

  it('are fitted as if the model had them written out', async () => {
    const result = await fit(tied)
    const written = await fit(problemOf({ model: one, estimated, subjects: [subject(data)] }))
    expect(result.outcome.status).toBe('converged')
    expect(result.objective).toBeCloseTo(written.objective, 10)
    for (const name of ['k1', 'A']) {
      expect(estimateOf(result, name).estimate).toBeCloseTo(estimateOf(written, name).estimate, 8)
      expect(estimateOf(result, name).standardError).toBeCloseTo(estimateOf(written, name).standardError, 8)
    }
  })

  it('are reported with the standard error and interval of their multiple', async () => {
    const result = await fit(tied)
    const { estimate: k1, start, standardError, relativeStandardError, lower95, upper95 } = estimateOf(result, 'k1')
    expect(result.tied).toEqual([
      {
        name: 'k2',
        parameter: 'k1',
        factor: 2.5,
        estimate: 2.5 * k1,
        start: 2.5 * start,
        atBound: null,
        standardError: 2.5 * standardError,
        relativeStandardError,
        lower95: 2.5 * lower95,
        upper95: 2.5 * upper95,
      },
    ])
  })

  it('have sensitivities through the tie', () => {
    const h = 1e-6
    const at = (k1: number) => objectiveAt(tied, { k1 })
    expect(at(0.7).gradient[0]! / ((at(0.7 + h).objective - at(0.7 - h).objective) / (2 * h))).toBeCloseTo(1, 6)
  })

  it('tie residual errors too: two endpoints with one error, twice as large for the second', async () => {
    const flat = formulaModel({ m: 1 }, 'm')
    const problem = problemOf({
      model: flat,
      endpoints: [
        { quantity: 'y', scale: 'linear', error: { kind: 'additive', a: 'sd1' } },
        { quantity: 'y', scale: 'linear', error: { kind: 'additive', a: 'sd2' } },
      ],
      estimated: [estimate('m', 2), estimate('sd1', 1, 'log')],
      ties: { sd2: { parameter: 'sd1', factor: 2 } },
      subjects: [
        subject(
          [1, 2, 4].flatMap((value, time) => [0, 1].map((endpoint) => ({ endpoint, time, value: value + endpoint }))),
        ),
      ],
    })
    // weighted mean, and the mean square in units of each one's own share
    const [first, second] = [
      [1, 2, 4],
      [2, 3, 5],
    ] as const
    const mean = (7 + 10 / 4) / (3 + 3 / 4)
    const squares = first.reduce((s, v) => s + (v - mean) ** 2, 0) + second.reduce((s, v) => s + (v - mean) ** 2 / 4, 0)
    const result = await fit(problem)
    expect(estimateOf(result, 'm').estimate).toBeCloseTo(mean, 7)
    expect(estimateOf(result, 'sd1').estimate).toBeCloseTo(Math.sqrt(squares / 6), 7)
  })

  it.each([
    [{ k2: { parameter: 'k3', factor: 1 } }, 'k2 is tied to k3, which is not estimated; did you mean k1?'],
    [{ k1: { parameter: 'A', factor: 1 } }, 'k1 is tied to A, but is also to be estimated'],
    [{ q: { parameter: 'A', factor: 1 } }, 'q is neither a parameter of the model nor of an error'],
    [{ k2: { parameter: 'k1', factor: 0 } }, 'the factor must be a number other than 0, got 0'],
  ])('refuse %o', async (ties, message) => {
    await expect(fit({ ...tied, ties })).rejects.toThrow(message)
  })

  it('refuse a chain, and say what to tie to', async () => {
    const chain = formulaModel({ a: 1, b: 1, c: 1 }, 'a + b*t + c*t*t')
    const problem = problemOf({ model: chain, estimated: [estimate('a', 1)], subjects: [subject(data)] })
    const ties = { b: { parameter: 'a', factor: 2 }, c: { parameter: 'b', factor: 3 } }
    await expect(fit({ ...problem, ties })).rejects.toThrow('c is tied to b, which is itself tied; tie c to a')
  })
})

describe('priors', () => {
  const line = formulaModel({ a: 0, b: 0 }, 'a + b*t')
  const data = [1.1, 1.9, 3.2, 3.8].map((value, time) => ({ endpoint: 0, time, value }))
  const linear = (priors: readonly ({ readonly mean: number; readonly sd: number } | undefined)[]) =>
    problemOf({
      model: line,
      endpoints: [{ quantity: 'y', scale: 'linear', error: { kind: 'additive', a: 'sd' } }],
      errorParameters: { sd: 0.5 },
      estimated: ['a', 'b'].map((name, j) => ({ ...estimate(name, 0), ...(priors[j] && { prior: priors[j] }) })),
      subjects: [subject(data)],
    })
  const given = (priors: Parameters<typeof linear>[0]) => ({
    ...linear(priors),
    endpoints: [{ quantity: 'y', scale: 'linear', error: { kind: 'given' } }] as const,
    errorParameters: {},
    subjects: [subject(data.map((row) => ({ ...row, sd: 0.5 })))],
  })

  it.each([
    ['likelihood', linear],
    ['given errors', given],
  ] as const)('give the closed-form posterior of a linear model: %s', async (_, problem) => {
    const prior = [
      { mean: 0.5, sd: 0.3 },
      { mean: 2, sd: 0.2 },
    ] as const
    const result = await fit(problem(prior))
    // precision XᵀX/σ² + diag(1/sd²), mean = precision⁻¹ (Xᵀy/σ² + prior mean/sd²)
    const w = 1 / 0.25
    const sum = (f: (t: number, y: number) => number) => data.reduce((s, { time, value }) => s + f(time, value), 0)
    const p = [w * 4 + 1 / 0.09, w * sum((t) => t), w * sum((t) => t * t) + 1 / 0.04] as const
    const right = [w * sum((_t, y) => y) + 0.5 / 0.09, w * sum((t, y) => t * y) + 2 / 0.04] as const
    const determinant = p[0] * p[2] - p[1] * p[1]
    expect(estimateOf(result, 'a').estimate).toBeCloseTo((p[2] * right[0] - p[1] * right[1]) / determinant, 9)
    expect(estimateOf(result, 'b').estimate).toBeCloseTo((p[0] * right[1] - p[1] * right[0]) / determinant, 9)
    const covariance = [p[2], -p[1], -p[1], p[0]].map((v) => v / determinant)
    for (const [k, v] of covariance.entries()) expect(result.covariance[k]).toBeCloseTo(v, 10)
    expect(result.residualVariance).toBe(1)
  })

  it('that are flat change nothing', async () => {
    for (const problem of [linear, given]) {
      const none = await fit(problem([]))
      const endless = await fit(problem([{ mean: 3, sd: Infinity }]))
      expect(endless).toEqual(none)
      const flat = await fit(problem([{ mean: 3, sd: 1e7 }]))
      expect(flat.objective).toBeCloseTo(none.objective, 9)
      expect(estimateOf(flat, 'a').estimate).toBeCloseTo(estimateOf(none, 'a').estimate, 9)
    }
    const flat = await fit(linear([{ mean: 3, sd: 1e7 }]))
    const none = await fit(linear([]))
    expect(flat.aic).toBeCloseTo(none.aic, 9)
    expect(flat.bic).toBeCloseTo(none.bic, 9)
    expect(flat.covariance[0]).toBeCloseTo(none.covariance[0]!, 9)
  })

  it('that are narrow pin a parameter, whose standard error then is the prior’s', async () => {
    const pinned = await fit(linear([{ mean: 0.2, sd: 1e-5 }]))
    expect(estimateOf(pinned, 'a').estimate).toBeCloseTo(0.2, 6)
    expect(estimateOf(pinned, 'a').standardError).toBeCloseTo(1e-5, 9)
    const fixed = await fit({
      ...linear([]),
      parameters: Float64Array.of(0.2, 0),
      estimated: [estimate('b', 0)],
    })
    expect(estimateOf(pinned, 'b').estimate).toBeCloseTo(estimateOf(fixed, 'b').estimate, 6)
    expect(estimateOf(pinned, 'b').standardError).toBeCloseTo(estimateOf(fixed, 'b').standardError, 6)
  })

  it('add their squares to the objective and nothing to the information criteria', async () => {
    const prior = { mean: 0.5, sd: 0.3 }
    for (const problem of [linear, given]) {
      const result = await fit(problem([prior]))
      const values = { a: estimateOf(result, 'a').estimate, b: estimateOf(result, 'b').estimate }
      const square = ((values.a - 0.5) / 0.3) ** 2
      expect(result.priorObjective).toBeCloseTo(square, 10)
      expect(result.objective).toBeCloseTo(objectiveAt(problem([]), values).objective + square, 9)
      expect(objectiveAt(problem([prior]), values).objective).toBeCloseTo(result.objective, 9)
      // likelihood of the observations with their known errors, two parameters
      expect(result.aic).toBeCloseTo(objectiveAt(linear([]), values).objective + 4, 9)
      expect(result.bic).toBeCloseTo(objectiveAt(linear([]), values).objective + 2 * log(4), 9)
    }
  })

  it('are on the estimation scale: a log-normal one, a logit-normal one', async () => {
    for (const [scale, line] of [
      ['log', log],
      ['logit', (v: number) => logit((v - 0.001) / 0.999)],
      ['probit', (v: number) => normalQuantile((v - 0.001) / 0.999)],
    ] as const) {
      const problem = fraction(scale, { prior: { mean: 0.4, sd: 0.1 } })
      const { priorObjective, estimates } = await fit(problem)
      const distance = (line(estimates[0]!.estimate) - line(0.4)) / 0.1
      expect(priorObjective / (distance * distance)).toBeCloseTo(1, 9)
      const h = 1e-6
      const at = (F: number) => objectiveAt(problem, { F })
      expect(at(0.6).gradient[0]! / ((at(0.6 + h).objective - at(0.6 - h).objective) / (2 * h))).toBeCloseTo(1, 5)
    }
  })

  it('make identifiable what the data leave open', async () => {
    const sum = formulaModel({ a: 1, b: 1 }, 'a + b')
    const problem = (prior: boolean) =>
      problemOf({
        model: sum,
        endpoints: [{ quantity: 'y', scale: 'linear', error: { kind: 'additive', a: 'sd' } }],
        errorParameters: { sd: 1 },
        estimated: [estimate('a', 1), { ...estimate('b', 1), ...(prior && { prior: { mean: 2, sd: 0.5 } }) }],
        subjects: [subject([4, 5, 6].map((value, time) => ({ endpoint: 0, time, value })))],
      })
    expect((await fit(problem(false))).collinear[0]?.kind).toBe('undetermined')
    const result = await fit(problem(true))
    expect(result.collinear).toEqual([])
    expect(estimateOf(result, 'b')).toMatchObject({
      estimate: expect.closeTo(2, 8),
      standardError: expect.closeTo(0.5, 8),
    })
    expect(estimateOf(result, 'a').standardError).toBeCloseTo(Math.sqrt(1 / 3 + 0.25), 8)
  })

  it.each([
    [{ mean: 0.4, sd: 0 }, 'the sd of its prior must be above 0, got 0'],
    [{ mean: 1, sd: 1 }, 'the mean of its prior must be a value on its logit scale, between 0.001 and 1, got 1'],
  ])('refuse %o', async (prior, message) => {
    await expect(fit(fraction('logit', { prior }))).rejects.toThrow(message)
  })
})
