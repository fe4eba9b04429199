import { integrate, integrateEnsemble, integrateOnGrid, methods, type RootCondition, type System } from 'ode-ts'
import { describe, expect, it } from 'vitest'

const limits = [0.3, 0.300001, 0.71]

/** A sawtooth of slopes: x runs evenly, and the slope of z changes wherever x passes a limit. */
const system: System = {
  dimension: 3,
  derivative(_t, y, d) {
    d[0] = 1
    d[1] = y[0]! < limits[0]! ? 1 : y[0]! < limits[1]! ? -5 : y[0]! < limits[2]! ? 2 : 0
    // follows the slope at once: the error estimate of a stiff method does not see the jump
    d[2] = 1e5 * (d[1]! - y[2]!)
  },
}
const exact = (t: number) =>
  Math.min(t, 0.3) - 5 * Math.min(Math.max(t - 0.3, 0), 1e-6) + 2 * Math.min(Math.max(t - 0.300001, 0), 0.409999)
const conditions = (jumps: boolean): RootCondition[] =>
  limits.map((limit) => ({ value: (_t, y) => limit - y[0]!, apply: () => {}, jumps }))
const problem = { system, t0: 0, y0: Float64Array.of(0, 0, 1), t1: 2 }
const control = { rtol: 1e-6, atol: 1e-9 }
const stiff = methods.filter(({ kind }) => kind !== 'explicit')

describe.each([...stiff.map((method) => [method.name, method] as const), ['auto', 'auto'] as const])(
  'a right-hand side that jumps at roots, with %s',
  (_name, method) => {
    const solution = integrate(problem, method, control, { conditions: conditions(true) })

    it('is exact on either side of every jump', () => {
      expect(solution.outcome.status).toBe('finished')
      const y = new Float64Array(3)
      for (const t of [0.1, 0.29999, 0.3, 0.3000005, 0.31, 0.7, 0.72, 1.5, 2]) {
        solution.trajectory.state(t, y)
        expect(Math.abs(y[1]! - exact(t)), `at ${t}`).toBeLessThan(2e-9)
      }
    })

    it('has a knot at every jump, few steps, and steps that follow one another', () => {
      const { knots } = solution.trajectory
      for (const limit of limits) {
        const nearest = Math.min(...Array.from(knots, (knot) => Math.abs(knot - limit)))
        expect(nearest).toBeLessThan(1e-12)
      }
      expect(solution.statistics.steps).toBeLessThan(300)
      for (let i = 1; i < knots.length; i++) expect(knots[i]).toBeGreaterThan(knots[i - 1]!)
    })

    it('gives a grid the same values', () => {
      const times = Float64Array.from({ length: 41 }, (_, k) => k / 20)
      const y = new Float64Array(3)
      const receive = (index: number, state: Float64Array) => {
        solution.trajectory.state(times[index]!, y, 'before')
        expect([...state]).toEqual([...y])
      }
      integrateOnGrid(problem, { times, receive }, method, control, { conditions: conditions(true) })
    })
  },
)

it('two subjects in lanes have the bits of each alone', () => {
  const [method] = stiff
  const times = Float64Array.of(0.5, 1, 2)
  const run = (starts: readonly number[]) => {
    const values: number[][] = starts.map(() => [])
    integrateEnsemble(
      starts.map((start, k) => ({
        problem: { ...problem, y0: Float64Array.of(start, 0, 1) },
        output: { times, receive: (_: number, y: Float64Array) => void values[k]!.push(...y) },
        stopping: { conditions: conditions(true) },
      })),
      method!,
      control,
      () => {},
    )
    return values
  }
  expect(run([0, 0.1])).toEqual([...run([0]), ...run([0.1])])
})

describe.each(methods.map((method) => [method.name, method] as const))(
  'a jump that is large for the tolerance, with %s',
  (_name, method) => {
    /** Nothing is in z until x falls below the limit; then it fills at once with rates far above its tolerance. */
    const filling = (limit: number): System => ({
      dimension: 2,
      derivative(_t, y, d) {
        d[0] = -0.05 * y[0]!
        d[1] = y[0]! < limit ? 1.6e6 * (1 - y[1]! / 4e8) : 0
      },
    })
    const starts = Array.from({ length: 40 }, (_, k) => 2.38 * (1 + 0.01 * k))

    it.each([1, -1])('is met where it is, whichever the sign of its condition: %d', (sign) => {
      for (const limit of starts) {
        const above: RootCondition = { value: (_t, y) => sign * (y[0]! - limit), apply: () => {}, jumps: true }
        const { outcome, trajectory } = integrate(
          { system: filling(limit), t0: 0, y0: Float64Array.of(131.1, 0), t1: 365 },
          method,
          control,
          { conditions: [above] },
        )
        expect(outcome.status, `limit ${limit}`).toBe('finished')
        const root = 20 * Math.log(131.1 / limit)
        const knot = Math.min(...Array.from(trajectory.knots, (t) => Math.abs(t - root)))
        expect(knot, `limit ${limit}`).toBeLessThan(1e-3)
        const y = new Float64Array(2)
        trajectory.state(365, y)
        expect(Math.abs(y[1]! / (4e8 * -Math.expm1((-1.6e6 / 4e8) * (365 - root))) - 1)).toBeLessThan(1e-4)
      }
    })
  },
)

it('a jump is met on its far side: the right-hand side there is the new one', () => {
  // x is exactly on the limit at t = 1
  const edge: System = {
    dimension: 2,
    derivative(_t, y, d) {
      d[0] = -1
      d[1] = y[0]! < 1 ? 1e9 : 0
    },
  }
  const below: RootCondition = { value: (_t, y) => y[0]! - 1, apply: () => {}, jumps: true }
  for (const method of methods) {
    const { outcome, trajectory, statistics } = integrate(
      { system: edge, t0: 0, y0: Float64Array.of(2, 0), t1: 3 },
      method,
      control,
      { conditions: [below] },
    )
    expect(outcome.status, method.name).toBe('finished')
    expect(statistics.steps, method.name).toBeLessThan(100)
    const y = new Float64Array(2)
    trajectory.state(3, y)
    expect(Math.abs(y[1]! / 2e9 - 1), method.name).toBeLessThan(1e-12)
  }
})

describe('a jump that every error estimate sees, of a state that was nought', () => {
  // in days and cells: at 1e-9 cells no step is short enough to cross a jump of 1e8 a day
  const starts = Array.from({ length: 40 }, (_, k) => 1 + 0.37 * k)
  const all = [...methods.map((method) => [method.name, method] as const), ['auto', 'auto'] as const]

  it.each(all)('is crossed by %s', (_name, method) => {
    for (const start of starts) {
      const recovering: System = {
        dimension: 2,
        derivative(_t, y, d) {
          d[0] = -0.7 * y[0]!
          d[1] = y[0]! < 0.4 ? 1e8 : 0
        },
        // differences would see the jump from afar
        jacobian(_t, _y, out) {
          out.set([-0.7, 0, 0, 0])
        },
        timeDerivative(_t, _y, out) {
          out.fill(0)
        },
      }
      const { outcome, trajectory } = integrate(
        { system: recovering, t0: 0, y0: Float64Array.of(start, 0), t1: 100 },
        method,
        { rtol: 1e-6, atol: 1e-9, maxSteps: 5000 },
        { conditions: [{ value: (_t, y) => 0.4 - y[0]!, apply: () => {}, jumps: true }] },
      )
      expect(outcome.status, `from ${start}`).toBe('finished')
      const y = new Float64Array(2)
      const crossing = Math.log(start / 0.4) / 0.7
      trajectory.state(crossing - 1e-4, y)
      expect(Math.abs(y[1]!)).toBeLessThan(1e-3)
      for (const t of [crossing + 0.5, 50, 100]) {
        trajectory.state(t, y)
        expect(Math.abs(y[1]! / (1e8 * (t - crossing)) - 1)).toBeLessThan(2e-5)
      }
    }
  })

  it('ends a run that slides along it, as neither side leads away', () => {
    const sliding: System = {
      dimension: 1,
      derivative(_t, y, d) {
        d[0] = y[0]! < 0.4 ? 1 : -1
      },
    }
    const { outcome } = integrate(
      { system: sliding, t0: 0, y0: Float64Array.of(1), t1: 2 },
      'auto',
      { rtol: 1e-6, atol: 1e-9, maxSteps: 5000 },
      { conditions: [{ value: (_t, y) => 0.4 - y[0]!, apply: () => {}, jumps: true }] },
    )
    expect(outcome.status).toBe('failed')
  })
})
