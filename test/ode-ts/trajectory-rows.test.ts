import { integrate, type Method, methods, type System } from 'ode-ts'
import { describe, expect, it } from 'vitest'

/** Three states that turn and fade, stiff enough for every method. */
const system: System = {
  dimension: 3,
  derivative(t, y, d) {
    d[0] = y[1]! - 0.1 * y[0]!
    d[1] = -y[0]! + 0.2 * Math.abs(t - 3)
    d[2] = 20 * (y[0]! - y[2]!)
  },
}

const problem = {
  system,
  t0: 0,
  y0: Float64Array.of(1, 0, 0),
  t1: 8,
  events: [0, 2.5, 2.5, 8].map((t) => ({
    t,
    apply: (_: number, y: Float64Array) => {
      y[1]! += 1
    },
  })),
}

describe('rows of a trajectory have the bits of one state at a time', () => {
  it.each([...methods.map((method) => [method.name, method] as const), ['auto', 'auto'] as const])(
    'by %s',
    (_, method: Method | 'auto') => {
      const { trajectory } = integrate(problem, method, { rtol: 1e-7, atol: 1e-9 })
      const knots = [...trajectory.knots]
      const between = Array.from({ length: 200 }, (_, k) => (k / 199) * 8)
      const backwards = between.toReversed().slice(0, 50)
      const times = Float64Array.from([...knots, ...knots, ...between, 2.5, 2.5, 0, 8, ...backwards])
      const before = Uint8Array.from(times, (_, k) => (k < knots.length || k % 5 === 0 ? 1 : 0))
      const entries = Int32Array.of(2, 0)
      const rows = new Float64Array(times.length * 3).fill(-1)
      trajectory.rows(times, times.length, entries, rows, before)
      const wanted = new Float64Array(times.length * 3).fill(-1)
      const y = new Float64Array(3)
      times.forEach((t, k) => {
        trajectory.state(t, y, before[k] === 1 ? 'before' : 'after')
        for (const entry of entries) wanted[3 * k + entry] = y[entry]!
      })
      expect(rows).toEqual(wanted)
    },
  )

  it('leaves rows after the count alone and refuses times outside', () => {
    const { trajectory } = integrate(problem, 'auto')
    const rows = new Float64Array(6).fill(-1)
    trajectory.rows(Float64Array.of(1, 2), 1, Int32Array.of(0, 1, 2), rows)
    expect([...rows.subarray(3)]).toEqual([-1, -1, -1])
    for (const t of [-1, 9, Number.NaN])
      expect(() => trajectory.rows(Float64Array.of(t), 1, Int32Array.of(0), rows)).toThrow(/outside this trajectory/)
  })
})
