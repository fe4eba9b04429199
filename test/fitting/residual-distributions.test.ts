import {
  type ErrorDistribution,
  type ErrorLaw,
  type Measurement,
  type ObservationTerm,
  observationTerm,
} from '@cartkin/fitting'
import { exp, log } from '@cartkin/numerics'
import { describe, expect, it } from 'vitest'
import { add, type Dual, div, dlgamma, dlog, dnormalCdf, dsqrt, mul, sub, variables } from './dual.ts'

type Scored = Extract<ObservationTerm, { readonly ok: true }>
type Coordinate = 'f' | 'a' | 'b' | 'c' | 'df'

const normal: ErrorDistribution = { kind: 'normal' }
const student = (df: number): ErrorDistribution => ({ kind: 't', df })

/** A point of the likelihood: prediction, parameters of the law and degrees of freedom. */
interface Point {
  readonly f: number
  readonly law: ErrorLaw
  readonly distribution: ErrorDistribution
}

const measured = (value: number, scale: 'log' | 'linear', rest: Partial<Measurement> = {}): Measurement => ({
  value,
  scale,
  censored: null,
  ...rest,
})

function score(measurement: Measurement, { f, law, distribution }: Point): Scored {
  const term = observationTerm(measurement, f, law, distribution)
  if (!term.ok) throw new Error(term.reason)
  return term
}

const minusTwoLogL = (measurement: Measurement, point: Point): number => {
  const { objective, constant } = score(measurement, point)
  return objective + constant
}

const likelihood = (measurement: Measurement, point: Point) => exp(-0.5 * minusTwoLogL(measurement, point))

/** Nodes in (−1, 1) and weights of the Gauss–Legendre rule of six points (Abramowitz & Stegun, table 25.4). */
const gauss = [
  [0.2386191860831969, 0.467913934572691],
  [0.6612093864662645, 0.3607615730481386],
  [0.9324695142031521, 0.1713244923791704],
].flatMap(([node = 0, weight = 0]) => [
  { node, weight },
  { node: -node, weight },
])

/** Nodes and weights of ∫ over [from, to], in panels no wider than 0.3. */
function panels(from: number, to: number): readonly { readonly at: number; readonly weight: number }[] {
  const count = Math.ceil((to - from) / 0.3)
  const half = (to - from) / count / 2
  return Array.from({ length: count }, (_, k) =>
    gauss.map(({ node, weight }) => ({ at: from + half * (2 * k + 1 + node), weight: half * weight })),
  ).flat()
}

/** Nodes and weights of ∫ dy over true values, by y = f + s·sinh v (linear) or y = exp(log f + s·sinh v). */
function nodes(scale: 'log' | 'linear', f: number, from: number, to: number) {
  const s = 0.4
  // sinh 40 = 10¹⁷: tails with 0.8 degrees of freedom have 10⁻¹⁴ left
  const reach = 40
  const coordinate = (y: number): number => {
    if (y === Infinity) return reach
    if (y === -Infinity || (scale === 'log' && y <= 0)) return -reach
    const x = (scale === 'log' ? log(y) - log(f) : y - f) / s
    const size = log(Math.abs(x) + Math.sqrt(x * x + 1))
    return x < 0 ? -size : size
  }
  return panels(coordinate(from), coordinate(to)).flatMap(({ at, weight }) => {
    const up = exp(at)
    const x = (s * (up - 1 / up)) / 2
    const stretch = (weight * s * (up + 1 / up)) / 2
    if (scale === 'linear') return [{ y: f + x, weight: stretch }]
    const y = f * exp(x)
    return y > 1e-290 && y < 1e290 ? [{ y, weight: y * stretch }] : []
  })
}

function integrate(g: (y: number) => number, scale: 'log' | 'linear', f: number, from: number, to = Infinity): number {
  return nodes(scale, f, from, to).reduce((sum, { y, weight }) => sum + weight * g(y), 0)
}

function gradient(measurement: Measurement, point: Point): Record<Coordinate, number> {
  const out = { f: 0, a: 0, b: 0, c: 0, df: 0 }
  for (const row of score(measurement, point).rows) {
    out.f += 2 * row.residual * row.prediction
    for (const name of ['a', 'b', 'c', 'df'] as const) out[name] += 2 * row.residual * row[name]
  }
  return out
}

const coordinates: readonly Coordinate[] = ['f', 'a', 'b', 'c', 'df']

function numberAt({ f, law, distribution }: Point, name: Coordinate): number | undefined {
  if (name === 'f') return f
  if (name === 'df') return distribution.kind === 't' ? distribution.df : undefined
  if (name === 'a') return 'a' in law ? law.a : undefined
  if (name === 'b') return 'b' in law ? law.b : undefined
  return 'c' in law ? law.c : undefined
}

function moved(point: Point, name: Coordinate, value: number): Point {
  if (name === 'f') return { ...point, f: value }
  if (name === 'df') return { ...point, distribution: student(value) }
  return { ...point, law: { ...point.law, [name]: value } }
}

/** Derivative of fourth order. */
function difference(g: (x: number) => number, x: number, h: number): number {
  return (8 * (g(x + h) - g(x - h)) - (g(x + 2 * h) - g(x - 2 * h))) / (12 * h)
}

function expectExactGradient(measurement: Measurement, point: Point): void {
  const ours = gradient(measurement, point)
  for (const name of coordinates) {
    const value = numberAt(point, name)
    if (value === undefined) continue
    const h = 2e-4 * Math.max(0.1, Math.abs(value))
    const numeric = difference((x) => score(measurement, moved(point, name, x)).objective, value, h)
    expect(Math.abs(ours[name] - numeric), name).toBeLessThan(2e-8 * Math.max(1, Math.abs(numeric)))
  }
}

const laws: readonly { readonly name: string; readonly scale: 'log' | 'linear'; readonly law: ErrorLaw }[] = [
  { name: 'additive', scale: 'linear', law: { kind: 'additive', a: 0.4 } },
  { name: 'additive on the log scale', scale: 'log', law: { kind: 'additive', a: 0.4 } },
  { name: 'power', scale: 'linear', law: { kind: 'power', b: 0.3, c: 0.7 } },
  { name: 'combined 2 with a power', scale: 'linear', law: { kind: 'combined2', a: 0.2, b: 0.3, c: 0.6 } },
]
const distributions: readonly { readonly of: string; readonly distribution: ErrorDistribution }[] = [
  { of: 'normal', distribution: normal },
  { of: 't, df 0.8', distribution: student(0.8) },
  { of: 't, df 4', distribution: student(4) },
  { of: 't, df 60', distribution: student(60) },
]

const combinations = laws
  .flatMap((own) => distributions.map((other) => ({ ...own, ...other })))
  // of e^z, z with 0.8 degrees of freedom, a thousandth lies beyond the range of numbers
  .filter(({ scale, of }) => !(scale === 'log' && of === 't, df 0.8'))

describe.each(combinations)('$name, $of', (own) => {
  const { scale, law, distribution } = own
  const lloq = 0.9
  const point: Point = { f: 1.3, law, distribution }
  const density = (rest: Partial<Measurement>, y: number) => likelihood(measured(y, scale, rest), point)

  it('sums to 1 over what can be observed, whatever the limits', () => {
    const below = likelihood(measured(lloq, scale, { censored: 'left' }), point)
    const above = likelihood(measured(2, scale, { censored: 'right' }), point)
    const between = likelihood(measured(lloq, scale, { censored: 'interval', upper: 2 }), point)
    expect(below + between + above).toBeCloseTo(1, 13)
    expect(below + integrate((y) => density({}, y), scale, point.f, lloq)).toBeCloseTo(1, 9)
    expect(integrate((y) => density({}, y), scale, point.f, lloq, 2)).toBeCloseTo(between, 11)
    const narrow = { censored: 'interval', upper: lloq + 1e-3 } as const
    expect(likelihood(measured(lloq, scale, narrow), point)).toBeCloseTo(
      integrate((y) => density({}, y), scale, point.f, lloq, lloq + 1e-3),
      13,
    )
  })

  it('sums to 1 over what can be observed under M2 and M4', () => {
    expect(integrate((y) => density({ above: lloq }, y), scale, point.f, lloq)).toBeCloseTo(1, 9)
    const below = likelihood(measured(lloq, scale, { censored: 'left', above: 0 }), point)
    expect(below + integrate((y) => density({ above: 0 }, y), scale, point.f, lloq)).toBeCloseTo(1, 9)
  })

  const kinds: readonly (readonly [string, Measurement])[] = [
    ['quantified', measured(1.1, scale)],
    ['an outlier', measured(6, scale)],
    ['left', measured(1.1, scale, { censored: 'left' })],
    ['right', measured(1.1, scale, { censored: 'right' })],
    ['interval', measured(0.4, scale, { censored: 'interval', upper: 1.1 })],
    ['interval, narrow', measured(1.2, scale, { censored: 'interval', upper: 1.21 })],
    ['M2', measured(1.1, scale, { above: lloq })],
    ['M2, interval', measured(1.1, scale, { censored: 'interval', upper: 3, above: lloq })],
    ['M2, right', measured(1.1, scale, { censored: 'right', above: lloq })],
    ['M4', measured(1.1, scale, { above: 0 })],
    ['M4, left', measured(1.1, scale, { censored: 'left', above: 0 })],
    ['M4, interval', measured(0.4, scale, { censored: 'interval', upper: 1.1, above: 0 })],
  ]
  const predictions = scale === 'linear' ? [0.3, 1.3, 2.5, -0.6] : [0.3, 1.3, 2.5]
  it.each(kinds)('has exact derivatives: %s', (_, measurement) => {
    for (const f of predictions) expectExactGradient(measurement, { ...point, f })
  })

  it.each([
    ['M3', {}],
    ['M2', { above: lloq }],
    ['M4', { above: 0 }],
  ] as const)('has rows whose squares are the expected information: %s', (_, rest) => {
    const from = 'above' in rest ? rest.above : -Infinity
    const { rows } = score(measured(1.1, scale, rest), point)
    const own = coordinates.filter((name) => numberAt(point, name) !== undefined)
    const expected = own.map(() => own.map(() => 0))
    for (const { y, weight } of nodes(scale, point.f, from, Infinity)) {
      const mass = weight * density(rest, y)
      if (!(mass > 0)) continue
      const slopes = gradient(measured(y, scale, rest), point)
      own.forEach((i, p) => {
        own.forEach((j, q) => {
          expected[p]![q]! += 0.25 * slopes[i] * slopes[j] * mass
        })
      })
    }
    own.forEach((i, p) => {
      own.forEach((j, q) => {
        const of = (row: (typeof rows)[number], name: Coordinate) => (name === 'f' ? row.prediction : row[name])
        const ours = rows.reduce((sum, row) => sum + of(row, i) * of(row, j), 0)
        const scaleOf = Math.max(1, Math.abs(expected[p]![q]!))
        expect(Math.abs(ours - expected[p]![q]!), `${i} ${j}`).toBeLessThan(2e-8 * scaleOf)
      })
    })
  })
})

describe('against dual numbers', () => {
  const power = (x: Dual, exponent: Dual): Dual => {
    const logarithm = mul(exponent, dlog(x))
    const value = exp(logarithm.value)
    return { value, gradient: logarithm.gradient.map((g) => g * value) }
  }
  it.each([0.8, 4, 60])('a quantified t residual with a power error, df %d', (df) => {
    const [f, b, c, freedom] = variables([1.3, 0.3, 0.7, df]) as readonly [Dual, Dual, Dual, Dual]
    const sigma = mul(b, power(f, c))
    const z = div(sub(2.1, f), sigma)
    const half = mul(freedom, 0.5)
    const log1p = dlog(add(1, div(mul(z, z), freedom)))
    const logDensity = sub(
      sub(sub(dlgamma(add(half, 0.5)), dlgamma(half)), mul(0.5, dlog(mul(freedom, Math.PI)))),
      add(mul(mul(0.5, add(freedom, 1)), log1p), dlog(sigma)),
    )
    const point: Point = { f: 1.3, law: { kind: 'power', b: 0.3, c: 0.7 }, distribution: student(df) }
    expect(minusTwoLogL(measured(2.1, 'linear'), point)).toBeCloseTo(-2 * logDensity.value, 12)
    const ours = gradient(measured(2.1, 'linear'), point)
    ;([ours.f, ours.b, ours.c, ours.df] as const).forEach((value, k) => {
      expect(value).toBeCloseTo(-2 * logDensity.gradient[k]!, 10)
    })
  })

  it('an interval, a truncated value and a value below under M4, with a combined error', () => {
    const [f, a, b] = variables([1.3, 0.2, 0.3]) as readonly [Dual, Dual, Dual]
    const sigma = dsqrt(add(mul(a, a), mul(mul(b, f), mul(b, f))))
    const cdf = (y: number) => dnormalCdf(div(sub(y, f), sigma))
    const point: Point = { f: 1.3, law: { kind: 'combined2', a: 0.2, b: 0.3 }, distribution: normal }
    const z = div(sub(1.6, f), sigma)
    const logDensity = sub(mul(-0.5, mul(z, z)), add(dlog(sigma), 0.5 * log(2 * Math.PI)))
    const cases: readonly (readonly [Measurement, Dual])[] = [
      [measured(0.8, 'linear', { censored: 'interval', upper: 1.6 }), dlog(sub(cdf(1.6), cdf(0.8)))],
      [measured(1.6, 'linear', { above: 0.9 }), sub(logDensity, dlog(sub(1, cdf(0.9))))],
      [measured(0.9, 'linear', { censored: 'left', above: 0 }), dlog(div(sub(cdf(0.9), cdf(0)), sub(1, cdf(0))))],
    ]
    for (const [measurement, logL] of cases) {
      expect(minusTwoLogL(measurement, point)).toBeCloseTo(-2 * logL.value, 11)
      const ours = gradient(measurement, point)
      ;([ours.f, ours.a, ours.b] as const).forEach((value, k) => {
        expect(value).toBeCloseTo(-2 * logL.gradient[k]!, 9)
      })
    }
  })
})

describe('curvature', () => {
  const law: ErrorLaw = { kind: 'additive', a: 0.4 }
  it.each([
    ['interval', { censored: 'interval', upper: 1.6 }],
    ['interval, narrow', { censored: 'interval', upper: 1.0001 }],
    ['M4, left', { censored: 'left', above: 0 }],
  ] as const)('of a normal value is the observed one in the prediction: %s', (_, rest) => {
    for (const f of [-1, 0.2, 1, 3]) {
      const at = (x: number) => gradient(measured(1, 'linear', rest), { f: x, law, distribution: normal }).f
      const ours = score(measured(1, 'linear', rest), { f, law, distribution: normal }).rows.reduce(
        (sum, row) => sum + row.prediction * row.prediction,
        0,
      )
      expect(ours).toBeCloseTo(difference(at, f, 1e-4) / 2, 6)
    }
  })

  it('is finite, and the gradient beside it exact, however far a t residual lies beyond its limit', () => {
    for (const df of [0.5, 3, 50]) {
      for (const f of [1e-3, 5, 1e3, 1e8, 1e30]) {
        const point: Point = { f, law, distribution: student(df) }
        const { rows } = score(measured(1, 'linear', { censored: 'left' }), point)
        expect(rows.length).toBeGreaterThan(0)
        const numeric = difference(
          (x) => score(measured(1, 'linear', { censored: 'left' }), { ...point, f: x }).objective,
          f,
          f * 1e-3,
        )
        expect(gradient(measured(1, 'linear', { censored: 'left' }), point).f / numeric).toBeCloseTo(1, 7)
      }
    }
  })
})

describe('kinks and edges', () => {
  const sides = (law: ErrorLaw, distribution: ErrorDistribution, measurement: Measurement) => {
    const value = (f: number) => score(measurement, { f, law, distribution }).objective
    const slope = (f: number) => gradient(measurement, { f, law, distribution }).f
    const h = 1e-6
    // one-sided differences of second order
    const right = (-3 * value(0) + 4 * value(h) - value(2 * h)) / (2 * h)
    const left = (3 * value(0) - 4 * value(-h) + value(-2 * h)) / (2 * h)
    return { right, left, above: slope(1e-13), below: slope(-1e-13), at: slope(0) }
  }
  it.each([
    ['quantified', measured(0.1, 'linear')],
    ['left', measured(0.1, 'linear', { censored: 'left' })],
    ['interval', measured(0.05, 'linear', { censored: 'interval', upper: 0.3 })],
    ['M2', measured(0.3, 'linear', { above: 0.1 })],
    ['M4, left', measured(0.1, 'linear', { censored: 'left', above: 0 })],
  ] as const)('has one-sided derivatives on both sides of a prediction of 0: %s', (_, measurement) => {
    for (const distribution of [normal, student(3)]) {
      const law: ErrorLaw = { kind: 'combined1', a: 0.2, b: 0.3 }
      const { right, left, above, below, at } = sides(law, distribution, measurement)
      expect(above).toBeCloseTo(right, 4)
      expect(below).toBeCloseTo(left, 4)
      expect(at).toBeCloseTo(right, 4)
      const smooth: ErrorLaw = { kind: 'combined1', a: 0.2, b: 0.3, c: 1.5 }
      const flat = sides(smooth, distribution, measurement)
      expect(flat.above).toBeCloseTo(flat.below, 4)
      expect(flat.at).toBeCloseTo(flat.above, 4)
    }
  })

  it('refuses a power error at a prediction of 0, which has no spread there, and takes a combined one', () => {
    const at = (law: ErrorLaw) => observationTerm(measured(1, 'linear'), 0, law)
    expect(at({ kind: 'power', b: 0.3, c: 0.7 })).toEqual({
      ok: false,
      reason: 'the standard deviation of the residual is 0 at a prediction of 0',
    })
    const term = at({ kind: 'combined2', a: 0.2, b: 0.3, c: 0.4 })
    expect(term.ok && term.rows.every((row) => Number.isFinite(row.prediction))).toBe(true)
  })

  it('is continuous where the value is the limit', () => {
    for (const distribution of [normal, student(3)]) {
      const point: Point = { f: 1, law: { kind: 'additive', a: 0.4 }, distribution }
      const near = (upper: number) => minusTwoLogL(measured(0.5, 'linear', { censored: 'interval', upper }), point)
      // a narrow interval is the density times its width
      for (const width of [1e-3, 1e-6, 1e-9])
        expect(near(0.5 + width) + 2 * log(0.5 + width - 0.5)).toBeCloseTo(
          minusTwoLogL(measured(0.5 + width / 2, 'linear'), point),
          5,
        )
      // with its lower end far below an interval is censored to the left
      const wide = measured(-1e30, 'linear', { censored: 'interval', upper: 0.5 })
      expect(minusTwoLogL(wide, point)).toBeCloseTo(
        minusTwoLogL(measured(0.5, 'linear', { censored: 'left' }), point),
        12,
      )
    }
  })

  it('does not underflow in an interval far in a tail', () => {
    const law: ErrorLaw = { kind: 'given', sd: 1 }
    const interval = measured(0, 'linear', { censored: 'interval', upper: 1 })
    // log of the integral of the normal density from 99 to 100, by the tail expansion of mpmath with 40 digits
    const { objective } = score(interval, { f: 100, law, distribution: normal })
    expect(objective).toBeCloseTo(-2 * -4906.01416038773, 6)
    expectExactGradient(interval, { f: 100, law: { kind: 'additive', a: 1 }, distribution: normal })
    expectExactGradient(interval, { f: 100, law: { kind: 'additive', a: 1 }, distribution: student(4) })
  })

  it('refuses degrees of freedom that are none and likelihoods beyond the range of numbers', () => {
    const law: ErrorLaw = { kind: 'given', sd: 1 }
    for (const df of [0, -1, NaN, Infinity])
      expect(observationTerm(measured(1, 'linear'), 1, law, student(df)).ok).toBe(false)
    expect(observationTerm(measured(1, 'linear', { censored: 'left' }), 1e200, law).ok).toBe(false)
    expect(observationTerm(measured(1, 'linear'), 1e200, law).ok).toBe(false)
    expect(observationTerm(measured(1, 'linear'), 1e200, law, student(3)).ok).toBe(true)
  })
})
