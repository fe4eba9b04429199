export type { ComputePool, RunOptions } from './compute-pool.ts'
export { type BrowserPoolOptions, createPool } from './create-pool.ts'
export { exposeWorker } from './expose-worker.ts'
export type { JobHooks, JobRunner, TaskHooks } from './job-hooks.ts'
export { createModelCache, type ModelCache, type ModelLookup } from './model-cache.ts'
export type {
  Answer,
  AnswerTo,
  FitAnswer,
  FitJob,
  Job,
  PopulationAnswer,
  PopulationJob,
  Progress,
  Refusal,
  Result,
  Scenario,
  SimulateAnswer,
  SimulateJob,
  SolverSettings,
  SubjectOutcome,
} from './protocol.ts'
export { runJob } from './run-job.ts'
export { type PopulationOptions, runPopulation } from './run-population.ts'
export { solverMethods, solverOptions } from './solver-options.ts'
