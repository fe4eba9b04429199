import type { RunMemory } from '@cartkin/simulation'
import type { FitPrediction } from '../fit-result.ts'
import type { FitProblem } from './fit-problem.ts'
import { evaluateAt } from './model-residuals.ts'
import { type ResolvedProblem, resolveProblem } from './resolve-problem.ts'
import { valueVector } from './value-vector.ts'

/**
 * Observed and predicted at given values of the estimated parameters (start values where absent), in problem order.
 * Where a subject cannot be simulated or an observation has no likelihood, its predictions are NaN.
 */
export function predictions(
  problem: FitProblem,
  values: Readonly<Record<string, number>> = {},
): readonly FitPrediction[] {
  return predictionsAt(resolveProblem(problem), valueVector(problem, values))
}

/** As `predictions`, for a problem already resolved, with runs in `memory` (memory of their own). */
export function predictionsAt(
  resolved: ResolvedProblem,
  values: Float64Array,
  memory?: RunMemory,
): readonly FitPrediction[] {
  return resolved.subjects.flatMap((own) => {
    const { subject } = own
    const predicted = new Float64Array(subject.observations.length).fill(NaN)
    const weighted = new Float64Array(subject.observations.length).fill(NaN)
    // subject by subject, so that one that fails leaves the others readable
    evaluateAt({ ...resolved, subjects: [own] }, values, {
      derivatives: false,
      ...(memory !== undefined && { memory }),
      onTerm: (_, k, f, term) => {
        predicted[k] = f
        weighted[k] = term.ok ? term.weightedResidual : NaN
      },
    })
    return subject.observations.map(
      ({ endpoint, time, value, censored }, k): FitPrediction => ({
        subject: subject.id,
        quantity: resolved.endpoints[endpoint]!.endpoint.quantity,
        time,
        observed: value,
        predicted: predicted[k]!,
        weightedResidual: weighted[k]!,
        censored: censored ?? null,
      }),
    )
  })
}
