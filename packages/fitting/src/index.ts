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
