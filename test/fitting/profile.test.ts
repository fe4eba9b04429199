import { type FitProblem, fit, type ParameterProfile, profile, type ResidualProblem } from '@cartkin/fitting'
import { exp, log } from '@cartkin/numerics'
import { describe, expect, it } from 'vitest'
import { heldCoordinate } from '../../packages/fitting/src/profiles/held-coordinate.ts'
import { studentQuantile } from '../../packages/fitting/src/profiles/student-quantile.ts'
import { estimate, formulaModel, modelOf, problemOf, subject } from './fixtures.ts'

async function profiled(problem: FitProblem, options: Parameters<typeof profile>[2] = {}) {
  const result = await fit(problem)
  const found = await profile(problem, result, options)
  return { result, found, by: (name: string) => named(found, name) }
}

function named(found: readonly ParameterProfile[], name: string): ParameterProfile {
  const own = found.find((entry) => entry.name === name)
  if (!own) throw new Error(`no profile of ${name}`)
  return own
}

/** The root of a rising function between a point below and one above. */
function root(f: (x: number) => number, below: number, above: number): number {
  let [a, b] = [below, above]
  for (let k = 0; k < 200; k++) {
    const middle = (a + b) / 2
    if (f(middle) < 0) a = middle
    else b = middle
  }
  return (a + b) / 2
}

const x = [0, 1, 2, 3, 4, 5, 6, 7]
const y = [1.1, 2.9, 5.3, 6.8, 9.4, 10.7, 13.2, 14.6]
const line = formulaModel({ b1: 0, b2: 0 }, 'b1 + b2*t')
const lineRows = x.map((time, k) => ({ endpoint: 0, time, value: y[k]!, sd: [0.5, 1, 2][k % 3]! }))

describe('Student quantiles', () => {
  it('are those of the tables (Abramowitz & Stegun 26.10, 95 and 99 %)', () => {
    expect(studentQuantile(0.95, 1)).toBeCloseTo(12.7062047362, 8)
    expect(studentQuantile(0.95, 2)).toBeCloseTo(4.30265272975, 9)
    expect(studentQuantile(0.95, 5)).toBeCloseTo(2.57058183564, 9)
    expect(studentQuantile(0.99, 10)).toBeCloseTo(3.16927267261, 9)
    expect(studentQuantile(0.95, 1000)).toBeCloseTo(1.96233908082, 9)
  })
})

describe('the profile of a straight line', () => {
  const weighted = problemOf({
    model: line,
    estimated: [estimate('b1', 5), estimate('b2', -3)],
    subjects: [subject(lineRows)],
  })

  it.each([0.8, 0.95, 0.99])('has the t interval of linear regression (level %d)', async (level) => {
    const { result, by } = await profiled(weighted, { level })
    const t = studentQuantile(level, 6)
    for (const { name, estimate: value, standardError } of result.estimates) {
      expect(by(name).lower).toBeCloseTo(value - t * standardError, 6)
      expect(by(name).upper).toBeCloseTo(value + t * standardError, 6)
      expect(by(name).shape).toBe('closed on both sides')
      expect(by(name).better).toBe(null)
    }
  })

  it('has the chi-square interval where the variances are known', async () => {
    const { result, by } = await profiled(weighted, { variance: 'known', parameters: ['b2'] })
    const own = result.estimates[1]!
    const deviation = own.standardError / Math.sqrt(result.residualVariance)
    expect(by('b2').upper - own.estimate).toBeCloseTo(1.959963984540054 * deviation, 7)
  })

  it('has points that rise to the limit on both sides, the fit among them', async () => {
    const { by } = await profiled(weighted)
    const { points } = by('b1')
    const values = points.map(({ value }) => value)
    expect(values).toEqual([...values].sort((a, b) => a - b))
    const lowest = points.findIndex(({ increase }) => increase === 0)
    expect(lowest).toBeGreaterThan(2)
    for (const [k, { increase }] of points.entries())
      if (k > 0) expect(Math.sign(increase - points[k - 1]!.increase)).toBe(k <= lowest ? -1 : 1)
    expect(points.at(0)!.increase).toBeCloseTo(1, 5)
    expect(points.at(-1)!.increase).toBeCloseTo(1, 5)
  })

  it('has the closed form of a likelihood with an estimated deviation', async () => {
    const problem = problemOf({
      model: line,
      endpoints: [{ quantity: 'y', scale: 'linear', error: { kind: 'additive', a: 'sigma' } }],
      estimated: [estimate('b1', 5), estimate('b2', -3), estimate('sigma', 4, 'log')],
      subjects: [subject(lineRows.map(({ sd: _, ...row }) => row))],
    })
    const { result, by } = await profiled(problem)
    // n log(SS(b2)/SS) = 3.84…, and SS(b2) is a parabola
    const [, b2, sigma] = result.estimates.map(({ estimate: value }) => value) as [number, number, number]
    const squares = 8 * sigma * sigma
    const curvature = x.reduce((sum, value) => sum + (value - 3.5) * (value - 3.5), 0)
    const limit = 1.959963984540054 ** 2
    const half = Math.sqrt((squares * (exp(limit / 8) - 1)) / curvature)
    expect(by('b2').lower).toBeCloseTo(b2 - half, 6)
    expect(by('b2').upper).toBeCloseTo(b2 + half, 6)
    // n log σ² + SS/σ² against its minimum
    const rise = (s: number) => 8 * log(s * s) + squares / (s * s) - 8 * log(sigma * sigma) - 8 - limit
    expect(by('sigma').upper).toBeCloseTo(root(rise, sigma, 10 * sigma), 6)
    expect(by('sigma').lower).toBeCloseTo(
      root((s) => rise((sigma * sigma) / s), sigma, 10 * sigma) ** -1 * sigma * sigma,
      6,
    )
  })
})

describe('the profile of an exponential decay', () => {
  const times = [0.5, 1, 2, 4, 8]
  const values = [8.1, 7.2, 4.4, 2.3, 0.9]
  const rows = times.map((time, k) => ({ endpoint: 0, time, value: values[k]!, sd: 0.3 }))
  const decay = formulaModel({ A: 9, k: 0.3 }, 'A*exp(-k*t)')
  const problem = (scale: 'log' | 'linear') =>
    problemOf({
      model: decay,
      estimated: [estimate('A', 5, scale), estimate('k', 1, scale)],
      subjects: [subject(rows)],
    })

  it('ends where the sum of squares with the best amplitude reaches the limit', async () => {
    const { result, by } = await profiled(problem('log'))
    const squares = (k: number) => {
      const xy = times.reduce((sum, t, i) => sum + values[i]! * exp(-k * t), 0)
      const xx = times.reduce((sum, t) => sum + exp(-2 * k * t), 0)
      return times.reduce((sum, t, i) => {
        const r = (values[i]! - (xy / xx) * exp(-k * t)) / 0.3
        return sum + r * r
      }, 0)
    }
    const t = studentQuantile(0.95, 3)
    const limit = result.objective + result.residualVariance * t * t
    const k = result.estimates[1]!.estimate
    expect(by('k').upper).toBeCloseTo(
      root((value) => squares(value) - limit, k, 3 * k),
      6,
    )
    expect(by('k').lower).toBeCloseTo(root((value) => squares((k * k) / value) - limit, k, 3 * k) ** -1 * k * k, 6)
  })

  it('has the same interval on whichever scale the parameters are estimated', async () => {
    const [a, b] = [await profiled(problem('log')), await profiled(problem('linear'))]
    for (const name of ['A', 'k']) {
      expect(a.by(name).lower / b.by(name).lower).toBeCloseTo(1, 6)
      expect(a.by(name).upper / b.by(name).upper).toBeCloseTo(1, 6)
    }
  })

  it('has the same interval for a half-life as for the rate', async () => {
    const halving = formulaModel({ A: 9, half: 2 }, 'A*exp(-0.6931471805599453/half*t)')
    const other = await profiled(
      problemOf({ model: halving, estimated: [estimate('A', 5), estimate('half', 1)], subjects: [subject(rows)] }),
    )
    const own = await profiled(problem('linear'))
    expect(Math.LN2 / other.by('half').lower / own.by('k').upper).toBeCloseTo(1, 6)
    expect(Math.LN2 / other.by('half').upper / own.by('k').lower).toBeCloseTo(1, 6)
  })
})

describe('a held coordinate', () => {
  it('leaves the others, and has the slope of the objective along it', () => {
    // F = (x0 − 1)² + (x0 x1 − 3)²
    const whole: ResidualProblem = {
      dimension: 2,
      lower: Float64Array.of(-1, -2),
      upper: Float64Array.of(5, 6),
      longestStep: Float64Array.of(Infinity, 2),
      exactResiduals: true,
      evaluate: ([a = NaN, b = NaN]) => {
        const residuals = Float64Array.of(a - 1, a * b - 3)
        const objective = residuals[0]! ** 2 + residuals[1]! ** 2
        return {
          status: 'evaluated',
          objective,
          scale: objective,
          rows: 2,
          residuals,
          jacobian: Float64Array.of(1, 0, b, a),
        }
      },
    }
    const { problem, slopeAt } = heldCoordinate(whole, 0, 2)
    expect([problem.dimension, ...problem.lower, ...problem.upper, ...problem.longestStep]).toEqual([1, -2, 6, 2])
    const evaluation = problem.evaluate(Float64Array.of(1.25))
    expect(evaluation).toMatchObject({ objective: 1.25, jacobian: Float64Array.of(0, 2) })
    // 2 (x0 − 1) + 2 x1 (x0 x1 − 3)
    expect(slopeAt(evaluation)).toBeCloseTo(2 + 2 * 1.25 * -0.5, 12)
  })
})

describe('the shape of a profile', () => {
  const decay = [2.2, 1.1, 0.5, 0.19, 0.1].map((value, k) => ({ endpoint: 0, time: 0.5 * k + 0.3, value, sd: 0.1 }))
  const onLog = [{ quantity: 'y', scale: 'log' as const, error: { kind: 'given' as const } }]

  it('is flat on both sides for factors of which only the product is known', async () => {
    const model = modelOf('A = 2\nB = 1\nk = 1\nd/dt(x) = -k*x\nx(0) = A*B\ny = x\n')
    const problem = problemOf({
      model,
      endpoints: onLog,
      estimated: [estimate('A', 2, 'log', 1e-3, 1e3), estimate('B', 1, 'log'), estimate('k', 2, 'log', 0.1, 10)],
      subjects: [subject(decay)],
    })
    const { by } = await profiled(problem)
    expect(by('A').shape).toBe('flat on both sides: the data do not determine it')
    expect(by('A').lowerEnd).toEqual({ kind: 'bound', value: 1e-3, flat: true })
    expect(by('A').upperEnd).toEqual({ kind: 'bound', value: 1e3, flat: true })
    // along the way B makes up for A
    const products = by('A').points.map(({ values }) => values[0]! * values[1]!)
    for (const product of products) expect(product / products[0]!).toBeCloseTo(1, 5)
    expect(by('k').shape).toBe('closed on both sides')
    // without bounds it is followed over a factor of a million
    const free = await profiled({
      ...problem,
      estimated: problem.estimated.map((p) => ({ ...p, lower: 0, upper: Infinity })),
    })
    expect(free.by('B').shape).toBe('flat on both sides: the data do not determine it')
    expect(free.by('B').upperEnd).toMatchObject({ kind: 'open', flat: true })
    expect(free.by('B').upperEnd).toHaveProperty('value', expect.closeTo(1e6 * free.by('B').estimate, -3))
  })

  it('is flat to one side where only a bound is known', async () => {
    // an uptake too fast to be seen
    const model = formulaModel({ A: 3, k: 1, ka: 50 }, 'A*exp(-k*t)*(1 - exp(-ka*t))')
    const problem = problemOf({
      model,
      endpoints: onLog,
      estimated: [estimate('A', 3, 'log'), estimate('k', 1.5, 'log', 0.1, 3), estimate('ka', 30, 'log', 0.1, 1e4)],
      subjects: [subject(decay)],
    })
    const { by } = await profiled(problem, { variance: 'known', parameters: ['ka'] })
    expect(by('ka').shape).toBe('flat to the right: only a lower bound is known')
    expect(by('ka').lower).toBeGreaterThan(0.1)
    expect(by('ka').upper).toBeNaN()
  })

  it('says that an open side ends at a bound', async () => {
    const problem = problemOf({
      model: line,
      estimated: [estimate('b1', 1, 'linear', 0.9, 1.2), estimate('b2', 1)],
      subjects: [subject(lineRows)],
    })
    const { by } = await profiled(problem, { parameters: ['b1'] })
    expect(by('b1').shape).toContain('open to the right, where its upper bound 1.2 ends it')
    expect(by('b1').upperEnd).toEqual({ kind: 'bound', value: 1.2, flat: false })
  })

  it('says that an estimate is its bound, and follows the other side', async () => {
    const problem = problemOf({
      model: line,
      estimated: [estimate('b1', 1.5, 'linear', 1.4, 10), estimate('b2', 1)],
      subjects: [subject(lineRows)],
    })
    const { result, by } = await profiled(problem, { parameters: ['b1'] })
    expect(result.estimates[0]!.atBound).toBe('lower')
    expect(by('b1').shape).toBe('its estimate is its lower bound 1.4: only an upper bound is known')
    expect(by('b1').upper).toBeGreaterThan(1.4)
  })

  it('finds a better point than a fit that ended in the wrong valley', async () => {
    const valleys = formulaModel({ w: 1 }, '(2 - t)*(w^2 - 4) + (t - 1)*0.5*(w - 2)')
    const rows = [1, 2].map((time) => ({ endpoint: 0, time, value: 0, sd: 1 }))
    const problem = problemOf({
      model: valleys,
      estimated: [estimate('w', -2, 'linear', -10, 10)],
      subjects: [subject(rows)],
    })
    const result = await fit(problem)
    expect(result.estimates[0]!.estimate).toBeLessThan(-1.8)
    // the ridge between the valleys is above the limit of the one, below that of the other
    const near = await profile(problem, result, { variance: 'known' })
    expect(near[0]!.better).toBe(null)
    const wide = await profile(problem, { ...result, residualVariance: 0.15 })
    expect(wide[0]!.shape).toMatch(/^the fit was not at its minimum: a better point was found \(objective /)
    expect(wide[0]!.better!.values[0]).toBeGreaterThan(-1.8)
    expect(wide[0]!.better!.objective).toBeLessThan(result.objective)
    expect(wide[0]!.upper).toBeNaN()
  })

  it('is kinked where the model is', async () => {
    const bent = formulaModel({ a: 1 }, 'a + 1.5*(abs(a - 1.2) + a - 1.2) + 0*t')
    const rows = [0.9, 1.1].map((value, k) => ({ endpoint: 0, time: k + 1, value, sd: 1 }))
    const problem = problemOf({ model: bent, estimated: [estimate('a', 0.9)], subjects: [subject(rows)] })
    const { by } = await profiled(problem, { variance: 'known' })
    expect(by('a').kinks).toHaveLength(1)
    expect(by('a').kinks[0]).toBeCloseTo(1.2, 1)
    expect(by('a').shape).toMatch(/^closed on both sides; kinked at 1\.2/)
    // two points with sd 1: 2 (a - 1)² = 3.84 on the left
    expect(by('a').lower).toBeCloseTo(1 - 1.959963984540054 / Math.SQRT2, 6)
    expect(by('a').upper).toBeCloseTo(1.2 + (1.959963984540054 / Math.SQRT2 - 0.2) / 4, 6)
  })

  it('is that of a fit alone: profiles one by one are those of all together', async () => {
    const problem = problemOf({
      model: line,
      estimated: [estimate('b1', 5), estimate('b2', -3)],
      subjects: [subject(lineRows)],
    })
    const result = await fit(problem)
    const all = await profile(problem, result)
    const alone = [...(await profile(problem, result, { parameters: ['b2'] }))]
    expect(alone[0]).toEqual(all[1])
  })

  it('refuses what cannot be', async () => {
    const problem = problemOf({
      model: line,
      estimated: [estimate('b1', 5), estimate('b2', -3)],
      subjects: [subject(lineRows)],
    })
    const result = await fit(problem)
    await expect(profile(problem, result, { parameters: ['b3'] })).rejects.toThrow(/b3 is not estimated/)
    await expect(profile(problem, result, { level: 95 })).rejects.toThrow(/in \(0, 1\), got 95/)
    await expect(profile(problem, { ...result, residualVariance: NaN })).rejects.toThrow(/take the variances as known/)
  })
})
