export type { ComputePool, RunOptions } from './compute-pool.ts'
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
} from './protocol.ts'
