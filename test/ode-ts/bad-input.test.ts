import {
  type EnsembleResult,
  integrate,
  integrateEnsemble,
  integrateOnGrid,
  type Method,
  methods,
  type Problem,
  rodas5p,
  type StepControl,
  type Stopping,
  type System,
} from 'ode-ts'
import { describe, expect, it } from 'vitest'

const scalar = (f: (t: number, y: number) => number): System => ({
  dimension: 1,
  derivative: (t, y, d) => {
    d[0] = f(t, y[0]!)
  },
})
const decay = scalar((_t, y) => -y)
const good: Problem = { system: decay, t0: 0, y0: Float64Array.of(1), t1: 1 }
const noTimes = { times: new Float64Array(0), receive: () => {} }
const noop = () => {}

/** One row for each mechanism: what is wrong, and the misuse error that says so. */
const refused: readonly (readonly [string, Partial<Problem>, StepControl, string])[] = [
  ['a state too many', { y0: new Float64Array(2) }, {}, 'y0 has 2 entries, but the system has 1 states'],
  ['no state', { system: { dimension: 0, derivative: noop }, y0: new Float64Array(0) }, {}, 'at least one state'],
  ['a start that is not a number', { t0: Number.NaN }, {}, 't0 must be finite, got NaN'],
  ['a start at minus infinity', { t0: Number.NEGATIVE_INFINITY }, {}, 't0 must be finite, got -Infinity'],
  ['an end that is not a number', { t1: Number.NaN }, {}, 't1 must be finite and ≥ t0 = 0, got NaN'],
  ['an endless run', { t1: Number.POSITIVE_INFINITY }, {}, 't1 must be finite and ≥ t0 = 0, got Infinity'],
  ['a span beyond all numbers', { t0: -1e308, t1: 1e308 }, {}, 't1 − t0 must be a finite number'],
  ['a reversed span', { t0: 5, t1: 2 }, {}, 't1 must be finite and ≥ t0 = 5, got 2'],
  [
    'an event before the start',
    { events: [{ t: -1, apply: noop }] },
    {},
    'event 0 is at t = -1, outside [t0, t1] = [0, 1]',
  ],
  ['an event after the end', { events: [{ t: 2, apply: noop }] }, {}, 'event 0 is at t = 2'],
  ['an event at no time', { events: [{ t: Number.NaN, apply: noop }] }, {}, 'event 0 is at t = NaN'],
  ['a relative tolerance that is not a number', {}, { rtol: Number.NaN }, 'rtol must be in [0, 1), got NaN'],
  ['a negative relative tolerance', {}, { rtol: -1 }, 'rtol must be in [0, 1), got -1'],
  ['a relative tolerance of one', {}, { rtol: 1 }, 'rtol must be in [0, 1), got 1'],
  ['an absolute tolerance that is not a number', {}, { atol: Number.NaN }, 'atol must be a finite number ≥ 0, got NaN'],
  [
    'an endless absolute tolerance',
    {},
    { atol: Number.POSITIVE_INFINITY },
    'atol must be a finite number ≥ 0, got Infinity',
  ],
  ['a negative absolute tolerance', {}, { atol: Float64Array.of(-1) }, 'atol[0] must be a finite number ≥ 0, got -1'],
  [
    'no tolerance at all',
    {},
    { rtol: 0, atol: 0 },
    'rtol and atol are both 0 for state 0; one of them must be positive',
  ],
  ['a first step of zero', {}, { initialStep: 0 }, 'initialStep must be positive, got 0'],
  ['a longest step that is not a number', {}, { maxStep: Number.NaN }, 'maxStep must be positive, got NaN'],
  ['no steps', {}, { maxSteps: Number.NaN }, 'maxSteps must be at least 1, got NaN'],
]

describe.each([...methods, 'auto' as const])('bad input with $name', (method: Method | 'auto') => {
  it.each(refused)('%s is refused', (_what, wrong, control, message) => {
    const problem = { ...good, ...wrong }
    expect(() => integrate(problem, method, control)).toThrow(message)
    expect(() => integrateOnGrid(problem, noTimes, method, control)).toThrow(message)
  })

  it.each([
    ['one of the two tolerances may be 0', { rtol: 0, atol: 1e-8 }],
    ['also the other', { rtol: 1e-8, atol: 0 }],
  ])('%s', (_what, control) => {
    const { outcome, trajectory } = integrate(good, method, control)
    expect(outcome.status).toBe('finished')
    const y = new Float64Array(1)
    trajectory.state(1, y)
    expect(y[0]).toBeCloseTo(Math.exp(-1), 6)
  })

  it('a run of no length takes its events and gives the state after them', () => {
    const seen: number[] = []
    const events = [{ t: 3, apply: (_t: number, y: Float64Array) => y.fill(8) }]
    const output = { times: Float64Array.of(3, 3), receive: (_k: number, y: Float64Array) => void seen.push(y[0]!) }
    const { outcome, statistics } = integrateOnGrid({ ...good, t0: 3, t1: 3, events }, output, method)
    expect(outcome).toEqual({ status: 'finished', t: 3 })
    expect(seen).toEqual([8, 8])
    expect(statistics.steps).toBe(0)
  })

  it('events out of order and twice at one time are all taken, in order', () => {
    const seen: number[] = []
    const event = (t: number) => ({ t, apply: () => void seen.push(t) })
    integrate({ ...good, events: [0.7, 0.2, 0.7, 0, 1].map(event) }, method)
    expect(seen).toEqual([0, 0.2, 0.7, 0.7, 1])
  })

  const failing: readonly (readonly [string, System, number, string])[] = [
    ['a parameter that is not a number', scalar((_t, y) => Number.NaN * y), 1, 'non-finite'],
    ['an endless parameter', scalar((_t, y) => Number.POSITIVE_INFINITY * y), 1, 'non-finite'],
    ['a state that is not a number', decay, Number.NaN, 'non-finite'],
    ['an endless state', decay, Number.POSITIVE_INFINITY, 'non-finite'],
    ['an exponent that overflows', scalar((_t, y) => Math.exp(800 * y)), 1, 'non-finite'],
    ['0·NaN: a branch not taken that is not safe', scalar((_t, y) => -y + 0 * Math.sqrt(-1 - y)), 1, 'non-finite'],
    ['an explosion', scalar((_t, y) => y * y * y), 1, 'step-size'],
  ]
  it.each(failing)('%s is a failure with its reason', (_what, system, y0, reason) => {
    const { outcome, trajectory } = integrate({ ...good, system, y0: Float64Array.of(y0) }, method, { maxSteps: 5000 })
    expect(outcome).toMatchObject({ status: 'failed', reason })
    if (outcome.status === 'failed') expect(outcome.message).toContain('state 0')
    expect(trajectory.end).toBe(outcome.t)
  })

  it('growth that leaves the range of numbers ends, with the last state that is one', () => {
    const { outcome } = integrate({ ...good, system: scalar((_t, y) => 1000 * y), t1: 10 }, method)
    expect(outcome).toMatchObject({ status: 'failed' })
    if (outcome.status === 'failed') expect(Number.isFinite(outcome.y[0])).toBe(true)
  })

  it('a select whose other branch is not a number does no harm', () => {
    const { outcome } = integrate({ ...good, system: scalar((_t, y) => (y > -1 ? -y : Math.sqrt(-1 - y))) }, method)
    expect(outcome.status).toBe('finished')
  })
})

describe('what may end a run', () => {
  const value = (_t: number, y: Float64Array) => y[0]! - 0.5
  const clock = () => 0
  it.each<[string, Stopping, string]>([
    [
      'no deadline',
      { deadline: { milliseconds: Number.NaN, clock } },
      'deadline.milliseconds must be at least 0, got NaN',
    ],
    ['no number of resets', { maxResets: Number.NaN }, 'maxResets must be at least 0, got NaN'],
    [
      'no direction',
      // as from a caller without types
      { conditions: [{ value, ...JSON.parse('{"direction": 2}') }] },
      'root condition 0 has direction 2; it must be 1 (rising), -1 (falling) or 0',
    ],
  ])('%s is refused', (_what, stopping, message) => {
    expect(() => integrate(good, 'auto', {}, stopping)).toThrow(message)
  })
})

describe('a Jacobian', () => {
  const withJacobian = (J: number): System => ({
    dimension: 1,
    derivative: (_t, y, d) => {
      d[0] = -y[0]!
    },
    jacobian: (_t, _y, out) => out.fill(J),
    timeDerivative: (_t, _y, out) => out.fill(0),
  })
  const stiff = methods.filter(({ kind }) => kind !== 'explicit')

  it.each(stiff)('that is singular at the start is none of the trouble: $name', (method) => {
    const system: System = { ...withJacobian(0), derivative: (_t, _y, d) => d.fill(0) }
    expect(integrate({ ...good, system }, method).outcome.status).toBe('finished')
  })

  it.each(stiff)('that is not a number is a failure: $name', (method) => {
    expect(integrate({ ...good, system: withJacobian(Number.NaN) }, method).outcome).toMatchObject({
      status: 'failed',
      reason: 'non-finite',
    })
  })

  it('that makes the matrix of the steps singular whatever their length is a failure', () => {
    const system: System = {
      dimension: 2,
      derivative: (_t, _y, d) => d.fill(0),
      jacobian: (_t, _y, out) => out.fill(1e300),
      timeDerivative: (_t, _y, out) => out.fill(0),
    }
    for (const method of stiff) {
      expect(integrate({ system, t0: 0, y0: new Float64Array(2), t1: 1 }, method).outcome).toMatchObject({
        status: 'failed',
        reason: 'singular-matrix',
      })
    }
  })
})

describe('a population in which one explodes', () => {
  it('is otherwise as it would be without it', () => {
    const subject = (rate: number, explodes: boolean) => ({
      problem: {
        ...good,
        system: scalar((_t, y) => (explodes ? rate * y * y * y : -rate * y)),
        t1: 2,
      },
      output: noTimes,
    })
    const results = new Map<number, EnsembleResult>()
    const rates = [1, 2, 3, 4, 5]
    integrateEnsemble(
      rates.map((rate) => subject(rate, rate === 3)),
      'auto',
      {},
      (index, result) => results.set(index, result),
    )
    rates.forEach((rate, index) => {
      const alone = integrateOnGrid(subject(rate, rate === 3).problem, noTimes, 'auto')
      expect(results.get(index)).toEqual({ status: 'integrated', ...alone })
      expect(alone.outcome.status).toBe(rate === 3 ? 'failed' : 'finished')
    })
  })
})

describe('a population in which one throws and one stalls', () => {
  it('is otherwise as it would be without them', () => {
    const rates = [1, 2, 3, 4, 5, 6, 7]
    const subject = (rate: number) => ({
      problem: {
        ...good,
        system: scalar((t, y) => {
          if (rate === 3 && t > 0.4) throw new Error('mine')
          // a discontinuity that no step gets across
          return rate === 5 ? (y > 0.5 ? -1 : 1) : -rate * y
        }),
      },
      output: noTimes,
    })
    const control = { maxSteps: 300 }
    const results = new Map<number, EnsembleResult>()
    integrateEnsemble(rates.map(subject), 'auto', control, (index, result) => results.set(index, result))
    rates.forEach((rate, index) => {
      if (rate === 3) {
        expect(results.get(index)).toMatchObject({ status: 'refused', error: new Error('mine') })
        return
      }
      const alone = integrateOnGrid(subject(rate).problem, noTimes, 'auto', control)
      expect(results.get(index)).toEqual({ status: 'integrated', ...alone })
      expect(alone.outcome).toMatchObject(
        rate === 5 ? { status: 'failed', reason: 'max-steps' } : { status: 'finished' },
      )
    })
  })
})

describe('sensitivities by a method that has none', () => {
  it('are refused', () => {
    const system = {
      ...decay,
      parameterCount: 0,
      jacobian: noop,
      timeDerivative: noop,
      tangent: noop,
      linearize: noop,
      jacobianTangent: noop,
      timeTangent: noop,
    }
    for (const method of methods) {
      const solve = () => integrate({ ...good, system, sensitivities: new Float64Array(0) }, method)
      if (method.kind === 'collocation')
        expect(solve).toThrow(`${method.name} does not carry sensitivities; take rodas5p`)
      else expect(solve).not.toThrow()
    }
    expect(rodas5p.kind).toBe('rosenbrock')
  })
})
