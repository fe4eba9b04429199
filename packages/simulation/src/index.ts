export { hasClosedForm } from './course/has-closed-form.ts'
export { knownParameters, parameterVector } from './course/parameter-vector.ts'
export { type Quantity, quantities } from './course/quantities.ts'
export { RunMemory } from './course/run-memory.ts'
export { type SubjectSimulation, simulateSubject } from './course/simulate-subject.ts'
export { simulationStart } from './course/simulation-start.ts'
export type { RecordRules, SolverOptions } from './course/solver-options.ts'
export type { StartState } from './course/start-state.ts'
export type { SubjectRun } from './course/subject-run.ts'
export type { CovariateInTime } from './covariates/covariate-in-time.ts'
export { type MissingInput, MissingInputError, missingInputs, missingInputText } from './covariates/missing-inputs.ts'
export { codedParameters, textLevels } from './covariates/text-levels.ts'
export { unfollowedParameters } from './decisions/decision-checks.ts'
export type {
  Bound,
  DecidedDose,
  DecisionCondition,
  DecisionDose,
  DecisionRule,
  Holding,
} from './decisions/decision-rule.ts'
export { decisionTable } from './decisions/decision-table.ts'
export type { WrittenDose, WrittenGift } from './decisions/gift-text.ts'
export { type DecidedCourse, simulateWithRules } from './decisions/simulate-with-rules.ts'
export { RuleTextError, readRule, type WrittenRule } from './decisions/written-rule.ts'
export {
  type AnalysedCourse,
  cellPoints,
  drugFigures,
  drugPoints,
  type UsedPoint,
} from './nca/analysed-course.ts'
export type { BelowRule, BelowRules, CoursePoint } from './nca/below-quantification.ts'
export { type AplasiaName, type AplasiaOptions, cellAplasia } from './nca/cell-aplasia.ts'
export { type CellularKinetics, cellularKinetics, type KineticsOptions } from './nca/cellular-kinetics.ts'
export type { Concentration } from './nca/concentration.ts'
export type { Expansion } from './nca/expansion.ts'
export type { Figure } from './nca/figure.ts'
export { type KineticsName, kineticsQuantities } from './nca/kinetics-quantities.ts'
export type { LogLine } from './nca/log-line.ts'
export { type NcaOptions, type NcaResult, nca } from './nca/nca.ts'
export type { NcaDose } from './nca/nca-dose.ts'
export { type NcaName, ncaQuantities, type SteadyStateName, steadyStateQuantities } from './nca/nca-quantities.ts'
export { type FigureSummary, ncaSummary, ncaSummaryTable, ncaTable, usedPointsTable } from './nca/nca-tables.ts'
export type { NcaUnits } from './nca/nca-units.ts'
export {
  type GivenDose,
  givenDoses,
  type ObservedCourse,
  observedCourses,
  seriesOfDose,
} from './nca/observed-courses.ts'
export { type KineticsStarts, startsFromKinetics } from './nca/starts-from-kinetics.ts'
export type { TerminalChoice, TerminalSlope } from './nca/terminal-slope.ts'
export type { AreaMethod, TimedValue } from './nca/trapezoid.ts'
export type { Decline, DeclinePhase } from './nca/two-phase-decline.ts'
export { type CoursePercentiles, CourseQuantiles, quantileBytes } from './populations/course-quantiles.ts'
export type { DrawKey } from './populations/draw-key.ts'
export { listedSubject } from './populations/listed-subject.ts'
export { droppedDraws, filterText, Plausibility } from './populations/plausibility.ts'
export type { DroppedDraws, PlausibilityFilter } from './populations/plausibility-filter.ts'
export type {
  ListedPopulation,
  PopulationParameter,
  RandomEffectsPopulation,
  VirtualPopulation,
} from './populations/population.ts'
export { samplePopulation } from './populations/sample-population.ts'
export { randomEffectsOf, sampleRandomEffects } from './populations/sample-random-effects.ts'
export {
  type ObservationKey,
  observationQuantities,
  observationSources,
  simulateObservations,
} from './populations/simulated-observations.ts'
export { type Occasions, type SubjectEffects, subjectEffects } from './populations/subject-effects.ts'
export { type EventRecord, isDose, type Subject } from './records/event-record.ts'
export { expandRecords } from './records/expand-records.ts'
export { RecordError } from './records/record-error.ts'
export { amountDerivatives } from './regimens/amount-derivatives.ts'
export { expandDocument } from './regimens/expand-document.ts'
export { type ExpandedRegimen, expandRegimen, regimenTimeUnit } from './regimens/expand-regimen.ts'
export type { GivenAmount, Milestone, Regimen, RegimenDose } from './regimens/regimen.ts'
export type {
  CountedCells,
  PatientQuantities,
  RegimenDocument,
  RegimenItem,
  TimeText,
} from './regimens/regimen-document.ts'
export type { RegimenIssue } from './regimens/regimen-issues.ts'
export type { RegimenModel } from './regimens/regimen-patient.ts'
export { readTime } from './regimens/regimen-quantity.ts'
export { recordsWith, regimenAmount, regimenParameters, regimenRecords } from './regimens/regimen-records.ts'
export { type CellCount, type RegimenTotal, regimenTotals } from './regimens/regimen-totals.ts'
export { renameRegimen } from './regimens/rename-regimen.ts'
export type { Column, ColumnTable } from './results/column-table.ts'
export { type ColumnMaker, columnsOf } from './results/columns-of.ts'
export type { EndpointDefinition, EndpointValue } from './results/endpoint.ts'
export { endpoints } from './results/endpoints.ts'
export { gridTable } from './results/grid-table.ts'
export { recordTable } from './results/record-table.ts'
export { timeGrid } from './results/time-grid.ts'
export { BirthDeathCourse, type BirthDeathRates } from './stochastic/birth-death-course.ts'
export { drawEndPhase, type EndPhaseKey } from './stochastic/draw-end-phase.ts'
export { type EndPhase, endPhase } from './stochastic/end-phase.ts'
export type { DrawnExtinction, ExtinctionOutcome, ExtinctionRule } from './stochastic/extinction-rule.ts'
export { type ExtinctionCourse, simulateWithExtinction } from './stochastic/simulate-with-extinction.ts'
