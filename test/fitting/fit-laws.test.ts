import { type FitObservation, type FitProblem, type FitResult, fit, objectiveAt, predictions } from '@cartkin/fitting'
import { exp, log } from '@cartkin/numerics'
import { parameterVector, simulateSubject } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { estimate, modelOf, problemOf, subject } from './fixtures.ts'

const oral = `
ka = 1.1  # [1/day]
ke = 0.25 # [1/day]
V = 8     # [L]
d/dt(depot) = -ka*depot
d/dt(central) = ka*depot - ke*central
y = central/V # [mg/L]
`
const model = modelOf(oral)
const dose = { time: 0, evid: 1, cmt: 'depot', amt: 100 } as const
const times = [0.25, 0.5, 1, 2, 3, 4, 6, 9, 12, 18]
const truth = { ka: 1.1, ke: 0.25, V: 8 }
const solver = { rtol: 1e-10, atol: 1e-12 }

/** Closed form of the oral one-compartment model (Bateman). */
const bateman = (t: number, { ka, ke, V }: typeof truth) => ((100 / V) * ka * (exp(-ke * t) - exp(-ka * t))) / (ka - ke)

/** Deviations without pattern, fixed for ever. */
const noise = [0.21, -0.4, 0.1, 0.35, -0.15, -0.3, 0.25, 0.05, -0.2, 0.12]

const observed = (deviation: (k: number) => number): readonly FitObservation[] =>
  times.map((time, k) => ({ endpoint: 0, time, value: bateman(time, truth) * exp(deviation(k)), sd: 0.2 }))

const logFit = (overrides: Partial<FitProblem> = {}, deviation = (k: number) => noise[k]!): FitProblem =>
  problemOf({
    model,
    endpoints: [{ quantity: 'y', scale: 'log', error: { kind: 'given' } }],
    estimated: [estimate('ka', 2, 'log'), estimate('ke', 0.1, 'log'), estimate('V', 20, 'log')],
    subjects: [subject(observed(deviation), { records: [dose] })],
    solver,
    ...overrides,
  })

const byName = (result: FitResult) => new Map(result.estimates.map((e) => [e.name, e]))
const estimateOf = (result: FitResult, name: string) => byName(result).get(name)!.estimate
const errorOf = (result: FitResult, name: string) => byName(result).get(name)!.standardError

describe('a fit', () => {
  it('recovers what made the data', async () => {
    const result = await fit(logFit({}, () => 0))
    expect(result.outcome.status).toBe('converged')
    for (const [name, value] of Object.entries(truth)) expect(estimateOf(result, name)).toBeCloseTo(value, 6)
    expect(result.objective).toBeLessThan(1e-12)
  })

  it('has an objective no higher than at any other point, and equal to objectiveAt', async () => {
    const problem = logFit()
    const result = await fit(problem)
    const best = Object.fromEntries(result.estimates.map(({ name, estimate }) => [name, estimate]))
    expect(objectiveAt(problem, best).objective).toBeCloseTo(result.objective, 10)
    for (const name of Object.keys(truth))
      for (const factor of [0.99, 1.01])
        expect(objectiveAt(problem, { ...best, [name]: best[name]! * factor }).objective).toBeGreaterThan(
          result.objective,
        )
  })

  it('does not depend on the scale on which parameters are estimated', async () => {
    const logarithmic = await fit(logFit())
    const linear = await fit(
      logFit({
        estimated: [
          estimate('ka', 2, 'linear', 0.01),
          estimate('ke', 0.1, 'linear', 0.01),
          estimate('V', 20, 'linear', 1),
        ],
      }),
    )
    expect(linear.objective).toBeCloseTo(logarithmic.objective, 9)
    for (const name of Object.keys(truth)) {
      expect(estimateOf(linear, name) / estimateOf(logarithmic, name)).toBeCloseTo(1, 6)
      expect(errorOf(linear, name) / errorOf(logarithmic, name)).toBeCloseTo(1, 5)
    }
  })

  it('agrees in hours and in days', async () => {
    const inDays = await fit(logFit())
    const inHours = await fit(
      logFit({
        estimated: [estimate('ka', 2 / 24, 'log'), estimate('ke', 0.1 / 24, 'log'), estimate('V', 20, 'log')],
        subjects: [
          subject(
            observed((k) => noise[k]!).map((row) => ({ ...row, time: row.time * 24 })),
            { records: [dose] },
          ),
        ],
      }),
    )
    expect(inHours.objective).toBeCloseTo(inDays.objective, 7)
    expect(estimateOf(inHours, 'ke') * 24).toBeCloseTo(estimateOf(inDays, 'ke'), 6)
    expect(errorOf(inHours, 'ka') * 24).toBeCloseTo(errorOf(inDays, 'ka'), 5)
    expect(errorOf(inHours, 'V')).toBeCloseTo(errorOf(inDays, 'V'), 4)
  })

  it('gives every parameter its own row, whatever the order', async () => {
    const estimated = [estimate('ka', 2, 'log'), estimate('ke', 0.1, 'log'), estimate('V', 20, 'log')]
    const first = await fit(logFit({ estimated }))
    const second = await fit(logFit({ estimated: [estimated[2]!, estimated[0]!, estimated[1]!] }))
    const order = [1, 2, 0]
    for (const [i, name] of ['ka', 'ke', 'V'].entries()) {
      expect(estimateOf(second, name) / estimateOf(first, name)).toBeCloseTo(1, 7)
      expect(errorOf(second, name) / errorOf(first, name)).toBeCloseTo(1, 6)
      for (let j = 0; j < 3; j++)
        expect(second.correlation[order[i]! * 3 + order[j]!]).toBeCloseTo(first.correlation[i * 3 + j]!, 6)
    }
  })

  it('is the same for observations in any order and subjects pooled or apart', async () => {
    const rows = observed((k) => noise[k]!)
    const together = await fit(logFit())
    const shuffled = await fit(logFit({ subjects: [subject([...rows].reverse(), { records: [dose] })] }))
    const apart = await fit(
      logFit({
        subjects: rows.map((row, k) => subject([row], { id: String(k), records: [dose] })),
      }),
    )
    expect(shuffled.predictions.map(({ time }) => time)).toEqual([...times].reverse())
    for (const name of Object.keys(truth)) {
      expect(estimateOf(shuffled, name) / estimateOf(together, name)).toBeCloseTo(1, 8)
      expect(estimateOf(apart, name) / estimateOf(together, name)).toBeCloseTo(1, 7)
    }
  })

  it('has the same bits each time, with or without pauses', async () => {
    const plain = await fit(logFit())
    const paused = await fit(logFit(), { pause: () => new Promise((resolve) => setImmediate(resolve)) })
    expect(paused).toEqual(plain)
  })
})

describe('the gradient of the objective', () => {
  const kinds: readonly { readonly name: string; readonly parts: Partial<FitProblem> }[] = [
    { name: 'given, log', parts: {} },
    {
      name: 'additive, log',
      parts: {
        endpoints: [{ quantity: 'y', scale: 'log', error: { kind: 'additive', a: 'sigma' } }],
        estimated: [estimate('ka', 2, 'log'), estimate('ke', 0.1, 'log'), estimate('sigma', 0.3, 'log')],
      },
    },
    {
      name: 'proportional',
      parts: {
        endpoints: [{ quantity: 'y', scale: 'linear', error: { kind: 'proportional', b: 'prop' } }],
        estimated: [estimate('prop', 0.3), estimate('ke', 0.1, 'log', 0.001), estimate('V', 20, 'log')].map((p) =>
          p.name === 'prop' ? { ...p, lower: 0 } : p,
        ),
      },
    },
    {
      name: 'combined 1',
      parts: {
        endpoints: [{ quantity: 'y', scale: 'linear', error: { kind: 'combined1', a: 'add', b: 'prop' } }],
        estimated: [estimate('add', 0.2, 'log'), estimate('prop', 0.3, 'log'), estimate('V', 20, 'log')],
      },
    },
    {
      name: 'combined 2',
      parts: {
        endpoints: [{ quantity: 'y', scale: 'linear', error: { kind: 'combined2', a: 'add', b: 'prop' } }],
        estimated: [estimate('add', 0.2, 'log'), estimate('prop', 0.3, 'log'), estimate('ka', 2, 'log')],
      },
    },
  ]

  it.each(kinds)('vanishes at the optimum by finite differences: $name', async ({ parts }) => {
    const given = parts.endpoints === undefined
    const rows = observed((k) => noise[k]!).map(({ sd: _, ...row }, k) => ({
      ...row,
      // scatter of both kinds, so that both error parameters are positive
      value: bateman(row.time, truth) * (1 + 0.3 * noise[9 - k]!) + 0.4 * noise[k]!,
      ...(given && { sd: 0.2 }),
      // a few that are only known to lie below or above a limit
      ...(k === 9 ? { censored: 'left' as const } : k === 3 ? { censored: 'right' as const } : {}),
    }))
    const problem = logFit({ subjects: [subject(rows, { records: [dose] })], ...parts })
    const result = await fit(problem)
    expect(result.outcome.status).toBe('converged')
    expect(result.estimates.every(({ atBound }) => atBound === null)).toBe(true)
    const best = Object.fromEntries(result.estimates.map(({ name, estimate }) => [name, estimate]))
    for (const { name, estimate: value } of result.estimates) {
      const h = 1e-4 * value
      const up = objectiveAt(problem, { ...best, [name]: value + h }).objective
      const down = objectiveAt(problem, { ...best, [name]: value - h }).objective
      // against the curvature: the step to the numeric optimum, in relative terms
      const slope = (up - down) / (2 * h)
      const curvature = (up - 2 * result.objective + down) / (h * h)
      expect(Math.abs(slope / curvature / value)).toBeLessThan(2e-6)
    }
  })
})

describe('censored observations', () => {
  it('shift the estimate as the probability of lying below the limit says', async () => {
    // three values 1 and one below 0.5, normal with known sd 1: score Σ(y − m) − φ(z)/Φ(z) = 0 with z = 0.5 − m
    const constant = modelOf('m = 0\nd/dt(clock) = 1\ny = m\n')
    const rows: readonly FitObservation[] = [
      ...[1, 2, 3].map((time) => ({ endpoint: 0, time, value: 1, sd: 1 })),
      { endpoint: 0, time: 4, value: 0.5, sd: 1, censored: 'left' },
    ]
    const result = await fit(problemOf({ model: constant, estimated: [estimate('m', 0)], subjects: [subject(rows)] }))
    const density = (z: number) => exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI)
    const below = (z: number) => {
      let sum = 0
      for (let i = 0; i < 4000; i++) sum += density(z - (i + 0.5) * 0.002) * 0.002
      return sum
    }
    const m = estimateOf(result, 'm')
    expect(3 * (1 - m) - density(0.5 - m) / below(0.5 - m)).toBeCloseTo(0, 5)
    expect(m).toBeLessThan(1)
    expect(m).toBeGreaterThan(0.6)
    expect(result.predictions.map(({ weightedResidual }) => Number.isNaN(weightedResidual))).toEqual([
      false,
      false,
      false,
      true,
    ])
  })
})

describe('several endpoints', () => {
  it('each have their own error: the standard deviation of their own residuals', async () => {
    const two = modelOf('m1 = 1\nm2 = 1\nd/dt(clock) = 1\ny1 = m1\ny2 = m2\n')
    const first = [1, 2, 4, 5]
    const second = [10, 30, 50, 20, 40]
    const result = await fit(
      problemOf({
        model: two,
        endpoints: [
          { quantity: 'y1', scale: 'linear', error: { kind: 'additive', a: 'sd1' } },
          { quantity: 'y2', scale: 'log', error: { kind: 'additive', a: 'sd2' } },
        ],
        estimated: [
          estimate('sd2', 1, 'log'),
          estimate('m1', 2, 'log'),
          estimate('sd1', 1, 'log'),
          estimate('m2', 2, 'log'),
        ],
        subjects: [
          subject([
            ...first.map((value, k) => ({ endpoint: 0, time: k, value })),
            ...second.map((value, k) => ({ endpoint: 1, time: k, value })),
          ]),
        ],
      }),
    )
    const moments = (values: readonly number[]) => {
      const mean = values.reduce((s, v) => s + v, 0) / values.length
      return { mean, sd: Math.sqrt(values.reduce((s, v) => s + (v - mean) * (v - mean), 0) / values.length) }
    }
    expect(estimateOf(result, 'm1')).toBeCloseTo(moments(first).mean, 7)
    expect(estimateOf(result, 'sd1')).toBeCloseTo(moments(first).sd, 7)
    expect(log(estimateOf(result, 'm2'))).toBeCloseTo(moments(second.map(log)).mean, 7)
    expect(estimateOf(result, 'sd2')).toBeCloseTo(moments(second.map(log)).sd, 7)
    // no correlation between what belongs to different endpoints
    expect(result.correlation[0 * 4 + 2]).toBeCloseTo(0, 10)
    expect(result.correlation[1 * 4 + 3]).toBeCloseTo(0, 10)
  })
})

describe('records', () => {
  it('tell a trough from a sample after the dose at the same time', () => {
    const rows: readonly FitObservation[] = [
      { endpoint: 0, time: 0, value: 1, sd: 1, side: 'before' },
      { endpoint: 0, time: 0, value: 1, sd: 1 },
    ]
    const bolus = { ...dose, cmt: 'central' }
    const both = predictions(
      problemOf({ model, estimated: [estimate('V', 8)], subjects: [subject(rows, { records: [bolus] })] }),
    )
    expect(both.map(({ predicted }) => predicted)).toEqual([0, 12.5])
  })

  it('read the same predictions as a simulation', async () => {
    const result = await fit(logFit())
    const values = Object.fromEntries(result.estimates.map(({ name, estimate }) => [name, estimate]))
    const run = simulateSubject({
      model,
      parameters: parameterVector(model.model, values),
      records: [dose],
      start: 0,
      end: 18,
      options: solver,
    })
    const out = new Float64Array(3)
    for (const { time, predicted, observed: y, weightedResidual } of result.predictions) {
      run.read(time, out)
      expect(predicted).toBe(out[2])
      expect(weightedResidual).toBeCloseTo((log(y) - log(predicted)) / 0.2, 10)
    }
  })
})
