export { type FitOptions, fit } from './fit.ts'
export type { Endpoint, EstimatedParameter, FitObservation, FitProblem, FitSubject } from './fit-problem.ts'
export type {
  CollinearSet,
  FitIteration,
  FitOutcome,
  FitPrediction,
  FitResult,
  ParameterEstimate,
} from './fit-result.ts'
export { type ErrorLaw, type Measurement, type ObservationTerm, observationTerm, type TermRow } from './likelihood.ts'
export { type ObjectiveValue, objectiveAt } from './objective-at.ts'
export { predictions } from './predictions.ts'
export type { Evaluated, Evaluation, ResidualProblem } from './residual-problem.ts'
export {
  type TrustRegionIteration,
  type TrustRegionOptions,
  type TrustRegionResult,
  trustRegion,
} from './trust-region.ts'
