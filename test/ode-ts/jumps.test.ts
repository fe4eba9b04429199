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
