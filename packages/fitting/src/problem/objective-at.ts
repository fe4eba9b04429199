import type { Evaluated } from '../search/residual-problem.ts'
import type { FitProblem } from './fit-problem.ts'
import { evaluateAt } from './model-residuals.ts'
import { resolveProblem } from './resolve-problem.ts'
import { valueVector } from './value-vector.ts'

/** The objective that `fit` minimises; NaN with the reason where it cannot be evaluated. */
export interface ObjectiveValue {
  readonly objective: number
  /** Its derivatives with respect to the values of the estimated parameters, in their order. */
  readonly gradient: Float64Array
  readonly reason: string
}

/** The objective at given values of the estimated parameters (start values where absent), for instance published ones. */
export function objectiveAt(problem: FitProblem, values: Readonly<Record<string, number>> = {}): ObjectiveValue {
  // as a fit does it: with sensitivities, for the same bits
  const evaluation = evaluateAt(resolveProblem(problem), valueVector(problem, values), { derivatives: true })
  const dimension = problem.estimated.length
  if (evaluation.status === 'evaluated') {
    return { objective: evaluation.objective, gradient: gradientOf(evaluation, dimension), reason: '' }
  }
  const gradient = new Float64Array(dimension).fill(NaN)
  return { objective: NaN, gradient, reason: evaluation.status === 'failed' ? evaluation.reason : 'stopped' }
}

/** ∇F = 2 Wᵀr. */
function gradientOf({ rows, residuals, jacobian }: Evaluated, dimension: number): Float64Array {
  const gradient = new Float64Array(dimension)
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < dimension; j++) gradient[j] = gradient[j]! + 2 * jacobian[i * dimension + j]! * residuals[i]!
  }
  return gradient
}
