import { type FitObservation, type FitResult, fit, objectiveAt } from '@cartkin/fitting'
import { log } from '@cartkin/numerics'
import { describe, expect, it } from 'vitest'
import { estimate, formulaModel, modelOf, problemOf, subject } from './fixtures.ts'

// a straight line with three weights
const x = [0, 1, 2, 3, 4, 5, 6, 7]
const y = [1.1, 2.9, 5.3, 6.8, 9.4, 10.7, 13.2, 14.6]
const sd = x.map((_, k) => [0.5, 1, 2][k % 3]!)
const line = formulaModel({ b1: 0, b2: 0 }, 'b1 + b2*t')
const rows = (withSd: boolean): readonly FitObservation[] =>
  x.map((time, k) => ({ endpoint: 0, time, value: y[k]!, ...(withSd && { sd: sd[k]! }) }))
const coefficients = [estimate('b1', 5), estimate('b2', -3)]

/** Weighted linear regression in closed form. */
function regression(weights: readonly number[]) {
  const s = (f: (k: number) => number) => x.reduce((sum, _, k) => sum + weights[k]! * f(k), 0)
  const [s0, s1, s2, sy, sxy] = [
    s(() => 1),
    s((k) => x[k]!),
    s((k) => x[k]! * x[k]!),
    s((k) => y[k]!),
    s((k) => x[k]! * y[k]!),
  ]
  const determinant = s0 * s2 - s1 * s1
  const b2 = (s0 * sxy - s1 * sy) / determinant
  const b1 = (sy - b2 * s1) / s0
  const squares = s((k) => {
    const r = y[k]! - b1 - b2 * x[k]!
    return r * r
  })
  return { b1, b2, squares, inverse: [s2 / determinant, -s1 / determinant, -s1 / determinant, s0 / determinant] }
}

const sigmas = (result: FitResult) => result.estimates.map(({ standardError }) => standardError)

describe('weighted least squares of a straight line', () => {
  const exact = regression(sd.map((s) => 1 / (s * s)))
  const result = fit(problemOf({ model: line, estimated: coefficients, subjects: [subject(rows(true))] }))

  it('has the estimates, sum of squares and covariance s²(XᵀWX)⁻¹ of the closed form', async () => {
    const { estimates, objective, objectiveKind, residualVariance, covariance, correlation } = await result
    expect(objectiveKind).toBe('weighted-sum-of-squares')
    expect(estimates.map((e) => e.estimate)).toEqual([expect.closeTo(exact.b1, 10), expect.closeTo(exact.b2, 10)])
    expect(objective).toBeCloseTo(exact.squares, 10)
    expect(residualVariance).toBeCloseTo(exact.squares / (8 - 2), 10)
    for (const [k, entry] of covariance.entries())
      expect(entry).toBeCloseTo((exact.squares / 6) * exact.inverse[k]!, 10)
    expect(correlation[1]).toBeCloseTo(exact.inverse[1]! / Math.sqrt(exact.inverse[0]! * exact.inverse[3]!), 10)
    expect(estimates[0]!.lower95).toBeCloseTo(exact.b1 - 1.959963984540054 * estimates[0]!.standardError, 10)
    expect(estimates[1]!.relativeStandardError).toBeCloseTo(estimates[1]!.standardError / exact.b2, 10)
  })

  it('has the information criteria of the likelihood whose scale is estimated', async () => {
    const { aic, bic } = await result
    const n = 8
    const deviance = n * log((2 * Math.PI * exact.squares) / n) + n + sd.reduce((sum, s) => sum + 2 * log(s), 0)
    expect(aic).toBeCloseTo(deviance + 2 * 3, 9)
    expect(bic).toBeCloseTo(deviance + 3 * log(n), 9)
  })

  it('has the same criteria as maximum likelihood with an additive error, where all weights are equal', async () => {
    const equal = await fit(
      problemOf({
        model: line,
        estimated: coefficients,
        subjects: [subject(rows(true).map((row) => ({ ...row, sd: 3 })))],
      }),
    )
    const likelihood = await additive()
    expect(equal.aic).toBeCloseTo(likelihood.aic, 8)
    expect(equal.bic).toBeCloseTo(likelihood.bic, 8)
  })
})

function additive(): Promise<FitResult> {
  return fit(additiveProblem)
}

const additiveProblem = problemOf({
  model: line,
  endpoints: [{ quantity: 'y', scale: 'linear', error: { kind: 'additive', a: 'sigma' } }],
  estimated: [...coefficients, estimate('sigma', 4, 'linear', 0)],
  subjects: [subject(rows(false))],
})

describe('maximum likelihood of a straight line', () => {
  const exact = regression(x.map(() => 1))
  const variance = exact.squares / 8

  it('has the closed form of estimates and −2 log likelihood', async () => {
    const { estimates, objective, objectiveKind, residualVariance } = await additive()
    expect(objectiveKind).toBe('minus-two-log-likelihood')
    expect(estimates.map((e) => e.estimate)).toEqual([
      expect.closeTo(exact.b1, 8),
      expect.closeTo(exact.b2, 8),
      expect.closeTo(Math.sqrt(variance), 8),
    ])
    expect(objective).toBeCloseTo(8 * log(2 * Math.PI * variance) + 8, 9)
    expect(residualVariance).toBe(1)
  })

  it('has the inverse Fisher information as covariance: not half, not twice', async () => {
    const [first, second, third] = sigmas(await additive())
    expect(first).toBeCloseTo(Math.sqrt(variance * exact.inverse[0]!), 8)
    expect(second).toBeCloseTo(Math.sqrt(variance * exact.inverse[3]!), 8)
    expect(third).toBeCloseTo(Math.sqrt(variance / 16), 8)
  })

  it('agrees with the inverse of half the numeric Hessian of the objective', async () => {
    const result = await additive()
    const best = result.estimates.map((e) => e.estimate)
    const at = (shift: readonly number[]) =>
      objectiveAt(additiveProblem, { b1: best[0]! + shift[0]!, b2: best[1]! + shift[1]!, sigma: best[2]! + shift[2]! })
        .objective
    const h = 2e-4
    const unit = (i: number, s: number) => [0, 1, 2].map((k) => (k === i ? s * h : 0))
    const plus = (a: readonly number[], b: readonly number[]) => a.map((v, k) => v + b[k]!)
    const hessian = [0, 1, 2].map((i) =>
      [0, 1, 2].map(
        (j) =>
          (at(plus(unit(i, 1), unit(j, 1))) -
            at(plus(unit(i, 1), unit(j, -1))) -
            at(plus(unit(i, -1), unit(j, 1))) +
            at(plus(unit(i, -1), unit(j, -1)))) /
          (8 * h * h),
      ),
    )
    // half the Hessian of −2 log L times the covariance is the identity
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 3; j++) {
        const entry = [0, 1, 2].reduce((sum, k) => sum + hessian[i]![k]! * result.covariance[k * 3 + j]!, 0)
        expect(entry).toBeCloseTo(i === j ? 1 : 0, 4)
      }
  })
})

describe('a parameter at its bound', () => {
  it('is flagged and left out of the covariance; the others are those of the fit without it', async () => {
    const bounded = await fit(
      problemOf({
        model: line,
        estimated: [estimate('b1', 3, 'linear', 2, 10), estimate('b2', 1)],
        subjects: [subject(rows(true))],
      }),
    )
    const fixed = await fit(
      problemOf({
        model: formulaModel({ b1: 2, b2: 0 }, 'b1 + b2*t'),
        estimated: [estimate('b2', 1)],
        subjects: [subject(rows(true))],
      }),
    )
    expect(bounded.estimates[0]).toMatchObject({ estimate: 2, atBound: 'lower', standardError: NaN })
    expect(bounded.estimates[1]!.atBound).toBe(null)
    expect(bounded.estimates[1]!.estimate).toBeCloseTo(fixed.estimates[0]!.estimate, 10)
    const scale = Math.sqrt(bounded.residualVariance / fixed.residualVariance)
    expect(bounded.estimates[1]!.standardError).toBeCloseTo(fixed.estimates[0]!.standardError * scale, 10)
    expect(Array.from(bounded.covariance.slice(0, 3)).every(Number.isNaN)).toBe(true)
  })

  it('ends on the bound to the last bit on a log scale too', async () => {
    const result = await fit(
      problemOf({
        model: line,
        estimated: [estimate('b2', 1, 'log', 0.3, 1.7)],
        subjects: [subject(rows(true))],
      }),
    )
    expect(result.estimates[0]).toMatchObject({ estimate: 1.7, atBound: 'upper' })
    // where the difference to the bound is rounded, too
    for (let k = 1; k <= 20; k++) {
      const upper = 1 + k / 31
      const start = 0.1 + k / 23
      const bounded = await fit(
        problemOf({
          model: line,
          estimated: [estimate('b2', start, 'linear', -1, upper)],
          subjects: [subject(rows(true))],
        }),
      )
      expect(bounded.estimates[0]).toMatchObject({ estimate: upper, atBound: 'upper' })
    }
  })
})

describe('what the data cannot identify', () => {
  const product = modelOf('k1 = 2\nk2 = 0.5\nA = 3\nd/dt(x) = -k1*k2*x\nx(0) = A\ny = x\n')
  const decay = [2.2, 1.1, 0.5, 0.19, 0.1].map((value, k) => ({ endpoint: 0, time: 0.5 * k + 0.3, value, sd: 0.1 }))
  const problem = (names: readonly string[], scale: 'log' | 'linear' = 'log') =>
    problemOf({
      model: product,
      endpoints: [{ quantity: 'y', scale: 'log', error: { kind: 'given' } }],
      estimated: names.map((name) => estimate(name, { A: 5, k1: 3 }[name] ?? 1, scale, 0.01, 100)),
      subjects: [subject(decay)],
    })

  it.each(['log', 'linear'] as const)(
    'is named, and nothing else: two rates known by their product (%s)',
    async (scale) => {
      const result = await fit(problem(['k1', 'A', 'k2'], scale))
      const [set, ...more] = result.collinear
      expect(more).toEqual([])
      expect(set).toMatchObject({ kind: 'undetermined', names: ['k1', 'k2'] })
      expect(set!.message).toMatch(/cannot tell k1 and k2 apart/)
      if (scale === 'log') expect(set!.message).toContain('k1 × 1.1 with k2 × 0.9091')
      expect(result.conditionNumber).toBe(Infinity)
      // along the direction the objective does not change: k1·k2 is constant
      const [k1, A, k2] = result.estimates.map(({ estimate: value }) => value) as [number, number, number]
      const moved = { k1: k1 * 1.1, A, k2: k2 / 1.1 }
      const [d1 = NaN, d2 = NaN] = set!.direction
      expect(d1 / d2).toBeCloseTo(scale === 'log' ? -1 : -k1 / k2, 6)
      expect(objectiveAt(problem(['k1', 'A', 'k2'], scale), moved).objective).toBeCloseTo(result.objective, 5)
      // what is identified keeps its error, as if one of the two were fixed
      const fixed = await fit(problem(['k1', 'A'], scale))
      const ratio = Math.sqrt(result.residualVariance / fixed.residualVariance)
      expect(result.estimates[1]!.standardError / ratio / fixed.estimates[1]!.standardError).toBeCloseTo(1, 4)
      expect(result.estimates[0]!.standardError).toBeNaN()
      expect(result.estimates[2]!.standardError).toBeNaN()
    },
  )

  it('is reported by sets: two products are two sets', async () => {
    const model = modelOf('a = 1\nb = 1\nc = 1\nd = 1\nd/dt(x) = -c*d*x\nx(0) = a*b\ny = x\n')
    const result = await fit(
      problemOf({
        model,
        endpoints: [{ quantity: 'y', scale: 'log', error: { kind: 'given' } }],
        estimated: ['a', 'c', 'b', 'd'].map((name) => estimate(name, 2, 'log')),
        subjects: [subject(decay)],
      }),
    )
    expect(result.collinear.map(({ names }) => names)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ])
  })

  it('includes a parameter that no prediction depends on', async () => {
    const model = modelOf('k = 1\nidle = 3\nd/dt(x) = -k*x\nx(0) = 3\ny = x\nz = idle*x\n')
    const result = await fit(
      problemOf({
        model,
        estimated: [estimate('idle', 2, 'log'), estimate('k', 2, 'log')],
        subjects: [subject(decay)],
      }),
    )
    expect(result.collinear).toMatchObject([{ kind: 'undetermined', names: ['idle'] }])
    expect(result.collinear[0]!.message).toContain('no prediction depends on idle')
    expect(result.estimates[0]).toMatchObject({ estimate: 2, standardError: NaN })
    expect(result.estimates[1]!.standardError).toBeGreaterThan(0)
  })

  it('includes what is determined in name only', async () => {
    // a plateau far below the scatter of the data
    const model = formulaModel({ A: 3, k: 1, plateau: 1e-6 }, 'A*exp(-k*t) + plateau')
    const result = await fit(
      problemOf({
        model,
        estimated: [estimate('A', 2, 'log'), estimate('k', 2, 'log'), estimate('plateau', 1e-6, 'log', 1e-9, 1e-3)],
        subjects: [subject(decay)],
      }),
    )
    const weak = result.collinear.filter(({ kind }) => kind === 'weak')
    if (result.estimates[2]!.atBound === null) expect(weak).toMatchObject([{ names: ['plateau'] }])
    expect(result.collinear.every(({ names }) => names.length === 1)).toBe(true)
  })
})
