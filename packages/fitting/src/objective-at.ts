import type { FitProblem } from './fit-problem.ts'
import { evaluateAt } from './model-residuals.ts'
import { resolveProblem } from './resolve-problem.ts'
import { valueVector } from './value-vector.ts'

/** The objective that `fit` minimises; NaN with the reason where it cannot be evaluated. */
export interface ObjectiveValue {
  readonly objective: number
  readonly reason: string
}

/** The objective at given values of the estimated parameters (start values where absent), for instance published ones. */
export function objectiveAt(problem: FitProblem, values: Readonly<Record<string, number>> = {}): ObjectiveValue {
  // as a fit does it: with sensitivities, for the same bits
  const evaluation = evaluateAt(resolveProblem(problem), valueVector(problem, values), { derivatives: true })
  if (evaluation.status === 'evaluated') return { objective: evaluation.objective, reason: '' }
  return { objective: NaN, reason: evaluation.status === 'failed' ? evaluation.reason : 'stopped' }
}
