import type { Evaluation, ResidualProblem } from '../search/residual-problem.ts'

/** A residual problem in all coordinates but one, which is held. */
export interface HeldProblem {
  readonly problem: ResidualProblem
  /** The derivative of the objective with respect to the held coordinate at an evaluation of `problem`. */
  readonly slopeAt: (evaluation: Evaluation) => number
}

/** Holds coordinate `held` at `value`. */
export function heldCoordinate(whole: ResidualProblem, held: number, value: number): HeldProblem {
  const slopes = new WeakMap<Evaluation, number>()
  const n = whole.dimension
  const problem: ResidualProblem = {
    ...whole,
    dimension: n - 1,
    lower: withoutEntry(whole.lower, held),
    upper: withoutEntry(whole.upper, held),
    longestStep: withoutEntry(whole.longestStep, held),
    evaluate: (x, derivatives = true) => {
      const evaluation = whole.evaluate(withEntry(x, held, value), derivatives)
      if (evaluation.status !== 'evaluated' || !derivatives) return evaluation
      const { jacobian, residuals, rows } = evaluation
      const reduced = new Float64Array(rows * (n - 1))
      let slope = 0
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < n - 1; j++) reduced[i * (n - 1) + j] = jacobian[i * n + (j < held ? j : j + 1)]!
        slope += 2 * jacobian[i * n + held]! * residuals[i]!
      }
      const answer = { ...evaluation, jacobian: reduced }
      slopes.set(answer, slope)
      return answer
    },
  }
  return { problem, slopeAt: (evaluation) => slopes.get(evaluation) ?? NaN }
}

export function withoutEntry(values: Float64Array, place: number): Float64Array {
  return values.filter((_, j) => j !== place)
}

export function withEntry(values: Float64Array, place: number, value: number): Float64Array {
  const all = new Float64Array(values.length + 1)
  all.set(values.subarray(0, place))
  all[place] = value
  all.set(values.subarray(place), place + 1)
  return all
}
