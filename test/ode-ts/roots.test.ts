import { integrate, integrateOnGrid, methods, type RootCondition, type System } from 'ode-ts'
import { describe, expect, it } from 'vitest'

const oscillator: System = {
  dimension: 2,
  derivative(_t, y, d) {
    d[0] = y[1]!
    d[1] = -y[0]!
  },
}
const problem = { system: oscillator, t0: 0, y0: Float64Array.of(1, 0), t1: 20 }
const control = { rtol: 1e-10, atol: 1e-12 }
const height = (level: number, direction: -1 | 0 | 1 = 0): RootCondition => ({
  value: (_t, y) => y[0]! - level,
  direction,
})

const choices = [...methods.map((method) => [method.name, method] as const), ['auto', 'auto'] as const]

describe.each(choices)('root conditions with %s', (_name, method) => {
  it('end the run at the first root in the wanted direction', () => {
    const at = (direction: -1 | 0 | 1) =>
      integrate(problem, method, control, { conditions: [height(0.5, direction)] }).outcome
    for (const [direction, t] of [
      [0, Math.PI / 3],
      [-1, Math.PI / 3],
      [1, (5 * Math.PI) / 3],
    ] as const) {
      const outcome = at(direction)
      expect(outcome).toMatchObject({ status: 'event', index: 0 })
      expect(outcome.t).toBeCloseTo(t, 8)
    }
  })

  it('leave a trajectory that ends on the root', () => {
    const { outcome, trajectory } = integrate(problem, method, control, { conditions: [height(0.5)] })
    expect(trajectory.end).toBe(outcome.t)
    expect(trajectory.knots.at(-1)).toBe(outcome.t)
    const y = new Float64Array(2)
    trajectory.state(trajectory.end, y)
    expect(Math.abs(y[0]! - 0.5)).toBeLessThan(1e-12)
    expect(y[0]).toBeLessThanOrEqual(0.5)
    expect(() => trajectory.state(trajectory.end + 0.01, y)).toThrow(RangeError)
  })

  it('name the one that came first, also within one step', () => {
    const conditions = [height(0.499), height(2), height(0.5), { value: (t: number) => t - 19 }]
    expect(integrate(problem, method, control, { conditions }).outcome).toMatchObject({ status: 'event', index: 2 })
    expect(
      integrate(problem, method, control, { conditions: [height(2), { value: (t: number) => t - 0.25 }] }).outcome,
    ).toMatchObject({
      status: 'event',
      index: 1,
    })
  })

  it('are not found again by a run that begins where the last one ended', () => {
    const found: number[] = []
    let { t0, y0 } = problem
    for (;;) {
      const { outcome, trajectory } = integrate({ ...problem, t0, y0 }, method, control, { conditions: [height(0)] })
      if (outcome.status !== 'event') break
      found.push(outcome.t)
      t0 = outcome.t
      y0 = new Float64Array(2)
      trajectory.state(t0, y0)
    }
    expect(found.length).toBe(6)
    found.forEach((t, i) => {
      expect(t).toBeCloseTo((i + 0.5) * Math.PI, 7)
    })
  })

  it('that are zero where the run begins do not end it there', () => {
    const { outcome } = integrate(problem, method, control, { conditions: [height(1)] })
    // cos t returns to 1 from below but does not cross it.
    if (outcome.status === 'event') expect(outcome.t).toBeGreaterThan(6)
    const { outcome: other } = integrate({ ...problem, y0: Float64Array.of(0, 1) }, method, control, {
      conditions: [height(0)],
    })
    expect(other).toMatchObject({ status: 'event' })
    expect(other.t).toBeCloseTo(Math.PI, 8)
  })

  it('notice a jump across them, but not the one the run begins with', () => {
    const jump = (t: number) => ({
      t,
      apply: (_t: number, y: Float64Array) => {
        y[0] = y[0]! + 10
      },
    })
    const { outcome, trajectory } = integrate({ ...problem, events: [jump(2)] }, method, control, {
      conditions: [height(5, 1)],
    })
    expect(outcome).toEqual({ status: 'event', t: 2, index: 0 })
    const y = new Float64Array(2)
    trajectory.state(2, y)
    expect(y[0]).toBeGreaterThan(5)
    trajectory.state(2, y, 'before')
    expect(y[0]).toBeLessThan(5)
    expect(
      integrate({ ...problem, t1: 0.1, events: [jump(0)] }, method, control, { conditions: [height(5)] }).outcome
        .status,
    ).toBe('finished')
  })

  it('are exact in time whatever the step', () => {
    const linear: System = {
      dimension: 1,
      derivative: (_t, _y, d) => {
        d[0] = 1
      },
    }
    const { outcome, statistics } = integrate(
      { system: linear, t0: 0, y0: new Float64Array(1), t1: 1e6 },
      method,
      control,
      {
        conditions: [{ value: (_t, y) => y[0]! - 123456.789 }],
      },
    )
    expect(Math.abs(outcome.t - 123456.789)).toBeLessThan(1e-8)
    expect(statistics.steps).toBeLessThan(40)
  })
})

describe('root conditions', () => {
  it('are looked at within a step', () => {
    const still: System = { dimension: 1, derivative: (_t, _y, d) => d.fill(0) }
    const { outcome, statistics } = integrate(
      { system: still, t0: 0, y0: Float64Array.of(1), t1: 100 },
      'auto',
      { initialStep: 100 },
      { conditions: [{ value: (t) => (t - 30) * (t - 60) }] },
    )
    expect(statistics.steps).toBe(1)
    expect(outcome).toMatchObject({ status: 'event' })
    expect(outcome.t).toBeCloseTo(30, 12)
  })

  it('that are not numbers are refused', () => {
    expect(() => integrate(problem, 'auto', control, { conditions: [{ value: () => Number.NaN }] })).toThrow(
      'root condition 0 gave NaN at t = 0',
    )
  })
})

/** Its state is the time. */
const clock: System = { dimension: 1, derivative: (_t, _y, d) => d.fill(1) }
const fromZero = { system: clock, t0: 0, y0: new Float64Array(1), t1: 100 }
const oneStep = { rtol: 1e-8, atol: 1e-10, initialStep: 100 }

describe.each(choices)('roots at awkward places with %s', (_name, method) => {
  const timesOf = (
    value: RootCondition['value'],
    direction: -1 | 0 | 1 = 0,
    tight: typeof control | typeof oneStep = oneStep,
  ) => {
    const seen: number[] = []
    const conditions = [{ value, direction, apply: (t: number) => void seen.push(t) }]
    expect(integrate(fromZero, method, tight, { conditions }).outcome.status).toBe('finished')
    return seen
  }

  it('at the end of the run, though rounding puts the state a little short of them', () => {
    for (const t1 of [0.1, 1, 2, 3, 7, 10, 365]) {
      const conditions = [{ value: (_t: number, y: Float64Array) => y[0]! - t1 }]
      const { outcome } = integrate({ ...fromZero, t1 }, method, control, { conditions })
      expect(outcome.status).toBe('event')
      expect(Math.abs(outcome.t / t1 - 1)).toBeLessThan(1e-13)
    }
  })

  it('a little behind the end of the run are none', () => {
    const conditions = [{ value: (_t: number, y: Float64Array) => y[0]! - 100.000001 }]
    expect(integrate(fromZero, method, control, { conditions }).outcome.status).toBe('finished')
  })

  it('three in a quarter of a step', () => {
    const value = (t: number) => (t - 30) * (t - 31) * (t - 32)
    for (const [direction, at] of [
      [0, 30],
      [1, 30],
      [-1, 31],
    ] as const) {
      const { outcome } = integrate(fromZero, method, oneStep, { conditions: [{ value, direction }] })
      expect(outcome).toEqual({ status: 'event', t: at, index: 0 })
    }
  })

  it('in time are met to the last digit, and outputs there are those after them', () => {
    for (const at of [0.1, 1 / 3, 2, 77.7]) expect(timesOf((t) => t - at)).toEqual([at])
    const seen: number[] = []
    integrateOnGrid(
      { ...fromZero, t1: 4 },
      { times: Float64Array.of(1, 2, 3), receive: (_k, y) => void seen.push(Math.round(y[0]!)) },
      method,
      control,
      { conditions: [{ value: (t) => t - 2, apply: (_t, y) => y.fill(50) }] },
    )
    expect(seen).toEqual([1, 50, 51])
  })

  it('just after one that left the condition at zero exactly', () => {
    // sin t rises through 1 − 1e-7 and falls through it 0.0009 later
    const seen: number[] = []
    integrate(
      { ...problem, y0: Float64Array.of(0, 1), t1: 6 },
      method,
      { rtol: 1e-11, atol: 1e-13 },
      {
        conditions: [{ value: (_t, y) => y[0]! - (1 - 1e-7), apply: (t) => void seen.push(t) }],
      },
    )
    expect(seen.length).toBe(2)
    expect(seen[1]! - seen[0]!).toBeCloseTo(2 * Math.acos(1 - 1e-7), 6)
  })

  it('after a start at zero exactly', () => {
    expect(timesOf((t) => t * (t - 0.001), 1)[0]).toBeCloseTo(0.001, 15)
    expect(timesOf((t) => -t * (t - 0.001))[0]).toBeCloseTo(0.001, 15)
  })

  it('where the condition stays zero are met once', () => {
    expect(timesOf((t) => Math.max(0, 10 - t))).toEqual([10])
    expect(timesOf((t) => Math.min(0, t - 10))).toEqual([10])
  })

  it('that are touched are none, and jumps of the condition are', () => {
    expect(timesOf((t) => (t - 30.7) * (t - 30.7))).toEqual([])
    expect(timesOf((_t, y) => (y[0]! > 12.5 ? 1 : -1))[0]).toBeCloseTo(12.5, 9)
  })
})

it('a caller who wants to stop is heard where every step meets a root', () => {
  let asked = 0
  const { outcome } = integrate(
    { ...fromZero, t1: 1e4 },
    'auto',
    { initialStep: 1, maxStep: 1 },
    {
      shouldStop: () => ++asked === 20,
      conditions: [{ value: (_t, y) => y[0]! - 1e-3, direction: 1, apply: (_t, y) => y.fill(0) }],
    },
  )
  expect(outcome.status).toBe('stopped')
})
