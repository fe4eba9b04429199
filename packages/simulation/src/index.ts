export type { Column, ColumnTable } from './column-table.ts'
export { type CoursePercentiles, CourseQuantiles, quantileBytes } from './course-quantiles.ts'
export type { EndpointDefinition, EndpointValue } from './endpoint.ts'
export { endpoints } from './endpoints.ts'
export { type EventRecord, isDose, type Subject } from './event-record.ts'
export { gridTable } from './grid-table.ts'
export { type MissingInput, MissingInputError, missingInputs, missingInputText } from './missing-inputs.ts'
export { knownParameters, parameterVector } from './parameter-vector.ts'
export type { PopulationParameter, RandomEffectsPopulation, VirtualPopulation } from './population.ts'
export { type Quantity, quantities } from './quantities.ts'
export { recordTable } from './record-table.ts'
export type { Regimen, RegimenDose } from './regimen.ts'
export { regimenParameters, regimenRecords } from './regimen-records.ts'
export { RunMemory } from './run-memory.ts'
export { samplePopulation } from './sample-population.ts'
export { randomEffectsOf, sampleRandomEffects } from './sample-random-effects.ts'
export { type SubjectRun, type SubjectSimulation, simulateSubject } from './simulate-subject.ts'
export {
  type ObservationKey,
  observationQuantities,
  observationSources,
  simulateObservations,
} from './simulated-observations.ts'
export { simulationStart } from './simulation-start.ts'
export type { SolverOptions } from './solver-options.ts'
export { codedParameters, textLevels } from './text-levels.ts'
export { timeGrid } from './time-grid.ts'
