import fc from 'fast-check'
import { integrate, methods, type System } from 'ode-ts'
import { describe, expect, it } from 'vitest'

const decay: System = {
  dimension: 2,
  derivative(t, y, d) {
    d[0] = -0.2 * y[0]! + Math.sin(t)
    d[1] = 0.1 * y[0]! - 0.05 * y[1]!
  },
}
const events = [10, 20, 30].map((t) => ({
  t,
  apply: (_t: number, y: Float64Array) => {
    y[0] = y[0]! + 1
  },
}))
const solve = (method: (typeof methods)[number] | 'auto') =>
  integrate({ system: decay, t0: -5, y0: Float64Array.of(1, 2), t1: 40, events }, method, { rtol: 1e-8, atol: 1e-10 })
    .trajectory

describe.each([...methods.map((method) => [method.name, method] as const), ['auto', 'auto'] as const])(
  'a trajectory of %s',
  (_name, method) => {
    const trajectory = solve(method)

    it('has ascending knots, once each, with the events among them', () => {
      const { knots } = trajectory
      expect(knots[0]).toBe(-5)
      expect(knots.at(-1)).toBe(40)
      for (let i = 1; i < knots.length; i++) expect(knots[i]! > knots[i - 1]!).toBe(true)
      for (const t of trajectory.eventTimes) expect(knots.filter((knot) => knot === t).length).toBe(1)
      expect([...trajectory.eventTimes]).toEqual([10, 20, 30])
    })

    it('reads the same whatever was read before', () => {
      const time = fc.double({ min: -5, max: 40, noNaN: true })
      const knot = fc.integer({ min: 0, max: trajectory.knots.length - 1 }).map((i) => trajectory.knots[i]!)
      const side = fc.constantFrom('before', 'after')
      fc.assert(
        fc.property(fc.array(fc.tuple(fc.oneof(time, knot), side), { minLength: 2, maxLength: 20 }), (reads) => {
          const fresh = solve(method)
          const [a, b] = [new Float64Array(2), new Float64Array(2)]
          for (const [t, at] of reads) {
            trajectory.state(t, a, at)
            fresh.state(t, b, at)
            expect(a).toEqual(b)
          }
        }),
        { numRuns: 50 },
      )
    })

    it('is continuous between events', () => {
      const y = new Float64Array(2)
      for (const t of trajectory.knots.slice(1, -1)) {
        if (trajectory.eventTimes.includes(t)) continue
        trajectory.state(t, y)
        const at = y[0]!
        for (const near of [t - 1e-9, t + 1e-9]) {
          trajectory.state(near, y)
          expect(Math.abs(y[0]! - at)).toBeLessThan(1e-7)
        }
        trajectory.state(t, y, 'before')
        expect(y[0]).toBe(at)
      }
    })

    it('refuses times and arrays that do not fit', () => {
      const y = new Float64Array(2)
      expect(() => trajectory.state(40.5, y)).toThrow(new RangeError('t = 40.5 is outside this trajectory, [-5, 40]'))
      expect(() => trajectory.state(Number.NaN, y)).toThrow(RangeError)
      expect(() => trajectory.state(0, new Float64Array(3))).toThrow('length 2')
      expect(() => trajectory.sensitivities(0, y)).toThrow('no sensitivities')
    })
  },
)

describe('a long trajectory', () => {
  it('keeps thousands of steps', () => {
    const rotation: System = {
      dimension: 2,
      derivative: (_t, y, d) => {
        d[0] = y[1]!
        d[1] = -y[0]!
      },
    }
    const { trajectory } = integrate({ system: rotation, t0: 0, y0: Float64Array.of(1, 0), t1: 1000 }, methods[0]!, {
      rtol: 1e-10,
      atol: 1e-12,
    })
    expect(trajectory.knots.length).toBeGreaterThan(5000)
    const y = new Float64Array(2)
    for (let t = 999.5; t > 0; t -= 1.25) {
      trajectory.state(t, y)
      expect(Math.abs(y[0]! - Math.cos(t))).toBeLessThan(1e-6)
    }
  })
})
