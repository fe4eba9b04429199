import { integrate, methods, type RootCondition, type System } from 'ode-ts'
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
