import fc from 'fast-check'
import { integrate, type Method, methods, type System, type TimeEvent } from 'ode-ts'
import { describe, expect, it } from 'vitest'

/** A dose into a depot, absorbed into a central compartment that is cleared: linear. */
const absorption: System = {
  dimension: 2,
  derivative(_t, y, d) {
    d[0] = -1.5 * y[0]!
    d[1] = 1.5 * y[0]! - 0.3 * y[1]!
  },
}
const control = { rtol: 1e-9, atol: 1e-12 }

const dose = (t: number, amount: number): TimeEvent => ({
  t,
  apply: (_t, y) => {
    y[0] = y[0]! + amount
  },
})

function central(method: Method | 'auto', events: readonly TimeEvent[], t = 10): number {
  const { trajectory } = integrate(
    { system: absorption, t0: 0, y0: new Float64Array(2), t1: 24, events },
    method,
    control,
  )
  const y = new Float64Array(2)
  trajectory.state(t, y)
  return y[1]!
}

const choices = [...methods.map((method) => [method.name, method] as const), ['auto', 'auto'] as const]

describe.each(choices)('time events with %s', (_name, method) => {
  it('happen in the order of numbers, not of their text', () => {
    for (const times of [
      [2, 10],
      [10, 2, 9],
      [100, 20, 3],
    ]) {
      const seen: number[] = []
      const events = times.map((at) => ({ t: at, apply: (t: number) => void seen.push(t) }))
      const { trajectory } = integrate({ system: absorption, t0: 0, y0: new Float64Array(2), t1: 200, events }, method)
      const sorted = times.toSorted((a, b) => a - b)
      expect(seen).toEqual(sorted)
      expect([...trajectory.eventTimes]).toEqual(sorted)
      for (const t of sorted) expect(trajectory.knots).toContain(t)
    }
  })

  it('of one time keep their order', () => {
    const seen: string[] = []
    const named = (name: string, t: number) => ({ t, apply: () => void seen.push(name) })
    const events = [named('b', 5), named('a', 1), named('c', 5), named('d', 1), named('e', 5)]
    const { trajectory } = integrate({ system: absorption, t0: 0, y0: new Float64Array(2), t1: 6, events }, method)
    expect(seen).toEqual(['a', 'd', 'b', 'c', 'e'])
    expect([...trajectory.eventTimes]).toEqual([1, 5])
  })

  it('superpose in a linear system', () => {
    const both = central(method, [dose(0, 100), dose(3, 50)])
    expect(both).toBeCloseTo(central(method, [dose(0, 100)]) + central(method, [dose(3, 50)]), 6)
    expect(central(method, [dose(1, 100), dose(1, 50)])).toBeCloseTo(central(method, [dose(1, 150)]), 9)
  })

  it('that change nothing change nothing', () => {
    const without = central(method, [dose(0, 100)])
    expect(central(method, [dose(0, 100), dose(2.5, 0), dose(2.6, 0)])).toBeCloseTo(without, 6)
  })

  it('move with time', () => {
    const at = (shift: number) => {
      const { trajectory } = integrate(
        {
          system: absorption,
          t0: shift,
          y0: new Float64Array(2),
          t1: shift + 24,
          events: [dose(shift, 100), dose(shift + 8, 100)],
        },
        method,
        control,
      )
      const y = new Float64Array(2)
      trajectory.state(shift + 12, y)
      return y[1]!
    }
    expect(at(-128)).toBeCloseTo(at(0), 6)
    expect(at(4096)).toBeCloseTo(at(0), 6)
  })

  it('may be where the run begins and where it ends', () => {
    const { trajectory, outcome } = integrate(
      { system: absorption, t0: 1, y0: Float64Array.of(7, 0), t1: 2, events: [dose(2, 5), dose(1, 10)] },
      method,
      control,
    )
    const y = new Float64Array(2)
    trajectory.state(1, y, 'before')
    expect(y[0]).toBe(7)
    trajectory.state(1, y)
    expect(y[0]).toBe(17)
    trajectory.state(2, y, 'before')
    const before = y[0]!
    expect(before).toBeCloseTo(17 * Math.exp(-1.5), 6)
    trajectory.state(2, y)
    expect(y[0]).toBe(before + 5)
    expect(outcome).toEqual({ status: 'finished', t: 2 })
  })

  it('give the state on both sides of them', () => {
    const { trajectory } = integrate(
      { system: absorption, t0: 0, y0: Float64Array.of(10, 0), t1: 4, events: [dose(2, 5)] },
      method,
      control,
    )
    const [before, after] = [new Float64Array(2), new Float64Array(2)]
    trajectory.state(2, before, 'before')
    trajectory.state(2, after, 'after')
    expect(before[0]).toBeCloseTo(10 * Math.exp(-3), 6)
    trajectory.state(1.999999, after)
    trajectory.state(2, after)
    expect(after[0]).toBe(before[0]! + 5)
    expect(after[1]).toBe(before[1])
  })

  it('may switch the equations', () => {
    // A constant input of 3 between 1 and 2.5: the exact solution is piecewise exponential.
    let rate = 0
    const system: System = {
      dimension: 1,
      derivative: (_t, y, d) => {
        d[0] = rate - 0.4 * y[0]!
      },
    }
    const set = (t: number, value: number) => ({
      t,
      apply: () => {
        rate = value
      },
    })
    const { trajectory } = integrate(
      { system, t0: 0, y0: new Float64Array(1), t1: 5, events: [set(0, 0), set(2.5, 0), set(1, 3)] },
      method,
      control,
    )
    const y = new Float64Array(1)
    trajectory.state(1, y)
    expect(y[0]).toBe(0)
    trajectory.state(5, y)
    expect(y[0]).toBeCloseTo((3 / 0.4) * (1 - Math.exp(-0.4 * 1.5)) * Math.exp(-0.4 * 2.5), 8)
  })

  it('however close together cost no failure', () => {
    const next = 5 + 8 * Number.EPSILON * 4
    const { outcome, trajectory } = integrate(
      {
        system: absorption,
        t0: 0,
        y0: new Float64Array(2),
        t1: 6,
        events: [dose(5, 1), dose(next, 1), dose(5.0000001, 1)],
      },
      method,
    )
    expect(outcome.status).toBe('finished')
    expect([...trajectory.eventTimes]).toEqual([5, next, 5.0000001])
  })
})

describe.each(methods)('a restart of $name', (method) => {
  it('is a new run, bit for bit', () => {
    const whole = integrate(
      { system: absorption, t0: 0, y0: Float64Array.of(10, 0), t1: 24, events: [dose(8, 5)] },
      method,
    )
    const y = new Float64Array(2)
    whole.trajectory.state(8, y)
    const rest = integrate({ system: absorption, t0: 8, y0: y, t1: 24 }, method)
    const knots = whole.trajectory.knots
    expect(knots.slice(knots.indexOf(8))).toEqual(rest.trajectory.knots)
    const [a, b] = [new Float64Array(2), new Float64Array(2)]
    for (const t of [8, 9.5, 24]) {
      whole.trajectory.state(t, a)
      rest.trajectory.state(t, b)
      expect(a).toEqual(b)
    }
  })
})

describe('time events', () => {
  it('outside the interval are refused with their time', () => {
    for (const t of [-1, 24.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => central('auto', [dose(1, 1), dose(t, 1)])).toThrow(
        new RangeError(`event 1 is at t = ${t}, outside [t0, t1] = [0, 24]`),
      )
    }
  })

  it('in any order give the same bits', () => {
    const doses = [dose(0, 10), dose(2, 20), dose(10, 30), dose(9, 40), dose(20, 50)]
    const sorted = central('auto', doses, 24)
    fc.assert(
      fc.property(fc.shuffledSubarray(doses, { minLength: doses.length }), (shuffled) => {
        expect(central('auto', shuffled, 24)).toBe(sorted)
      }),
      { numRuns: 20 },
    )
  })

  it('next to the start, however near, are no obstacle', () => {
    for (const t of [1e-31, 2.4e-29, 2.424e-29, 4.7e-29, 4.9e-29]) {
      expect(central('auto', [dose(t, 7)], 24)).toBeCloseTo(central('auto', [dose(0, 7)], 24), 9)
    }
  })

  it('superpose wherever and whatever they are', () => {
    const events = fc.array(
      fc.tuple(fc.double({ min: 0, max: 24, noNaN: true }), fc.double({ min: 0, max: 100, noNaN: true })),
      { maxLength: 4 },
    )
    fc.assert(
      fc.property(events, (list) => {
        const doses = list.map(([t, amount]) => dose(t, amount))
        const single = doses.reduce((sum, one) => sum + central('auto', [one], 24), 0)
        expect(Math.abs(central('auto', doses, 24) - single)).toBeLessThan(1e-5)
      }),
      { numRuns: 30 },
    )
  })
})
