import {
  integrate,
  integrateOnGrid,
  type Method,
  methods,
  type RootCondition,
  type SensitivitySystem,
  type System,
} from 'ode-ts'
import { describe, expect, it } from 'vitest'

const gravity = 9.81
/** A body that falls: height and velocity. */
const fall: System = {
  dimension: 2,
  derivative(_t, y, d) {
    d[0] = y[1]!
    d[1] = -gravity
  },
}
const control = { rtol: 1e-10, atol: 1e-12 }
const bounce = (restitution: number, seen: number[] = []): RootCondition => ({
  value: (_t, y) => y[0]!,
  direction: -1,
  apply: (t, y) => {
    seen.push(t)
    y[0] = 0
    y[1] = -restitution * y[1]!
  },
})
const choices = [...methods.map((method) => [method.name, method] as const), ['auto', 'auto'] as const]

/** Times of the bounces of a ball dropped from `height`. */
function bounces(height: number, restitution: number, count: number): readonly number[] {
  const first = Math.sqrt((2 * height) / gravity)
  return Array.from({ length: count }, (_, k) => {
    let t = first
    for (let i = 1; i <= k; i++) t += 2 * first * restitution ** i
    return t
  })
}

describe.each(choices)('resets at roots with %s', (_name, method) => {
  it('a ball bounces when it should', () => {
    const seen: number[] = []
    const { outcome, trajectory } = integrate(
      { system: fall, t0: 0, y0: Float64Array.of(10, 0), t1: 8 },
      method,
      control,
      { conditions: [bounce(0.8, seen)] },
    )
    const expected = bounces(10, 0.8, seen.length)
    expect(outcome).toEqual({ status: 'finished', t: 8 })
    expect(seen.length).toBe(4)
    seen.forEach((t, k) => {
      expect(Math.abs(t - expected[k]!)).toBeLessThan(1e-8)
    })
    expect([...trajectory.eventTimes]).toEqual(seen)
    for (const t of seen) expect(trajectory.knots).toContain(t)
    const y = new Float64Array(2)
    trajectory.state(seen[0]!, y, 'before')
    expect(y[1]).toBeCloseTo(-Math.sqrt(20 * gravity), 8)
    expect(Math.abs(y[0]!)).toBeLessThan(1e-10)
    trajectory.state(seen[0]!, y)
    expect(y[1]).toBeCloseTo(0.8 * Math.sqrt(20 * gravity), 8)
    expect(y[0]).toBe(0)
    for (let t = 0; t <= 8; t += 0.01) {
      trajectory.state(t, y)
      expect(y[0]).toBeGreaterThan(-1e-9)
    }
  })

  it('a ball that comes to rest is told of, and does not fall through its ground', () => {
    const { outcome, trajectory } = integrate(
      { system: fall, t0: 0, y0: Float64Array.of(1, 0), t1: 20 },
      method,
      control,
      { conditions: [bounce(0.5)], maxResets: 200 },
    )
    expect(outcome).toMatchObject({ status: 'failed', reason: 'event-limit' })
    expect(outcome.t).toBeCloseTo(3 * Math.sqrt(2 / gravity), 6)
    if (outcome.status === 'failed') expect(outcome.message).toContain('200 times')
    const y = new Float64Array(2)
    trajectory.state(outcome.t, y)
    expect(y[0]).toBeGreaterThan(-1e-9)
  })

  it('bounces that leave the height as it is found are not missed', () => {
    let count = 0
    const { outcome } = integrate({ system: fall, t0: 0, y0: Float64Array.of(10, 0), t1: 8 }, method, control, {
      conditions: [
        {
          value: (_t, y) => y[0]!,
          direction: -1,
          apply: (_t, y) => {
            count++
            y[1] = -0.8 * y[1]!
          },
        },
      ],
    })
    expect(outcome.status).toBe('finished')
    expect(count).toBe(4)
  })

  it('a grid reads what the trajectory reads', () => {
    const times = Float64Array.from({ length: 161 }, (_, i) => i / 20)
    const problem = { system: fall, t0: 0, y0: Float64Array.of(10, 0), t1: 8 }
    const { trajectory } = integrate(problem, method, control, { conditions: [bounce(0.8)] })
    const y = new Float64Array(2)
    let reached = 0
    integrateOnGrid(
      problem,
      {
        times,
        receive: (index, state) => {
          trajectory.state(times[index]!, y)
          expect(state).toEqual(y)
          reached++
        },
      },
      method,
      control,
      { conditions: [bounce(0.8)] },
    )
    expect(reached).toBe(161)
  })

  it('a dose whenever a level is reached keeps the level', () => {
    // y1 feeds y0, which decays; below 1 a dose into y1 is given.
    const system: System = {
      dimension: 2,
      derivative(_t, y, d) {
        d[0] = y[1]! - 0.5 * y[0]!
        d[1] = -2 * y[1]!
      },
    }
    let doses = 0
    const { outcome, trajectory } = integrate(
      { system, t0: 0, y0: Float64Array.of(3, 0), t1: 40 },
      method,
      { rtol: 1e-8, atol: 1e-10 },
      {
        conditions: [
          {
            value: (_t, y) => y[0]! - 1,
            direction: -1,
            apply: (_t, y) => {
              doses++
              y[1] = y[1]! + 4
            },
          },
        ],
      },
    )
    expect(outcome.status).toBe('finished')
    const y = new Float64Array(2)
    let least = Number.POSITIVE_INFINITY
    for (let t = 0; t <= 40; t += 0.05) {
      trajectory.state(t, y)
      least = Math.min(least, y[0]!)
    }
    expect(least).toBeGreaterThan(1 - 1e-6)
    expect(doses).toBeGreaterThan(8)
    expect(doses).toBeLessThan(25)
  })
})

const still: System = { dimension: 1, derivative: (_t, _y, d) => d.fill(0) }
const clock: System = { dimension: 1, derivative: (_t, _y, d) => d.fill(1) }
const wait = { system: still, t0: 0, y0: Float64Array.of(1), t1: 100 }
const oneStep = { initialStep: 100 }

describe('roots', () => {
  it.each([
    [30, 31],
    [30, 30.1],
    [0.1, 0.2],
    [99.9, 99.95],
    [24, 26],
    [49.99, 50.01],
  ])('two within a step, at %s and %s, are both found', (a, b) => {
    const seen: number[] = []
    const condition = {
      value: (t: number) => (t - a) * (t - b),
      apply: (t: number) => {
        seen.push(t)
      },
    }
    const { outcome } = integrate(wait, 'auto', oneStep, { conditions: [condition] })
    expect(outcome.status).toBe('finished')
    expect(seen.length).toBe(2)
    expect(seen[0]).toBeCloseTo(a, 10)
    expect(seen[1]).toBeCloseTo(b, 10)
    for (const [direction, at] of [
      [-1, a],
      [1, b],
    ] as const) {
      const only = integrate(wait, 'auto', oneStep, { conditions: [{ value: condition.value, direction }] })
      expect(only.outcome.status).toBe('event')
      expect(only.outcome.t).toBeCloseTo(at, 10)
    }
  })

  it('that only come near are none', () => {
    const conditions = [{ value: (t: number) => (t - 30) * (t - 30) + 1e-6 }]
    expect(integrate(wait, 'auto', oneStep, { conditions }).outcome.status).toBe('finished')
  })

  it('at the end of a step, of the run, and at an event are found', () => {
    for (const at of [25, 50, 100]) {
      const outcome = integrate(
        { ...wait, system: clock, y0: Float64Array.of(0), events: [{ t: 50, apply: () => {} }] },
        'auto',
        oneStep,
        { conditions: [{ value: (t) => t - at }] },
      ).outcome
      expect(outcome.status).toBe('event')
      expect(outcome.t).toBeCloseTo(at, 10)
    }
  })

  it('of several conditions happen in order of time, and at one time in the order of the list', () => {
    const seen: string[] = []
    const at = (name: string, t: number): RootCondition => ({
      value: (_t, y) => y[0]! - t,
      apply: () => void seen.push(name),
    })
    const conditions = [at('d', 60), at('b', 20), at('c', 60), at('a', 10), at('e', 60)]
    const { outcome } = integrate({ ...wait, system: clock, y0: Float64Array.of(0) }, 'auto', oneStep, { conditions })
    expect(outcome.status).toBe('finished')
    expect(seen).toEqual(['a', 'b', 'd', 'c', 'e'])
  })

  it('at one time: what ends the run waits for those before it in the list', () => {
    const seen: string[] = []
    const value = (_t: number, y: Float64Array) => y[0]! - 60
    const conditions = [
      { value, apply: () => void seen.push('first') },
      { value },
      { value, apply: () => void seen.push('late') },
    ]
    const { outcome } = integrate({ ...wait, system: clock, y0: Float64Array.of(0) }, 'auto', oneStep, { conditions })
    expect(outcome).toMatchObject({ status: 'event', index: 1 })
    expect(seen).toEqual(['first'])
  })

  it('set off each other: a reset that takes another condition across zero', () => {
    const seen: string[] = []
    const conditions: RootCondition[] = [
      {
        value: (_t, y) => y[0]! - 200,
        apply: () => void seen.push('jumped'),
      },
      {
        value: (_t, y) => y[0]! - 60,
        apply: (_t, y) => {
          seen.push('reached')
          y[0] = 300
        },
      },
    ]
    const { outcome } = integrate({ ...wait, system: clock, y0: Float64Array.of(0) }, 'auto', oneStep, { conditions })
    expect(outcome.status).toBe('finished')
    expect(seen).toEqual(['reached', 'jumped'])
  })

  it('and events at the same time all happen, roots first', () => {
    const seen: string[] = []
    const { outcome, trajectory } = integrate(
      { ...wait, system: clock, y0: Float64Array.of(0), events: [{ t: 50, apply: () => void seen.push('event') }] },
      'auto',
      oneStep,
      { conditions: [{ value: (t) => t - 50, apply: () => void seen.push('root') }] },
    )
    expect(outcome.status).toBe('finished')
    expect(seen).toEqual(['root', 'event'])
    expect([...trajectory.eventTimes]).toEqual([50])
  })

  it('a reset that leaves a state that is not a number is a failure', () => {
    const { outcome } = integrate({ ...wait, system: clock, y0: Float64Array.of(0) }, 'auto', oneStep, {
      conditions: [
        {
          value: (t) => t - 5,
          apply: (_t, y) => {
            y[0] = Number.NaN
          },
        },
      ],
    })
    expect(outcome).toMatchObject({
      status: 'failed',
      reason: 'non-finite',
      message: expect.stringContaining('root condition 0'),
    })
  })
})

/** A ball thrown up with velocity p0 under gravity p1: y = (height, velocity). */
function thrown(p: readonly [number, number]): SensitivitySystem {
  return {
    dimension: 2,
    parameterCount: 2,
    derivative(_t, y, d) {
      d[0] = y[1]!
      d[1] = -p[1]
    },
    jacobian: (_t, _y, J) => J.set([0, 1, 0, 0]),
    timeDerivative: (_t, _y, out) => out.fill(0),
    tangent(_t, _y, s, out) {
      out[0] = s[1]!
      out[1] = 0
      out[2] = s[3]!
      out[3] = -1
    },
    linearize: () => {},
    jacobianTangent: (_s, _k, out) => out.fill(0),
    timeTangent: (_s, out) => out.fill(0),
  }
}

describe.each(methods.filter(({ kind }) => kind !== 'collocation'))(
  'sensitivities through a bounce with $name',
  (method: Method) => {
    const problem = (p: readonly [number, number]) => ({
      system: thrown(p),
      t0: 0,
      y0: Float64Array.of(0.5, p[0]),
      t1: 4,
    })
    const condition: RootCondition = {
      value: (_t, y) => y[0]!,
      direction: -1,
      apply: (_t, y, s) => {
        y[1] = -0.7 * y[1]!
        if (s === null) return
        s[1] = -0.7 * s[1]!
        s[3] = -0.7 * s[3]!
      },
      gradient: (_t, _y, out) => {
        out.fill(0)
        out[0] = 1
      },
    }

    it('agree with central differences', () => {
      const p = [6, 9.81] as const
      const at = [1, 1.5, 2.2, 3.1, 4]
      const carried = integrate({ ...problem(p), sensitivities: Float64Array.of(0, 1, 0, 0) }, method, control, {
        conditions: [condition],
      })
      expect(carried.outcome.status).toBe('finished')
      expect(carried.trajectory.eventTimes.length).toBeGreaterThan(2)
      const step = 1e-6
      const y = new Float64Array(2)
      const s = new Float64Array(4)
      const solve = (q: readonly [number, number], t: number) => {
        integrate(problem(q), method, control, { conditions: [condition] }).trajectory.state(t, y)
        return [...y]
      }
      for (const t of at) {
        carried.trajectory.sensitivities(t, s)
        for (const j of [0, 1]) {
          const up = solve([p[0] + (j === 0 ? step : 0), p[1] + (j === 1 ? step : 0)], t)
          const down = solve([p[0] - (j === 0 ? step : 0), p[1] - (j === 1 ? step : 0)], t)
          for (const i of [0, 1]) expect(s[2 * j + i]).toBeCloseTo((up[i]! - down[i]!) / (2 * step), 5)
        }
      }
    })

    it('need the gradient', () => {
      const { gradient: _, ...without } = condition
      const carried = { ...problem([6, 9.81]), sensitivities: Float64Array.of(0, 1, 0, 0) }
      expect(() => integrate(carried, method, control, { conditions: [without] })).toThrow('give its gradient')
    })
  },
)

describe('a deadline', () => {
  const busy = { system: fall, t0: 0, y0: Float64Array.of(1, 0), t1: 1e3 }

  it('ends the run with what it has', () => {
    let now = 5
    const { outcome, statistics } = integrate(
      busy,
      'auto',
      { maxStep: 1 },
      { deadline: { milliseconds: 20, clock: () => now++ } },
    )
    expect(outcome).toMatchObject({ status: 'failed', reason: 'deadline' })
    expect(statistics.steps).toBeGreaterThan(100)
    expect(statistics.steps).toBeLessThan(200)
    if (outcome.status === 'failed') expect(outcome.message).toMatch(/^the run took longer than 20 ms and reached t = /)
  })

  it('that does not come changes nothing', () => {
    const with_ = integrate(busy, 'auto', {}, { deadline: { milliseconds: 1e9, clock: () => 0 } })
    const without = integrate(busy, 'auto', {})
    expect(with_.trajectory.knots).toEqual(without.trajectory.knots)
    expect(with_.outcome).toEqual(without.outcome)
  })
})
