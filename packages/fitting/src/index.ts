export {
  type BootstrapOptions,
  type BootstrappedParameter,
  type BootstrapReplicate,
  type BootstrapResult,
  bootstrap,
  summarizeBootstrap,
} from './bootstrap/bootstrap.ts'
export { checkBootstrap } from './bootstrap/check-bootstrap.ts'
export type { BootstrapKind, BootstrappedFit } from './bootstrap/resampler.ts'
export { type ComparedFit, type LikelihoodRatio, likelihoodRatio } from './diagnostics/likelihood-ratio.ts'
export { type NormalQuantile, normalQuantiles } from './diagnostics/normal-quantiles.ts'
export { predictionCorrection } from './diagnostics/prediction-correction.ts'
export { type ReplicatedFit, residualReplicates } from './diagnostics/residual-replicates.ts'
export { type TimeBin, timeBins, timeBinsBetween } from './diagnostics/time-bins.ts'
export {
  type CheckedBin,
  type CheckedPercentile,
  type CheckedValue,
  type PredictiveCheck,
  rankQuantile,
  visualPredictiveCheck,
} from './diagnostics/visual-predictive-check.ts'
export { type FitOptions, type FitSearch, fit } from './fit.ts'
export type {
  CollinearSet,
  FitIteration,
  FitOutcome,
  FitPrediction,
  FitResult,
  ParameterEstimate,
  SteeringRecord,
  TiedEstimate,
} from './fit-result.ts'
export {
  type FitEachOptions,
  fitEach,
  type IndividualFit,
  type Search,
  type SubjectPlan,
} from './individuals/fit-each.ts'
export { type Identification, identifications, unidentifiedText } from './individuals/identifications.ts'
export { plansFault } from './individuals/plans-fault.ts'
export type { ErrorDistribution } from './likelihood/error-distribution.ts'
export type { ErrorLaw } from './likelihood/error-law.ts'
export {
  type Measurement,
  type ObservationTerm,
  observationTerm,
  type TermRow,
} from './likelihood/observation-term.ts'
export { type ResidualScale, type ScaleFunctions, scaleEnds, scaleFunctions } from './likelihood/residual-scale.ts'
export { type MultiStartResult, multiStart, startedAt } from './multi-start.ts'
export type {
  Endpoint,
  EstimatedParameter,
  FitObservation,
  FitProblem,
  FitSubject,
  Prior,
  Tie,
} from './problem/fit-problem.ts'
export { type ObjectiveValue, objectiveAt } from './problem/objective-at.ts'
export { predictions } from './problem/predictions.ts'
export type { ParameterProfile, ProfileEnd, ProfilePoint } from './profiles/parameter-profile.ts'
export { type ProfiledFit, type ProfileOptions, profile } from './profiles/profile.ts'
export { waldCurve } from './profiles/wald-curve.ts'
export { type NelderMeadOptions, nelderMead } from './search/nelder-mead.ts'
export type { Evaluated, Evaluation, ResidualProblem } from './search/residual-problem.ts'
export { type StartOptions, startPoints } from './search/start-points.ts'
export {
  type TrustRegionIteration,
  type TrustRegionOptions,
  type TrustRegionResult,
  trustRegion,
} from './search/trust-region.ts'
export { type StartGroup, type Waterfall, waterfall } from './search/waterfall.ts'
export { type InputSpace, parameterSpace, populationSpace } from './sensitivity/input-space.ts'
export {
  type LocalCourse,
  type LocalProblem,
  type LocalResult,
  localSensitivity,
} from './sensitivity/local-sensitivity.ts'
export {
  type MorrisEffect,
  type MorrisOptions,
  type MorrisOutput,
  type MorrisResult,
  morris,
} from './sensitivity/morris.ts'
export type { InputDistribution, SensitivityInput } from './sensitivity/sensitivity-input.ts'
export type { EvaluatedRows, EvaluateRows, Interval, SensitivityOptions } from './sensitivity/sensitivity-runs.ts'
export { type SobolOptions, type SobolResult, sobol } from './sensitivity/sobol.ts'
export type { SobolIndex, SobolOutput, SobolPair } from './sensitivity/sobol-indices.ts'
export { type TornadoBar, type TornadoOutput, type TornadoResult, tornado } from './sensitivity/tornado.ts'
export { type FitControl, fitControl } from './steering/fit-control.ts'
export type { FitEvent, SteeredIteration, SteeredValue, TimeLeft } from './steering/fit-event.ts'
export { type FitSession, fitSession, type SessionHooks, sessionOf } from './steering/fit-session.ts'
export { notPausing, type Pauses, pausedBy } from './steering/paused-by.ts'
export { replay, type SteeredFitOptions, type SteeringOptions, steerFit } from './steering/steer-fit.ts'
export { type HeldParameter, type SteeredParts, steeredParts, steeredProblem } from './steering/steered-problem.ts'
export {
  checkLog,
  commandText,
  type FitCommand,
  type ProblemCommand,
  type SteeringCommand,
  type SteeringEntry,
  type SteeringLog,
} from './steering/steering-command.ts'
export { type DrawnEstimates, drawEstimates, type EstimatedWithCovariance } from './uncertainty/draw-estimates.ts'
export { drawObservation } from './uncertainty/draw-observation.ts'
export { type ExpectedEstimate, type Identifiability, identifiability } from './uncertainty/identifiability.ts'
export { type Sandwich, sandwich } from './uncertainty/sandwich.ts'
