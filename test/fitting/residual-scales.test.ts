import {
  type ErrorDistribution,
  type ErrorLaw,
  type Measurement,
  type ObservationTerm,
  observationTerm,
} from '@cartkin/fitting'
import { normalCdf, normalQuantile } from '@cartkin/numerics'
import { describe, expect, it } from 'vitest'

type Scale = Measurement['scale']
type Scored = Extract<ObservationTerm, { readonly ok: true }>

const normal: ErrorDistribution = { kind: 'normal' }
const student: ErrorDistribution = { kind: 't', df: 5 }
const additive: ErrorLaw = { kind: 'additive', a: 0.4 }

/** A scale written out anew: value of a place, place of a value, derivative. */
interface Written {
  readonly name: string
  readonly scale: Scale
  readonly law: ErrorLaw
  readonly to: (y: number) => number
  readonly from: (x: number) => number
  readonly slope: (y: number) => number
  /** Prediction, limit and upper end of an interval. */
  readonly f: number
  readonly limit: number
  readonly upper: number
}

const yeoJohnson = (lambda: number): Omit<Written, 'f' | 'limit' | 'upper' | 'law'> => ({
  name: `Yeo-Johnson ${lambda}`,
  scale: { kind: 'yeoJohnson', lambda },
  to: (y) => {
    const [size, p] = y >= 0 ? [1 + y, lambda] : [1 - y, 2 - lambda]
    const place = p === 0 ? Math.log(size) : (size ** p - 1) / p
    return y >= 0 ? place : -place
  },
  from: (x) => {
    const p = x >= 0 ? lambda : 2 - lambda
    const size = p === 0 ? Math.exp(Math.abs(x)) : (1 + p * Math.abs(x)) ** (1 / p)
    return x >= 0 ? size - 1 : 1 - size
  },
  slope: (y) => (y >= 0 ? (1 + y) ** (lambda - 1) : (1 - y) ** (1 - lambda)),
})
const log = {
  scale: 'log',
  to: Math.log,
  from: Math.exp,
  slope: (y: number) => 1 / y,
  f: 1.3,
  limit: 0.9,
  upper: 2,
} as const
const written: readonly Written[] = [
  { ...log, name: 'log, proportional', law: { kind: 'proportional', b: 0.3 } },
  { ...log, name: 'log, combined 1', law: { kind: 'combined1', a: 0.2, b: 0.3 } },
  { ...log, name: 'log, combined 2 with a power', law: { kind: 'combined2', a: 0.2, b: 0.3, c: 0.6 } },
  {
    name: 'logit',
    scale: { kind: 'logit', low: 0, high: 1 },
    law: additive,
    to: (y) => Math.log(y / (1 - y)),
    from: (x) => 1 / (1 + Math.exp(-x)),
    slope: (y) => 1 / (y * (1 - y)),
    f: 0.6,
    limit: 0.4,
    upper: 0.7,
  },
  {
    name: 'logit of other bounds, combined',
    scale: { kind: 'logit', low: -1, high: 10 },
    law: { kind: 'combined2', a: 0.3, b: 0.2 },
    to: (y) => Math.log((y + 1) / (10 - y)),
    from: (x) => -1 + 11 / (1 + Math.exp(-x)),
    slope: (y) => 11 / ((y + 1) * (10 - y)),
    f: 2,
    limit: 1,
    upper: 3,
  },
  {
    name: 'probit',
    scale: { kind: 'probit', low: 0, high: 2 },
    law: additive,
    to: (y) => normalQuantile(y / 2),
    from: (x) => 2 * normalCdf(x),
    slope: (y) => (Math.sqrt(2 * Math.PI) * Math.exp(0.5 * normalQuantile(y / 2) ** 2)) / 2,
    f: 1.2,
    limit: 0.8,
    upper: 1.4,
  },
  { ...yeoJohnson(0), law: additive, f: 1.3, limit: 0.9, upper: 2 },
  { ...yeoJohnson(0.5), law: { kind: 'combined1', a: 0.3, b: 0.2 }, f: 1.3, limit: 0.9, upper: 2 },
  { ...yeoJohnson(2), law: additive, f: 0.3, limit: -0.4, upper: 0.9 },
]

const measured = (value: number, scale: Scale, rest: Partial<Measurement> = {}): Measurement => ({
  value,
  scale,
  censored: null,
  ...rest,
})

function score(measurement: Measurement, f: number, law: ErrorLaw, distribution: ErrorDistribution): Scored {
  const term = observationTerm(measurement, f, law, distribution)
  if (!term.ok) throw new Error(term.reason)
  return term
}

/** ∫ of the likelihood of values over [from, to] of places, by Simpson's rule in x with dy = dx/h′(y). */
function integral(
  { scale, law, f, to, from, slope }: Written,
  distribution: ErrorDistribution,
  start: number,
  end: number,
): number {
  const count = 4000
  const step = (end - start) / count
  let sum = 0
  for (let k = 0; k <= count; k++) {
    const y = from(start + k * step)
    if (!Number.isFinite(to(y))) continue
    const { objective, constant } = score(measured(y, scale), f, law, distribution)
    sum += ((k === 0 || k === count ? 1 : k % 2 === 1 ? 4 : 2) * Math.exp(-0.5 * (objective + constant))) / slope(y)
  }
  return (sum * step) / 3
}

/** Derivative of fourth order. */
const difference = (g: (x: number) => number, x: number, h: number) =>
  (8 * (g(x + h) - g(x - h)) - (g(x + 2 * h) - g(x - 2 * h))) / (12 * h)

describe.each(
  written.flatMap(
    (own) =>
      [
        ['normal', own, normal],
        ['t', own, student],
      ] as const,
  ),
)('residuals on a scale: %s, $name', (_, own, distribution) => {
  const { scale, law, f, limit, upper, to } = own

  it('have a density of the value itself, whose parts are the probabilities of what is censored', () => {
    const p = (rest: Partial<Measurement>, value = limit) => {
      const { objective, constant } = score(measured(value, scale, rest), f, law, distribution)
      return Math.exp(-0.5 * (objective + constant))
    }
    const below = p({ censored: 'left' })
    const between = p({ censored: 'interval', upper })
    const above = p({ censored: 'right' }, upper)
    expect(below + between + above).toBeCloseTo(1, 12)
    expect(integral(own, distribution, to(limit), to(upper))).toBeCloseTo(between, 9)
    if (distribution.kind === 'normal') expect(integral(own, distribution, to(f) - 6, to(limit))).toBeCloseTo(below, 7)
    // M2: what is there counts given that it lies above the limit
    const { objective, constant } = score(measured(upper, scale), f, law, distribution)
    const given = p({ above: limit }, upper)
    expect(given).toBeCloseTo(Math.exp(-0.5 * (objective + constant)) / (1 - below), 11)
  })

  it.each([
    ['quantified', {}],
    ['left', { censored: 'left' }],
    ['right', { censored: 'right' }],
    ['interval', { censored: 'interval', upper }],
    ['M2', { above: limit - 0.1 }],
  ] as const)('have exact derivatives: %s', (__, rest) => {
    const measurement = measured(limit, scale, rest)
    const rows = score(measurement, f, law, distribution).rows
    const at = (x: number, changed: ErrorLaw = law) => score(measurement, x, changed, distribution).objective
    const along = (name: 'prediction' | 'a' | 'b' | 'c') =>
      rows.reduce((sum, row) => sum + 2 * row.residual * row[name], 0)
    const close = (ours: number, numeric: number) =>
      expect(Math.abs(ours - numeric)).toBeLessThan(1e-7 * Math.max(1, Math.abs(numeric)))
    close(along('prediction'), difference(at, f, 1e-4))
    for (const name of ['a', 'b', 'c'] as const) {
      const value = Object.entries(law).find(([key]) => key === name)?.[1]
      if (typeof value === 'number')
        close(
          along(name),
          difference((x) => at(f, { ...law, [name]: x }), value, 1e-4 * value),
        )
    }
  })
})

describe('a prediction that has no place on the scale', () => {
  it.each([
    [{ kind: 'logit', low: 0, high: 1 } as const, 1, 'the prediction 1 is not between 0 and 1'],
    [{ kind: 'probit', low: -1, high: 1 } as const, -1.5, 'the prediction -1.5 is not between -1 and 1'],
  ])('%j is refused', (scale, f, reason) => {
    const term = observationTerm(measured(0.5, scale), f, additive)
    expect(term.ok ? '' : term.reason).toContain(reason)
  })

  it('of logit is near the log scale far from the upper bound, and Yeo-Johnson 1 is the linear scale', () => {
    const total = (scale: Scale) => {
      const { objective, constant } = score(measured(1.1, scale), 1.3, additive, normal)
      return objective + constant
    }
    expect(total({ kind: 'logit', low: 0, high: 1e9 })).toBeCloseTo(total('log'), 7)
    expect(total({ kind: 'yeoJohnson', lambda: 1 })).toBeCloseTo(total('linear'), 13)
  })
})
