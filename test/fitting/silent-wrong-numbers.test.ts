import { type Endpoint, type FitObservation, fit, objectiveAt, observationTerm } from '@cartkin/fitting'
import { log, normalCdf, randomStream } from '@cartkin/numerics'
import { describe, expect, it } from 'vitest'
import { estimate, formulaModel, modelOf, problemOf, subject } from './fixtures.ts'

// Plausible but wrong results that other programs have shipped and found late, from their change logs: one test each.

const mean = formulaModel({ m: 2 }, 'm + 0*t')
const additive: Endpoint = { quantity: 'y', scale: 'linear', error: { kind: 'additive', a: 'sd' } }
const student: Endpoint = { ...additive, distribution: { kind: 't', df: 4 } }
const at = (value: number, rest: Partial<FitObservation> = {}): FitObservation => ({
  endpoint: 0,
  time: 1,
  value,
  ...rest,
})
const normals = (count: number, seed = 1): readonly number[] => {
  const stream = randomStream({ seed, study: 'silent wrong numbers', subject: 0, occasion: 0 })
  return Array.from({ length: count }, (_, k) => stream.normal(k))
}

const meanProblem = (
  observations: readonly FitObservation[],
  endpoint: Endpoint = additive,
  errorParameters: Readonly<Record<string, number>> = { sd: 1 },
) =>
  problemOf({
    model: mean,
    estimated: [estimate('m', 2)],
    endpoints: [endpoint],
    errorParameters,
    subjects: [subject(observations)],
  })

describe('values below the limit of quantification', () => {
  it('have the sign and scale of a −2 log likelihood, on a linear scale and on a log scale', () => {
    // nlmixr2est #876, #916
    const below = [at(1, { censored: 'left' })]
    expect(objectiveAt(meanProblem(below), { m: 2.5 }).objective).toBeCloseTo(-2 * log(normalCdf(-1.5)), 13)
    expect(objectiveAt(meanProblem(below), { m: 0.5 }).objective).toBeLessThan(
      objectiveAt(meanProblem(below), { m: 0.6 }).objective,
    )
    const onLog = meanProblem(below, { ...additive, scale: 'log' })
    expect(objectiveAt(onLog, { m: 2.5 }).objective).toBeCloseTo(-2 * log(normalCdf(-log(2.5))), 13)
  })

  it('have no likelihood without a spread: a variance of 0 is refused with its reason, not scored', () => {
    // nlmixr2est #976
    for (const censored of ['left', 'right', undefined] as const) {
      const { objective, gradient, reason } = objectiveAt(
        meanProblem([at(1, censored === undefined ? {} : { censored })], additive, { sd: 0 }),
      )
      expect(objective).toBeNaN()
      expect([...gradient]).toEqual([NaN])
      expect(reason).toBe('subject 1, y at time 1: the standard deviation of the residual is 0 at a prediction of 2')
    }
  })

  it('count for t residuals too, with the tail of the t distribution', () => {
    // nlmixr2est #979
    const observations = [at(2.1), at(1.9)]
    const without = objectiveAt(meanProblem(observations, student)).objective
    const more = objectiveAt(meanProblem([...observations, at(1, { censored: 'left' })], student)).objective
    // P(t₄ < −1) = ½ − ½·z(1 + ½/(1 + z²/4)) with z = 1/√5, by the closed form of Abramowitz & Stegun 26.7.4
    const half = 0.5 * Math.sqrt(1 / 5) * (1 + 0.5 / (1 + 1 / 4))
    expect(more - without).toBeCloseTo(-2 * log(0.5 - half), 12)
  })

  it('are not data at the limit: they pull a mean down, however far below they are', async () => {
    // nlmixr2est #978
    const quantified = [3.1, 2.9, 3.0, 3.05].map((value) => at(value))
    const limits = [at(2.5, { censored: 'left' }), at(2.5, { censored: 'left' })]
    const estimateOf = async (observations: readonly FitObservation[]) =>
      (await fit(meanProblem(observations))).estimates[0]!.estimate
    const asData = await estimateOf([...quantified, at(2.5), at(2.5)])
    const censored = await estimateOf([...quantified, ...limits])
    const dropped = await estimateOf(quantified)
    expect(dropped).toBeCloseTo(3.0125, 6)
    expect(asData).toBeCloseTo((4 * 3.0125 + 5) / 6, 6)
    expect(censored).toBeLessThan(dropped)
    // the mean where Σ(m − y) + 2λ = 0: quantified residuals against the slope of −log Φ
    expect(objectiveAt(meanProblem([...quantified, ...limits]), { m: censored }).gradient[0]).toBeCloseTo(0, 4)
    // far above every value, a limit says nothing
    expect(await estimateOf([...quantified, at(1e6, { censored: 'left' })])).toBeCloseTo(dropped, 6)
  })

  it('have their true gradient where their probability underflows: no floor of log(0)', () => {
    // nlmixr2est #867
    for (const endpoint of [additive, student]) {
      for (const m of [40, 100, 1e4]) {
        const value = (x: number) =>
          objectiveAt(meanProblem([at(1, { censored: 'left' })], endpoint), { m: x }).objective
        const { gradient } = objectiveAt(meanProblem([at(1, { censored: 'left' })], endpoint), { m })
        const h = 1e-3 * m
        expect(gradient[0]).toBeGreaterThan(0)
        expect(gradient[0]! / ((value(m + h) - value(m - h)) / (2 * h))).toBeCloseTo(1, 5)
      }
    }
  })
})

describe('several endpoints', () => {
  const two = modelOf('m = 2\nn = 20\nd/dt(clock) = 1\ny = m + 0*t\nz = n + 0*t\n')
  const endpoints: readonly Endpoint[] = [
    { quantity: 'y', scale: 'linear', error: { kind: 'additive', a: 'y.sd' } },
    { quantity: 'z', scale: 'linear', error: { kind: 'additive', a: 'z.sd' } },
  ]
  const observations = normals(60).map(
    (deviate, k): FitObservation =>
      k % 2 === 0
        ? { endpoint: 0, time: 1, value: 2 + 0.1 * deviate }
        : { endpoint: 1, time: 1, value: 20 + 5 * deviate },
  )
  const spread = (endpoint: number) => {
    const values = observations.filter((own) => own.endpoint === endpoint).map(({ value }) => value)
    const middle = values.reduce((sum, value) => sum + value, 0) / values.length
    return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) * (value - middle), 0) / values.length)
  }
  const names = ['m', 'n', 'y.sd', 'z.sd']
  const fitted = async (order: readonly string[]) => {
    const starts: Readonly<Record<string, number>> = { m: 1, n: 15, 'y.sd': 1, 'z.sd': 1 }
    const result = await fit(
      problemOf({
        model: two,
        estimated: order.map((name) => estimate(name, starts[name]!, name.endsWith('sd') ? 'log' : 'linear')),
        endpoints,
        subjects: [subject(observations)],
      }),
    )
    return new Map(result.estimates.map((own) => [own.name, own]))
  }

  it('have each its own residual parameters', async () => {
    // nlmixr2est #893
    const found = await fitted(names)
    expect(found.get('y.sd')!.estimate).toBeCloseTo(spread(0), 5)
    expect(found.get('z.sd')!.estimate).toBeCloseTo(spread(1), 4)
  })

  it('pass the derivatives of exponents and degrees of freedom on to their own names', () => {
    const names = ['m', 'n', 'y.b', 'y.c', 'y.df', 'z.a', 'z.b', 'z.c', 'z.df']
    const starts = [2, 20, 0.2, 0.8, 6, 1, 0.1, 1.3, 3]
    const problem = problemOf({
      model: two,
      estimated: names.map((name, k) => estimate(name, starts[k]!, 'linear', 0, 100)),
      endpoints: [
        { ...endpoints[0]!, error: { kind: 'power', b: 'y.b', c: 'y.c' }, distribution: { kind: 't', df: 'y.df' } },
        {
          ...endpoints[1]!,
          error: { kind: 'combined2', a: 'z.a', b: 'z.b', c: 'z.c' },
          distribution: { kind: 't', df: 'z.df' },
        },
      ],
      subjects: [subject([...observations, { endpoint: 1, time: 1, value: 14, censored: 'left' }])],
    })
    const { gradient } = objectiveAt(problem)
    names.forEach((name, k) => {
      const h = 1e-5 * starts[k]!
      const value = (x: number) => objectiveAt(problem, { [name]: x }).objective
      const numeric = (value(starts[k]! + h) - value(starts[k]! - h)) / (2 * h)
      expect(Math.abs(gradient[k]! - numeric), name).toBeLessThan(1e-6 * Math.max(1, Math.abs(numeric)))
      expect(Math.abs(numeric), name).toBeGreaterThan(1e-3)
    })
  })

  it('give standard errors to the parameters they belong to, in whatever order', async () => {
    // nlmixr2est #906
    const found = await fitted(names)
    const turned = await fitted(names.toReversed())
    // of a mean σ/√n, of a standard deviation σ/√(2n)
    const errors = [spread(0), spread(1), spread(0) / Math.SQRT2, spread(1) / Math.SQRT2]
    names.forEach((name, k) => {
      expect(found.get(name)!.standardError / (errors[k]! / Math.sqrt(30)), name).toBeCloseTo(1, 4)
      expect(turned.get(name)!.standardError / found.get(name)!.standardError, name).toBeCloseTo(1, 4)
    })
  })
})

describe('standard errors', () => {
  it('are those of −log L, not twice or √2 times as large: σ/√n of a mean, and σ√((ν+3)/((ν+1)n)) with t residuals', async () => {
    const observations = normals(50).map((deviate) => at(3 + deviate))
    const normal = (await fit(meanProblem(observations))).estimates[0]!
    expect(normal.standardError).toBeCloseTo(1 / Math.sqrt(50), 10)
    const heavy = (await fit(meanProblem(observations, student))).estimates[0]!
    expect(heavy.standardError).toBeCloseTo(Math.sqrt(7 / 5 / 50), 10)
  })
})

describe('a failed run', () => {
  it('is NaN with its reason, never a residual of 0', () => {
    // AMICI: residuals of failed simulations stayed 0, a perfect fit
    const steep = modelOf('k = 1\nd/dt(x) = k*x^2\nx(0) = 1\ny = x\n')
    const problem = problemOf({
      model: steep,
      estimated: [estimate('k', 1)],
      endpoints: [student],
      errorParameters: { sd: 1 },
      subjects: [subject([at(1, { time: 0.5 }), at(1, { time: 3 })])],
    })
    const { objective, reason } = objectiveAt(problem)
    expect(objective).toBeNaN()
    expect(reason).toContain('subject 1')
    expect(observationTerm({ value: 1, scale: 'linear', censored: 'left' }, NaN, { kind: 'additive', a: 1 })).toEqual({
      ok: false,
      reason: 'the prediction is NaN',
    })
  })
})

describe('information criteria', () => {
  it('come from the full likelihood, whatever the error, the distribution and the method for low values', async () => {
    const observations = [
      ...normals(20).map((deviate) => at(3 + Math.abs(deviate), { lloq: 1 })),
      at(4, { censored: 'interval', upper: 5, lloq: 1 }),
    ]
    const left = at(1, { censored: 'left' })
    const cases: readonly (readonly [Endpoint, readonly FitObservation[]])[] = [
      [additive, [...observations, left]],
      [student, [...observations, left]],
      [{ ...additive, blq: 'M4' }, [...observations, left]],
      [{ ...student, blq: 'M2' }, observations],
      [{ ...additive, scale: 'log', distribution: { kind: 't', df: 'freedom' } }, [...observations, left]],
    ]
    for (const [endpoint, rows] of cases) {
      const problem = {
        ...meanProblem(rows, endpoint, {}),
        estimated: [
          estimate('m', 2),
          estimate('sd', 1, 'log'),
          ...(endpoint.distribution?.kind === 't' && endpoint.distribution.df === 'freedom'
            ? [estimate('freedom', 5, 'log', 1, 200)]
            : []),
        ],
      }
      const result = await fit(problem)
      expect(result.outcome.status).toBe('converged')
      const at = result.estimates.map(({ estimate: own }) => own)
      const [m = NaN, sd = NaN, df = 4] = at
      // term by term, without the machinery of a fit
      const distribution =
        endpoint.distribution?.kind === 't' ? { kind: 't' as const, df } : { kind: 'normal' as const }
      const above = endpoint.blq === 'M4' ? { above: 0 } : endpoint.blq === 'M2' ? { above: 1 } : {}
      const deviance = rows.reduce((sum, { value, upper, censored = null }) => {
        const measurement = {
          value,
          scale: endpoint.scale,
          censored,
          ...(upper === undefined ? {} : { upper }),
          ...above,
        }
        const term = observationTerm(measurement, m, { kind: 'additive', a: sd }, distribution)
        return sum + (term.ok ? term.objective + term.constant : NaN)
      }, 0)
      expect(result.objectiveKind).toBe('minus-two-log-likelihood')
      expect(result.aic).toBeCloseTo(deviance + 2 * at.length, 9)
      expect(result.bic).toBeCloseTo(deviance + at.length * log(rows.length), 9)
    }
  })

  it('of given errors take an interval as an interval', async () => {
    const given: Endpoint = { quantity: 'y', scale: 'linear', error: { kind: 'given' } }
    const rows = [at(1.8, { sd: 0.3 }), at(2.3, { sd: 0.3 }), at(1.5, { sd: 0.3, censored: 'interval', upper: 2.5 })]
    const result = await fit(meanProblem(rows, given, {}))
    const m = result.estimates[0]!.estimate
    const squares = ((1.8 - m) ** 2 + (2.3 - m) ** 2) / 0.09
    const sd = 0.3 * Math.sqrt(squares / 2)
    const quantified = 2 * log(2 * Math.PI) + 4 * log(sd) + 2
    const inside = -2 * log(normalCdf((2.5 - m) / sd) - normalCdf((1.5 - m) / sd))
    expect(result.objectiveKind).toBe('weighted-sum-of-squares')
    expect(result.aic).toBeCloseTo(quantified + inside + 4, 8)
  })
})
