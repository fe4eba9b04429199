import { Solver as Odex } from 'odex'
import type { Solver } from '../work-precision.ts'

/** odex 2 (npm): Gragg–Bulirsch–Stoer extrapolation, stopped at every output. */
export const odex: Solver = (problem, rtol) => {
  const n = problem.y0.length
  const values = new Float64Array(n * problem.times.length)
  const y = new Float64Array(n)
  const dydt = new Float64Array(n)
  let state = [...problem.y0]
  let t = 0
  const derivative = (time: number, at: number[]) => {
    y.set(at)
    problem.derivative(time, y, dydt)
    return Array.from(dydt)
  }
  for (const [k, next] of problem.times.entries()) {
    const solver = new Odex(n)
    solver.relativeTolerance = rtol
    solver.absoluteTolerance = rtol * Math.max(...problem.floor)
    solver.denseOutput = false
    solver.maxSteps = 100_000
    state = solver.solve(derivative, t, state, next).y
    values.set(state, k * n)
    t = next
  }
  return values
}
