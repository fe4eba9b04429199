import { integrate, tsit5 } from 'ode-ts'
import { nonstiffProblems } from './problems/nonstiff.ts'
import { achievedError, type BenchmarkProblem, reference } from './problems/problem.ts'
import { odex } from './rivals/odex.ts'
import type { Question, Row } from './row.ts'
import { timeAlternating } from './time-alternating.ts'

/** A solver under test: values at the problem's outputs for a relative tolerance. */
export type Solver = (problem: BenchmarkProblem, rtol: number) => Float64Array

const ours: Solver = (problem, rtol) => {
  const n = problem.y0.length
  const { trajectory } = integrate(
    {
      system: { dimension: n, derivative: problem.derivative },
      t0: 0,
      y0: Float64Array.from(problem.y0),
      t1: problem.times.at(-1)!,
    },
    tsit5,
    { rtol, atol: Float64Array.from(problem.floor, (floor) => rtol * floor) },
  )
  const values = new Float64Array(n * problem.times.length)
  for (const [k, t] of problem.times.entries()) {
    trajectory.state(Math.min(t, trajectory.end), values.subarray(k * n, (k + 1) * n))
  }
  return values
}

/** The tolerance at which a solver's error is just below the target: the first of a sweep of half decades. */
function toleranceFor(solver: Solver, problem: BenchmarkProblem, exact: Float64Array, target: number) {
  for (let rtol = 1e-2; rtol > 1e-13; rtol /= Math.sqrt(10)) {
    const error = achievedError(problem, solver(problem, rtol), exact)
    if (error <= target) return { rtol, error }
  }
  return null
}

/**
 * Time at matched achieved error on nonstiff problems, plain TypeScript right-hand sides for both.
 */
export const workPrecision: Question = {
  name: 'work-precision',
  asks: 'How long does one solve take at the same achieved error?',
  async run({ quick }) {
    const rows: Row[] = []
    for (const problem of nonstiffProblems) {
      const exact = reference(problem.name)
      for (const target of quick ? [1e-4] : [1e-3, 1e-4, 1e-6, 1e-8]) {
        const mine = toleranceFor(ours, problem, exact, target)
        const theirs = toleranceFor(odex, problem, exact, target)
        if (mine === null || theirs === null) continue
        const time = timeAlternating(
          () => ours(problem, mine.rtol),
          () => odex(problem, theirs.rtol),
          quick ? 5 : 15,
        )
        rows.push({
          question: 'work-precision',
          problem: problem.name,
          method: 'tsit5',
          rival: 'odex',
          ratio: time.ratio,
          ours: time.ours,
          theirs: time.theirs,
          unit: 'µs',
          achievedError: target,
          bar: target >= 1e-4 ? 3 : Number.NaN,
        })
      }
    }
    return rows
  },
}
