import { dop853, integrate, type Method, type System, tsit5 } from 'ode-ts'
import { describe, expect, it } from 'vitest'

/** x' = in − k x beside z' = −z²/100, which moves slowly. */
function resting(k: number, inflow: number): System {
  return {
    dimension: 2,
    derivative(_t, y, d) {
      d[0] = inflow - k * y[0]!
      d[1] = -0.01 * y[1]! * y[1]!
    },
    jacobian(_t, y, J) {
      J.fill(0)
      J[0] = -k
      J[3] = -0.02 * y[1]!
    },
  }
}

/** Largest relative distance of x from where it rests, beyond that of its start, at and between the ends of steps. */
function worstDistance(method: Method | 'auto', rtol: number): number {
  let worst = 0
  for (let run = 0; run < 120; run++) {
    const k = 0.1 + ((run * 0.6180339887) % 1) ** 3 * 50
    const inflow = 0.1 + ((run * 0.7548776662) % 1) * 10
    const off = run % 3 === 0 ? 0 : 1e-15 * 1000 ** (run % 4)
    const y0 = Float64Array.of((inflow / k) * (1 + off), 1)
    const { outcome, trajectory } = integrate({ system: resting(k, inflow), t0: 0, y0, t1: 100 }, method, {
      rtol,
      atol: rtol * 1e-3,
    })
    expect(outcome.status).toBe('finished')
    const y = new Float64Array(2)
    for (let i = 0; i < 500; i++) {
      trajectory.state(0.013 + i / 5.1, y)
      worst = Math.max(worst, Math.abs(y[0]! * (k / inflow) - 1) - off)
    }
  }
  return worst / rtol
}

describe.each(['auto' as const, tsit5, dop853])('a state at rest but for rounding by $name', (method) => {
  it.each([1e-6, 1e-8, 1e-10])('stays there between the ends of steps at %d', (rtol) => {
    expect(worstDistance(method, rtol)).toBeLessThan(200)
  })
})
