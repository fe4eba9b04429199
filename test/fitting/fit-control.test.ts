import { type FitIteration, type FitProblem, fit, objectiveAt, predictions } from '@cartkin/fitting'
import { describe, expect, it } from 'vitest'
import { estimate, formulaModel, modelOf, problemOf, subject } from './fixtures.ts'

const decay = modelOf('k = 1\nA = 3\nd/dt(x) = -k*x\nx(0) = A\ny = x\n')
const rows = [2.2, 1.1, 0.5, 0.19, 0.1].map((value, i) => ({ endpoint: 0, time: 0.5 * i + 0.3, value, sd: 0.1 }))
const problem: FitProblem = problemOf({
  model: decay,
  endpoints: [{ quantity: 'y', scale: 'log', error: { kind: 'given' } }],
  estimated: [estimate('k', 20, 'log'), estimate('A', 50, 'log')],
  subjects: [subject(rows)],
})

describe('iterations', () => {
  it('are streamed with values on the natural scale and a best that never worsens', async () => {
    const seen: FitIteration[] = []
    const result = await fit(problem, { onIteration: (iteration) => seen.push(iteration) })
    expect(seen).toHaveLength(result.iterations)
    expect(seen.map(({ iteration }) => iteration)).toEqual(seen.map((_, k) => k + 1))
    seen.forEach(({ best, objective }, k) => {
      expect(best).toBeLessThanOrEqual((seen[k - 1]?.best ?? Infinity) * (1 + 1e-12))
      if (Number.isFinite(objective)) expect(best).toBeLessThanOrEqual(objective * (1 + 1e-12))
    })
    const last = seen.at(-1)!
    expect(Array.from(last.values)).toEqual(result.estimates.map(({ estimate: value }) => value))
    expect(last.best).toBe(result.objective)
    expect(objectiveAt(problem, { k: last.values[0]!, A: last.values[1]! }).objective).toBeCloseTo(last.best, 9)
  })

  it('wait for a pause between them', async () => {
    let waiting = 0
    const result = await fit(problem, {
      pause: async () => {
        waiting++
      },
    })
    expect(waiting).toBe(result.iterations)
  })

  it('end at their limit with what is best so far', async () => {
    const result = await fit(problem, { maxIterations: 2 })
    expect(result).toMatchObject({ outcome: { status: 'iteration-limit' }, iterations: 2 })
    expect(result.objective).toBeLessThan(objectiveAt(problem).objective)
  })
})

describe('stopping', () => {
  it('returns the best values so far with their covariance', async () => {
    const seen: FitIteration[] = []
    const result = await fit(problem, {
      onIteration: (iteration) => seen.push(iteration),
      shouldStop: () => seen.length >= 3,
    })
    expect(result).toMatchObject({ outcome: { status: 'stopped' }, iterations: 3 })
    expect(result.objective).toBe(Math.min(...seen.map(({ best }) => best)))
    expect(result.estimates.every(({ standardError }) => standardError > 0)).toBe(true)
    expect(result.predictions.every(({ predicted }) => predicted > 0)).toBe(true)
  })

  it('works within an evaluation', async () => {
    let asked = 0
    const full = await fit(problem, {
      shouldStop: () => {
        asked++
        return false
      },
    })
    // more often than once an iteration, so also within simulations
    expect(asked).toBeGreaterThan(full.evaluations)
    let remaining = asked - 2
    const result = await fit(problem, { shouldStop: () => remaining-- <= 0 })
    expect(result.outcome.status).toBe('stopped')
    expect(result.objective).toBeCloseTo(full.objective, 6)
    expect(result.estimates.every(({ standardError }) => standardError > 0)).toBe(true)
  })
})

describe('a simulation that fails', () => {
  // grows without bound before the last observation where g·A·t > 1
  const blowUp = modelOf('g = 0.1\nA = 1\nd/dt(x) = g*x*x\nx(0) = A\ny = x\n')
  const growth = [0.5, 1, 2].map((time) => ({ endpoint: 0, time, value: 1 / (1 - 0.3 * time), sd: 0.1 }))
  const growing = (start: number): FitProblem =>
    problemOf({ model: blowUp, estimated: [estimate('g', start, 'log')], subjects: [subject(growth)] })

  it('is NaN with its reason, never a perfect fit', () => {
    const { objective, reason } = objectiveAt(growing(5))
    expect(objective).toBeNaN()
    expect(reason).toMatch(/^subject 1: .*t = 0\.2/)
    expect(predictions(growing(5)).map(({ predicted }) => predicted)).toEqual([NaN, NaN, NaN])
  })

  it('at the start is a failure that says so, with NaN for every number', async () => {
    const result = await fit(growing(5))
    expect(result.outcome).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('start values: subject 1'),
    })
    expect(result.objective).toBeNaN()
    expect(result.aic).toBeNaN()
    expect(result.estimates[0]).toMatchObject({ estimate: 5, standardError: NaN })
  })

  it('on the way is stepped back from', async () => {
    const seen: FitIteration[] = []
    const result = await fit(growing(0.02), { onIteration: (iteration) => seen.push(iteration) })
    expect(result.outcome.status).toBe('converged')
    expect(result.estimates[0]!.estimate).toBeCloseTo(0.3, 4)
  })

  it('in one of several subjects fails the whole: its rows do not count as 0', () => {
    const two = {
      ...growing(0.3),
      subjects: [subject(growth), subject(growth, { id: 'fast', parameters: { A: 40 } })],
    }
    const { objective, reason } = objectiveAt(two)
    expect(objective).toBeNaN()
    expect(reason).toContain('subject fast')
    expect(predictions(two).map(({ predicted }) => Number.isNaN(predicted))).toEqual([
      false,
      false,
      false,
      true,
      true,
      true,
    ])
  })

  it('so is a prediction without a logarithm', () => {
    const below = problemOf({
      model: formulaModel({ a: -1 }, 'a'),
      endpoints: [{ quantity: 'y', scale: 'log', error: { kind: 'given' } }],
      estimated: [estimate('a', -1)],
      subjects: [subject([{ endpoint: 0, time: 3, value: 1, sd: 1 }], { id: 'P7' })],
    })
    expect(objectiveAt(below)).toMatchObject({
      objective: NaN,
      reason: 'subject P7, y at time 3: the prediction -1 has no logarithm',
    })
  })
})

describe('misuse is told with what, where and the remedy', () => {
  const row = rows[0]!
  const cases: readonly (readonly [string, Partial<FitProblem>, RegExp])[] = [
    [
      'unknown parameter',
      { estimated: [estimate('kk', 1)] },
      /^kk is to be estimated, but is neither .*; did you mean k\?$/,
    ],
    ['estimated twice', { estimated: [estimate('k', 1), estimate('k', 1)] }, /k is to be estimated twice/],
    ['nothing estimated', { estimated: [] }, /no parameter is to be estimated/],
    [
      'start outside',
      { estimated: [estimate('k', 5, 'linear', 0, 4)] },
      /k starts at 5, which is outside its bounds 0 to 4/,
    ],
    ['NaN start', { estimated: [estimate('k', NaN)] }, /k starts at NaN/],
    ['bounds reversed', { estimated: [estimate('k', 1, 'linear', 4, 0)] }, /its bounds are 4 to 0/],
    ['log of 0', { estimated: [estimate('k', 0, 'log', 0, 4)] }, /k is estimated on the log scale/],
    [
      'unknown quantity',
      { endpoints: [{ quantity: 'yy', scale: 'log', error: { kind: 'given' } }] },
      /endpoint 1 observes yy.*did you mean y\?/,
    ],
    [
      'error parameter without a value',
      { endpoints: [{ quantity: 'y', scale: 'linear', error: { kind: 'additive', a: 'sigma' } }] },
      /error parameter sigma is not estimated and has no value/,
    ],
    [
      'error parameter of nobody',
      { errorParameters: { sgma: 1 } },
      /error parameter sgma has a value, but no endpoint uses it/,
    ],
    [
      'no sd',
      { subjects: [subject([{ endpoint: 0, time: 1, value: 1 }])] },
      /subject 1, observation 1 \(y at time 1\).*sd must be a positive number, got undefined/,
    ],
    ['sd of 0', { subjects: [subject([{ ...row, sd: 0 }])] }, /got 0/],
    [
      'a value without logarithm',
      { subjects: [subject([{ ...row, value: 0 }])] },
      /0 has no logarithm; .*censored: 'left'/,
    ],
    ['NaN value', { subjects: [subject([{ ...row, value: NaN }])] }, /the value must be a finite number, got NaN/],
    ['before the start', { subjects: [subject([{ ...row, time: -1 }])] }, /not before the subject's start 0/],
    ['no such endpoint', { subjects: [subject([{ ...row, endpoint: 1 }])] }, /endpoint 1 does not exist; there are 1/],
    ['no observation', { subjects: [subject([])] }, /no observation to fit to/],
    ['no subject', { subjects: [] }, /no subject/],
    ['two of a name', { subjects: [subject([row]), subject([row])] }, /two subjects are called 1/],
    [
      'own value of what is estimated',
      { subjects: [subject([row], { id: 'P1', parameters: { k: 2 } })] },
      /subject P1 brings its own value of k/,
    ],
    ['parameters of another model', { parameters: Float64Array.of(1) }, /the model has 2 parameters, got values for 1/],
  ]
  it.each(cases)('%s', async (_, parts, message) => {
    await expect(fit({ ...problem, ...parts })).rejects.toThrow(message)
    await expect(fit({ ...problem, ...parts })).rejects.toBeInstanceOf(RangeError)
  })

  it('unknown name in objectiveAt', () => {
    expect(() => objectiveAt(problem, { K: 1 })).toThrow(/K is not estimated; did you mean k\?/)
  })
})
