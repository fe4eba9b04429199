export type { ComputePool, RunOptions } from './compute-pool.ts'
export { type BrowserPoolOptions, createPool } from './create-pool.ts'
export { exposeWorker } from './expose-worker.ts'
export { fitSubjects } from './fit-subjects.ts'
export type { JobHooks, JobRunner, TaskHooks } from './job-hooks.ts'
export { createModelCache, type ModelCache, type ModelLookup } from './model-cache.ts'
export { poolSession } from './pool-session.ts'
export { PopulationSummarizer, type PopulationSummary } from './population-summary.ts'
export type {
  Answer,
  AnswerTo,
  BootstrapAnswer,
  BootstrapJob,
  FitAnswer,
  FitEachAnswer,
  FitEachJob,
  FitJob,
  Job,
  PopulationAnswer,
  PopulationJob,
  ProfileAnswer,
  ProfileJob,
  Progress,
  Refusal,
  Result,
  Scenario,
  SensitivitiesAnswer,
  SensitivitiesJob,
  SimulateAnswer,
  SimulateJob,
  SolverSettings,
  SubjectOutcome,
} from './protocol.ts'
export type { PopulationOptions } from './run-chunks.ts'
export { runJob } from './run-job.ts'
export { runPopulation } from './run-population.ts'
export { runProfiles } from './run-profiles.ts'
export { runReplicates } from './run-replicates.ts'
export { solverMethods, solverOptions } from './solver-options.ts'
export { type SummaryOptions, summarizePopulation } from './summarize-population.ts'
