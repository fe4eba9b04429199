import { type ErrorLaw, type Measurement, type ObservationTerm, observationTerm } from '@cartkin/fitting'
import { exp, log, normalCdf } from '@cartkin/numerics'
import { describe, expect, it } from 'vitest'

type Scored = Extract<ObservationTerm, { readonly ok: true }>

/** Every law on the scales it is for, with numbers of no special value. */
const cases: readonly { readonly name: string; readonly scale: 'log' | 'linear'; readonly law: ErrorLaw }[] = [
  { name: 'given, linear', scale: 'linear', law: { kind: 'given', sd: 0.7 } },
  { name: 'given, log', scale: 'log', law: { kind: 'given', sd: 0.7 } },
  { name: 'additive, linear', scale: 'linear', law: { kind: 'additive', a: 0.4 } },
  { name: 'additive, log', scale: 'log', law: { kind: 'additive', a: 0.4 } },
  { name: 'proportional', scale: 'linear', law: { kind: 'proportional', b: 0.3 } },
  { name: 'power', scale: 'linear', law: { kind: 'power', b: 0.3, c: 0.7 } },
  { name: 'combined 1 with a power', scale: 'linear', law: { kind: 'combined1', a: 0.2, b: 0.3, c: 1.4 } },
  { name: 'combined 2 with a power', scale: 'linear', law: { kind: 'combined2', a: 0.2, b: 0.3, c: 0.6 } },
  { name: 'combined 1', scale: 'linear', law: { kind: 'combined1', a: 0.2, b: 0.3 } },
  { name: 'combined 2', scale: 'linear', law: { kind: 'combined2', a: 0.2, b: 0.3 } },
]

function score(measurement: Measurement, f: number, law: ErrorLaw): Scored {
  const term = observationTerm(measurement, f, law)
  if (!term.ok) throw new Error(term.reason)
  return term
}

const minusTwoLogL = (measurement: Measurement, f: number, law: ErrorLaw): number => {
  const { objective, constant } = score(measurement, f, law)
  return objective + constant
}

function simpson(g: (x: number) => number, from: number, to: number, intervals: number): number {
  const h = (to - from) / intervals
  let sum = g(from) + g(to)
  for (let i = 1; i < intervals; i++) sum += (i % 2 === 1 ? 4 : 2) * g(from + i * h)
  return (sum * h) / 3
}

function withArgument(law: ErrorLaw, name: 'a' | 'b' | 'c', value: number): ErrorLaw {
  return name in law ? { ...law, [name]: value } : law
}

const measured = (value: number, scale: 'log' | 'linear', censored: Measurement['censored'] = null): Measurement => ({
  value,
  scale,
  censored,
})

describe.each(cases)('$name', ({ scale, law }) => {
  const f = 1.3
  const limit = 0.9
  // the density of y on its own scale; on the log scale substituted y = e^u
  const density = (y: number) => exp(-0.5 * minusTwoLogL(measured(y, scale), f, law))
  const mass = (from: number, to: number) =>
    scale === 'linear' ? simpson(density, from, to, 4000) : simpson((u) => density(exp(u)) * exp(u), from, to, 4000)
  const [low, high, cut] = scale === 'linear' ? [-12, 14, limit] : [-9, 9, log(limit)]

  it('is a density: it integrates to 1', () => {
    expect(mass(low!, high!)).toBeCloseTo(1, 10)
  })

  it('gives a censored observation the mass beyond its limit', () => {
    expect(exp(-0.5 * minusTwoLogL(measured(limit, scale, 'left'), f, law))).toBeCloseTo(mass(low!, cut!), 10)
    expect(exp(-0.5 * minusTwoLogL(measured(limit, scale, 'right'), f, law))).toBeCloseTo(mass(cut!, high!), 10)
  })

  describe.each([
    ['quantified', measured(1.1, scale), [0.8, 1.3, 2.5]],
    ['below a limit', measured(1.1, scale, 'left'), [0.8, 1.3, 2.5]],
    ['above a limit', measured(1.1, scale, 'right'), [0.8, 1.3, 2.5]],
    ...(scale === 'linear'
      ? ([
          ['quantified, prediction below 0', measured(-0.4, scale), [-0.8, -0.05]],
          ['below a limit, prediction below 0', measured(0.3, scale, 'left'), [-0.8, -0.05]],
        ] as const)
      : []),
  ] as const)('%s', (_, measurement, predictions) => {
    it.each([...predictions])('has exact derivatives at a prediction of %d', (at) => {
      const derivative = { f: 0, a: 0, b: 0, c: 0 }
      for (const row of score(measurement, at, law).rows) {
        derivative.f += 2 * row.residual * row.prediction
        derivative.a += 2 * row.residual * row.a
        derivative.b += 2 * row.residual * row.b
        derivative.c += 2 * row.residual * row.c
      }
      const h = 1e-5
      const difference = (g: (x: number) => number, x: number) =>
        (8 * (g(x + h) - g(x - h)) - (g(x + 2 * h) - g(x - 2 * h))) / (12 * h)
      const close = (ours: number, numeric: number) =>
        expect(Math.abs(ours - numeric)).toBeLessThan(1e-8 * Math.max(1, Math.abs(numeric)))
      close(
        derivative.f,
        difference((x) => score(measurement, x, law).objective, at),
      )
      for (const name of ['a', 'b', 'c'] as const) {
        if (!(name in law)) continue
        const value = (law as { readonly a: number; readonly b: number; readonly c: number })[name]
        close(
          derivative[name],
          difference((x) => score(measurement, at, withArgument(law, name, x)).objective, value),
        )
      }
    })
  })

  it('has rows whose squares are the Fisher information', () => {
    // E[(∂ log L)²] over y by quadrature, in f
    const slope = (y: number) => {
      let sum = 0
      for (const { residual, prediction } of score(measured(y, scale), f, law).rows) sum += residual * prediction
      return sum
    }
    const information =
      scale === 'linear'
        ? simpson((y) => slope(y) * slope(y) * density(y), low!, high!, 4000)
        : simpson((u) => slope(exp(u)) * slope(exp(u)) * density(exp(u)) * exp(u), low!, high!, 4000)
    let squares = 0
    for (const { prediction } of score(measured(1.1, scale), f, law).rows) squares += prediction * prediction
    expect(squares).toBeCloseTo(information, 8)
  })
})

describe('kinks and edges', () => {
  it('has one-sided derivatives on both sides of a prediction of 0', () => {
    const law: ErrorLaw = { kind: 'combined1', a: 0.2, b: 0.3 }
    const measurement = measured(0.1, 'linear')
    const slopeAt = (f: number) =>
      score(measurement, f, law).rows.reduce((sum, row) => sum + 2 * row.residual * row.prediction, 0)
    const value = (f: number) => score(measurement, f, law).objective
    const h = 1e-6
    expect(slopeAt(1e-12)).toBeCloseTo((value(h) - value(0)) / h, 3)
    expect(slopeAt(-1e-12)).toBeCloseTo((value(0) - value(-h)) / h, 3)
    expect(Math.abs(slopeAt(1e-12) - slopeAt(-1e-12))).toBeGreaterThan(1)
  })

  it('refuses what has no likelihood instead of flooring it', () => {
    const given: ErrorLaw = { kind: 'given', sd: 1 }
    for (const f of [0, -1e-12]) {
      const term = observationTerm(measured(1, 'log'), f, given)
      expect(term).toEqual({ ok: false, reason: `the prediction ${f} has no logarithm` })
      expect(observationTerm(measured(1, 'log', 'right'), f, given).ok).toBe(false)
    }
    expect(observationTerm(measured(1, 'linear'), NaN, given).ok).toBe(false)
    expect(observationTerm(measured(1, 'linear'), 0, { kind: 'proportional', b: 0.3 }).ok).toBe(false)
    expect(observationTerm(measured(1, 'linear'), 1, { kind: 'additive', a: 0 }).ok).toBe(false)
    expect(observationTerm(measured(1, 'linear'), 1, { kind: 'additive', a: NaN }).ok).toBe(false)
  })

  it('takes a prediction of 0 as certainly below a limit on the log scale, the limit from above', () => {
    const law: ErrorLaw = { kind: 'additive', a: 0.5 }
    const zero = score(measured(1, 'log', 'left'), 0, law)
    const tiny = score(measured(1, 'log', 'left'), 1e-300, law)
    expect(zero.objective).toBe(0)
    expect(tiny.objective).toBe(0)
  })

  it('stays exact where a censored value is all but impossible or all but certain', () => {
    const law: ErrorLaw = { kind: 'given', sd: 1 }
    for (const z of [-1e6, -1000, -40, -30.001, -29.999, -5, 5, 30, 40]) {
      const { rows, objective } = score(measured(z, 'linear', 'left'), 0, law)
      const slope = rows.reduce((sum, row) => sum + 2 * row.residual * row.prediction, 0)
      const h = 1e-4 * Math.max(1, Math.abs(z))
      const at = (f: number) => score(measured(z, 'linear', 'left'), f, law).objective
      expect(Math.abs(slope - (at(h) - at(-h)) / (2 * h))).toBeLessThan(1e-6 * Math.max(1, Math.abs(slope)))
      expect(Number.isFinite(objective)).toBe(true)
      const curvature = rows.reduce((sum, row) => sum + row.prediction * row.prediction, 0)
      expect(curvature).toBeGreaterThanOrEqual(0)
      expect(curvature).toBeLessThanOrEqual(1)
    }
    // −2 log Φ(−3) by the distribution function
    expect(score(measured(-3, 'linear', 'left'), 0, law).objective).toBeCloseTo(-2 * log(normalCdf(-3)), 12)
  })

  it.each([
    // z, φ(z)/Φ(z) and its product with z + φ(z)/Φ(z), with 40 digits by the error function, rounded
    [-29.999, 30.03226077124174, 0.9988961553845566],
    [-30.001, 30.03425856369871, 0.9988963015844173],
    [-50, 50.01998403190564, 0.9996009568131961],
    [-1000, 1000.000999998, 0.999999000006],
  ])('has the slope and curvature of the far tail at z = %d', (z, lambda, kappa) => {
    const [row] = score(measured(z, 'linear', 'left'), 0, { kind: 'given', sd: 1 }).rows
    expect((row!.residual * row!.prediction) / lambda).toBeCloseTo(1, 12)
    expect((row!.prediction * row!.prediction) / kappa).toBeCloseTo(1, 9)
  })

  it('does not score a censored value as if it were measured', () => {
    const law: ErrorLaw = { kind: 'given', sd: 1 }
    // far below the limit: nearly no contribution, and no pull up to the limit
    expect(score(measured(10, 'linear', 'left'), 0, law).objective).toBeLessThan(1e-20)
    expect(score(measured(10, 'linear'), 0, law).objective).toBe(100)
    expect(Number.isNaN(score(measured(10, 'linear', 'left'), 0, law).weightedResidual)).toBe(true)
  })
})
