import { bootstrap, checkBootstrap, type Endpoint, type FitObservation, type FitProblem, fit } from '@cartkin/fitting'
import { randomStream } from '@cartkin/numerics'
import { describe, expect, it } from 'vitest'
import { resampler } from '../../packages/fitting/src/bootstrap/resampler.ts'
import { estimate, formulaModel, problemOf, subject } from './fixtures.ts'

const line = formulaModel({ b1: 2, b2: 1 }, 'b1 + b2*t')
const times = [0, 1, 2, 3, 4, 5, 6, 7]

/** Subjects on one line with additive errors, drawn once and for all. */
function study(subjects: number, sigma: number): FitProblem['subjects'] {
  return Array.from({ length: subjects }, (_, s) => {
    const { normal } = randomStream({ seed: 11, subject: s })
    const rows = times.map((time, k) => ({ endpoint: 0, time, value: 2 + time + sigma * normal(k) }))
    return subject(rows, { id: String(s + 1) })
  })
}

const additive = problemOf({
  model: line,
  endpoints: [{ quantity: 'y', scale: 'linear', error: { kind: 'additive', a: 'sigma' } }],
  estimated: [estimate('b1', 1), estimate('b2', 2), estimate('sigma', 1, 'log')],
  subjects: study(12, 0.5),
})

describe('a parametric bootstrap', () => {
  const run = async (replicates: number, from = 0) => {
    const result = await fit(additive)
    return { result, found: await bootstrap(additive, result, { kind: 'parametric', replicates, from, seed: 4 }) }
  }

  it('has the standard errors of the Fisher information', async () => {
    const { result, found } = await run(120)
    expect(found.status).toEqual({ converged: 120 })
    for (const [j, own] of found.parameters.entries()) {
      // the standard deviation of 120 values is known to 6.5 % (one standard error)
      expect(own.standardError / result.estimates[j]!.standardError).toBeGreaterThan(0.82)
      expect(own.standardError / result.estimates[j]!.standardError).toBeLessThan(1.18)
      expect(Math.abs(own.bias)).toBeLessThan(0.3 * own.standardError)
      expect((own.upper - own.lower) / (3.92 * own.standardError)).toBeCloseTo(1, 0)
    }
  })

  it('has replicates that do not depend on which part they are run in', async () => {
    const { found: whole } = await run(6)
    const { found: part } = await run(3, 2)
    expect(part.replicates).toEqual(whole.replicates.slice(2, 5))
    const other = await bootstrap(additive, await fit(additive), { kind: 'parametric', replicates: 1, seed: 5 })
    expect(other.replicates[0]!.values).not.toEqual(whole.replicates[0]!.values)
  })

  it('censors what falls below the limit of quantification, and only that', async () => {
    const limit = 3.2
    const problem = {
      ...additive,
      subjects: additive.subjects.map((own) => ({
        ...own,
        observations: own.observations.map(
          (row): FitObservation => (row.value < limit ? { ...row, value: limit, censored: 'left' } : row),
        ),
      })),
    }
    const result = await fit(problem)
    const drawn = resampler(problem, result, 'parametric', 1)(0)
    const rows = drawn.subjects.flatMap(({ observations }) => observations)
    const censored = rows.filter((row) => row.censored === 'left')
    expect(censored.length).toBeGreaterThan(8)
    expect(censored.every(({ value }) => value === limit)).toBe(true)
    expect(rows.filter((row) => row.censored === undefined).every(({ value }) => value >= limit)).toBe(true)
    // it is drawn anew, so other rows are censored than before
    const before = problem.subjects.flatMap(({ observations }) => observations)
    expect(rows.some(({ censored: own }, k) => own !== before[k]!.censored)).toBe(true)
    // and recovers what it was drawn from
    const found = await bootstrap(problem, result, { kind: 'parametric', replicates: 40, seed: 1 })
    for (const own of found.parameters) expect(Math.abs(own.bias)).toBeLessThan(0.5 * own.standardError)
  })

  it('draws given errors with the common factor that the fit found, on the log scale too', async () => {
    const curve = formulaModel({ A: 5, k: 0.4 }, 'A*exp(-k*t)')
    const { normal } = randomStream({ seed: 3 })
    const rows = times.map((time, k) => ({
      endpoint: 0,
      time,
      value: 5 * Math.E ** (-0.4 * time + 0.4 * normal(k)),
      sd: 0.1,
    }))
    const problem = problemOf({
      model: curve,
      endpoints: [{ quantity: 'y', scale: 'log', error: { kind: 'given' } }],
      estimated: [estimate('A', 4, 'log'), estimate('k', 1, 'log')],
      subjects: [subject(rows)],
    })
    const result = await fit(problem)
    const found = await bootstrap(problem, result, { kind: 'parametric', replicates: 300, seed: 2 })
    for (const [j, own] of found.parameters.entries())
      expect(Math.abs(own.standardError / result.estimates[j]!.standardError - 1)).toBeLessThan(0.13)
    const first = resampler(problem, result, 'parametric', 2)(0).subjects[0]!.observations
    expect(first.every(({ value, sd }) => value > 0 && sd === 0.1)).toBe(true)
  })
})

describe('what a parametric bootstrap draws', () => {
  const centre = 3
  const flat = formulaModel({ level: centre }, 'level + 0*t')
  const drawnWith = async (endpoint: Partial<Endpoint>, row: Partial<FitObservation> = {}) => {
    const rows = Array.from(
      { length: 400 },
      (_, k): FitObservation => ({ endpoint: 0, time: k, value: 3 + (k % 2), ...row }),
    )
    const problem = problemOf({
      model: flat,
      endpoints: [{ quantity: 'y', scale: 'linear', error: { kind: 'additive', a: 'sigma' }, ...endpoint }],
      errorParameters: { sigma: 1 },
      estimated: [estimate('level', centre, 'linear', 0, 10)],
      subjects: [subject(rows)],
    })
    const result = await fit(problem)
    const found = [0, 1, 2, 3, 4].flatMap(
      (k) => resampler(problem, result, 'parametric', 1)(k).subjects[0]!.observations,
    )
    return { found, level: result.estimates[0]!.estimate }
  }

  it('has the variance of the t distribution, ν/(ν − 2)', async () => {
    const { found, level } = await drawnWith({ distribution: { kind: 't', df: 6 } })
    const variance = found.reduce((sum, { value }) => sum + (value - level) ** 2, 0) / found.length
    expect(variance).toBeGreaterThan(1.5 * 0.88)
    expect(variance).toBeLessThan(1.5 * 1.12)
  })

  it('has the deviation of a power error at the prediction', async () => {
    const { found, level } = await drawnWith({ error: { kind: 'power', b: 'sigma', c: 0.5 } })
    const variance = found.reduce((sum, { value }) => sum + (value - level) ** 2, 0) / found.length
    expect(variance / level).toBeCloseTo(1, 1)
  })

  it('leaves out what lies below the limit under M2, and draws nothing below 0 under M4', async () => {
    const { found } = await drawnWith({ blq: 'M2' }, { lloq: 2.5 })
    expect(found.length).toBeLessThan(1950)
    expect(found.every(({ value, censored }) => value >= 2.5 && censored === undefined)).toBe(true)
    const { found: above } = await drawnWith({ blq: 'M4', error: { kind: 'power', b: 'sigma', c: 1 } })
    expect(above).toHaveLength(2000)
    expect(above.every(({ value }) => value > 0)).toBe(true)
  })

  it('reads an interval as below, within or above it', async () => {
    const { found } = await drawnWith({}, { value: 2, upper: 4, censored: 'interval' })
    const by = (kind: FitObservation['censored']) => found.filter(({ censored }) => censored === kind)
    expect(by('left').length + by('interval').length + by(undefined).length).toBe(2000)
    expect(by('left').every(({ value }) => value === 2)).toBe(true)
    expect(by('interval').every(({ value, upper }) => value === 2 && upper === 4)).toBe(true)
    expect(by(undefined).every(({ value, upper }) => value > 4 && upper === undefined)).toBe(true)
    expect(by('interval').length).toBeGreaterThan(1000)
  })
})

describe('a case bootstrap', () => {
  it('draws whole subjects with replacement, each replicate its own', async () => {
    const draw = resampler(additive, await fit(additive), 'case', 7)
    const ids = (replicate: number) => draw(replicate).subjects.map(({ id }) => id.split(': ')[1]!)
    expect(ids(0)).toHaveLength(12)
    expect(new Set(ids(0)).size).toBeLessThan(12)
    expect(ids(0)).toEqual(ids(0))
    expect(ids(1)).not.toEqual(ids(0))
    const known = new Map(additive.subjects.map((own) => [own.id, own.observations]))
    for (const own of draw(3).subjects) expect(own.observations).toBe(known.get(own.id.split(': ')[1]!))
  })

  it('has the standard error of a mean of subjects, whatever the error model says', async () => {
    // subjects differ in their level, which the model does not know
    const levels = [1, 2.5, 0.4, 3.1, 1.9, 2.2, 0.9, 2.8]
    const flat = formulaModel({ level: 1 }, 'level + 0*t')
    const problem = problemOf({
      model: flat,
      endpoints: [{ quantity: 'y', scale: 'linear', error: { kind: 'additive', a: 'sigma' } }],
      estimated: [estimate('level', 1), estimate('sigma', 1, 'log')],
      subjects: levels.map((value, s) =>
        subject(
          times.map((time, k) => ({ endpoint: 0, time, value: value + 0.01 * (k % 3) })),
          { id: String(s) },
        ),
      ),
    })
    const result = await fit(problem)
    const found = await bootstrap(problem, result, { kind: 'case', replicates: 120, seed: 1 })
    const centre = levels.reduce((sum, value) => sum + value, 0) / 8
    const spread = Math.sqrt(levels.reduce((sum, value) => sum + (value - centre) ** 2, 0)) / 8
    expect(found.parameters[0]!.standardError / spread).toBeGreaterThan(0.8)
    expect(found.parameters[0]!.standardError / spread).toBeLessThan(1.2)
    // the naive one takes 64 independent values for granted
    expect(found.parameters[0]!.standardError).toBeGreaterThan(2 * result.estimates[0]!.standardError)
  })

  it('needs several subjects', async () => {
    const alone = { ...additive, subjects: additive.subjects.slice(0, 1) }
    await expect(bootstrap(alone, await fit(alone), { kind: 'case', replicates: 2, seed: 1 })).rejects.toThrow(
      /there is only one; take the parametric/,
    )
  })
})

describe('a residual bootstrap', () => {
  it('puts residuals of the fit onto its curve', async () => {
    const result = await fit(additive)
    const drawn = resampler(additive, result, 'residual', 3)(1)
    const sigma = result.estimates[2]!.estimate
    const wider = Math.sqrt(96 / 93)
    const own = result.predictions.map(({ weightedResidual }) => weightedResidual)
    const mean = own.reduce((sum, r) => sum + r, 0) / own.length
    drawn.subjects
      .flatMap(({ observations }) => observations)
      .forEach(({ value }, k) => {
        const residual = (value - result.predictions[k]!.predicted) / sigma / wider + mean
        expect(Math.min(...own.map((r) => Math.abs(r - residual)))).toBeLessThan(1e-9)
      })
  })

  it('refuses censored observations', async () => {
    const [first, ...others] = additive.subjects
    const [row, ...rows] = first!.observations
    const problem = {
      ...additive,
      subjects: [{ ...first!, observations: [{ ...row!, censored: 'left' as const }, ...rows] }, ...others],
    }
    await expect(bootstrap(problem, await fit(problem), { kind: 'residual', replicates: 2, seed: 1 })).rejects.toThrow(
      /1 censored observations do not have/,
    )
  })
})

it('what a bootstrap cannot be is said before any fit', () => {
  const wanted = { kind: 'parametric', replicates: 20, seed: 1 } as const
  const refusal = (options: object, problem: Partial<FitProblem> = {}) => {
    try {
      checkBootstrap({ ...additive, ...problem }, { ...wanted, ...options })
    } catch (error) {
      return error instanceof RangeError ? error.message : error
    }
    return 'allowed'
  }
  expect(refusal({})).toBe('allowed')
  expect(refusal({ kind: 'residual', level: 0.5, from: 3 })).toBe('allowed')
  for (const replicates of [0, 1.5, Number.NaN, -3])
    expect(refusal({ replicates })).toContain(`from 1, got ${replicates}`)
  expect(refusal({ from: -1 })).toContain('from -1')
  for (const level of [0, 1, 95, Number.NaN]) expect(refusal({ level })).toContain(`in (0, 1), got ${level}`)
  expect(refusal({ seed: 0.5 })).toContain('whole number, got 0.5')
  expect(refusal({ kind: 'case' }, { subjects: additive.subjects.slice(0, 1) })).toContain('there is only one')
  const endpoints = additive.endpoints.map((endpoint) => ({ ...endpoint, blq: 'M4' as const }))
  expect(refusal({ kind: 'residual' }, { endpoints })).toContain('(M2, M4)')
  const few = [subject([{ endpoint: 0, time: 1, value: 2 }])]
  expect(refusal({ kind: 'residual' }, { subjects: few })).toContain('1 observations leave no residuals')
})

describe('replicates that fail', () => {
  it('are counted and left out', async () => {
    const result = await fit(additive)
    const found = await bootstrap(additive, result, { kind: 'parametric', replicates: 5, seed: 4, maxIterations: 1 })
    expect(found.status['iteration-limit']).toBeGreaterThan(0)
    expect(found.replicates).toHaveLength(5)
    const failed = found.replicates.find(({ status }) => status === 'iteration-limit')
    expect(failed!.reason).toBe('iteration-limit')
    if ((found.status['converged'] ?? 0) < 2) expect(found.parameters[0]!.standardError).toBeNaN()
  })
})
