import type {
  BootstrapKind,
  BootstrappedFit,
  BootstrapResult,
  FitCommand,
  FitEvent,
  FitIteration,
  FitProblem,
  FitResult,
  FitSearch,
  IndividualFit,
  ParameterProfile,
  ProfiledFit,
  SteeringOptions,
  SubjectPlan,
} from '@cartkin/fitting'
import type { Diagnostic, SharedModel } from '@cartkin/model'
import type {
  ColumnTable,
  CovariateInTime,
  DecidedDose,
  DecisionRule,
  EndpointDefinition,
  EndpointValue,
  EventRecord,
  ExtinctionRule,
  ListedPopulation,
  MissingInput,
  ObservationKey,
  RandomEffectsPopulation,
  RecordRules,
  Regimen,
  StartState,
  VirtualPopulation,
} from '@cartkin/simulation'
import type { Outcome, Statistics } from 'ode-ts'

/** Everything that crosses a thread is declared here: what survives structuredClone; buffers are moved. */

/** Solver options as data. */
export interface SolverSettings {
  /** One of `solverMethods` ('auto'). */
  readonly method?: string
  readonly rtol?: number
  readonly atol?: number
  readonly atolByState?: Readonly<Record<string, number>>
  readonly maxStep?: number
  readonly maxSteps?: number
  readonly recordRules?: RecordRules
}

/** A model and what is done to a subject. */
export interface Scenario {
  readonly text: string
  /** Values that differ from the text's, and those of its inputs. */
  readonly parameters: Readonly<Record<string, number>>
  /** Parameters that change during the course. */
  readonly covariates?: readonly CovariateInTime[]
  /** Doses: a regimen (expanded at the subject's parameters) or explicit records. */
  readonly doses: { readonly regimen: Regimen } | { readonly records: readonly EventRecord[] }
  /** By which doses are decided while the course unfolds, after those of the regimen (none). */
  readonly rules?: readonly DecisionRule[]
  /** Cells that may die out by chance: drawn for virtual patients; of a single subject the probability alone is found (none). */
  readonly extinction?: ExtinctionRule
  /** Where the run begins at the latest. */
  readonly start: number
  /** The state it begins in (x(0) of the text). */
  readonly startState?: StartState
  readonly solver?: SolverSettings
}

export interface SimulateJob extends Scenario {
  readonly kind: 'simulate'
  readonly times: Float64Array
  /** Rows of the table: one per time (where absent), or one per EVID 0 record up to the last time, in record order. */
  readonly rows?: 'times' | 'records'
  /** Whether the table gets a column of simulated observations for each residual error of the model, and whose (none). */
  readonly observations?: ObservationKey
  readonly endpoints: readonly EndpointDefinition[]
}

export interface SimulateAnswer {
  readonly kind: 'simulate'
  /** `time`, states, outputs; then simulated observations, where they were wanted. */
  readonly table: ColumnTable
  readonly endpoints: readonly EndpointValue[]
  /** Times at which something was given. */
  readonly doseTimes: Float64Array
  /** Doses that rules decided, in the order of the decisions; absent where there are no rules. */
  readonly decided?: readonly DecidedDose[]
  /** What was given and when, up to the end: the records of the job or its regimen, with the doses decided. */
  readonly records: readonly EventRecord[]
  readonly outcome: Outcome
  readonly statistics: Statistics
  readonly milliseconds: number
}

/** Forward sensitivities of a subject's course. */
export interface SensitivitiesJob extends Scenario {
  readonly kind: 'sensitivities'
  readonly times: Float64Array
  /** Parameters by which the course is differentiated, and quantities of which. */
  readonly varied: readonly string[]
  readonly quantities: readonly string[]
}

export interface SensitivitiesAnswer {
  readonly kind: 'sensitivities'
  /** The parameters that were followed, in the order of the job, and their values. */
  readonly varied: readonly string[]
  readonly at: Float64Array
  /** values[q] is `quantities[q]` by the time; NaN where the run did not reach. */
  readonly values: readonly Float64Array[]
  /** derivatives[q] is ∂`quantities[q]`/∂p, varied × times, parameter by parameter; NaN where the run did not reach. */
  readonly derivatives: readonly Float64Array[]
  /** Parameters that cannot be followed, and why. */
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[]
  readonly outcome: Outcome
  readonly milliseconds: number
}

/** Subjects `from` … `from + count − 1` of a virtual population, or `count` subjects that are listed. */
export interface PopulationJob extends Scenario {
  readonly kind: 'population'
  readonly population: VirtualPopulation | RandomEffectsPopulation | ListedPopulation
  readonly seed: number
  readonly from: number
  readonly count: number
  readonly times: Float64Array
  /** Quantities whose courses are kept; simulated observations among them, by the names of `observationQuantities`. */
  readonly quantities: readonly string[]
  readonly endpoints: readonly EndpointDefinition[]
  /** Whether the answer brings the compiled model (false). */
  readonly share?: boolean
}

export interface PopulationAnswer {
  readonly kind: 'population'
  readonly from: number
  readonly count: number
  /** courses[q] is count × times, subject-major, of `quantities[q]`; NaN where a subject's run did not reach. */
  readonly courses: readonly Float64Array[]
  /** count × endpoints, subject-major. */
  readonly endpoints: Float64Array
  /** Drawn parameter values, count × population.parameters (then ties), subject-major, and their names. */
  readonly parameters: Float64Array
  readonly parameterNames: readonly string[]
  /** One per subject. */
  readonly outcomes: readonly SubjectOutcome[]
  /** Draws dropped by each filter of the population before the one kept, count × filters, subject-major; absent where there are no filters. */
  readonly dropped?: Uint32Array
  /** Of each subject, the doses that rules decided; absent where there are no rules. */
  readonly decided?: readonly (readonly DecidedDose[])[]
  /** Where the job asked for it: the model with the kernels that these subjects needed. */
  readonly shared?: SharedModel
}

/** How a subject's run ended; 'crashed' where it brought down its worker twice. */
export type SubjectOutcome = Outcome | { readonly status: 'crashed'; readonly message: string }

/** A fit; the problem without its compiled model, which the worker makes from the text. */
export interface FitJob {
  readonly kind: 'fit'
  readonly text: string
  readonly problem: Omit<FitProblem, 'model' | 'solver' | 'parameters'> & {
    readonly parameters: Readonly<Record<string, number>>
  }
  readonly solver?: SolverSettings
  /** How the minimum is sought ('trust-region'). */
  readonly search?: FitSearch
  readonly maxIterations?: number
  /** Makes it a fit that is steered: it tells its events in place of plain iterations, and takes commands. */
  readonly steering?: SteeringOptions
}

export interface FitAnswer {
  readonly kind: 'fit'
  readonly result: FitResult
}

/** A fit of every subject of the problem alone. */
export interface FitEachJob extends Omit<FitJob, 'kind' | 'steering'> {
  readonly kind: 'fit-each'
  /** In what subjects depart from the problem, by their ids (nothing). */
  readonly plans?: ReadonlyMap<string, SubjectPlan>
  /** Whether every parameter gets its profile (false). */
  readonly profiles?: boolean
  /** Whether every iteration of every search is told (false). */
  readonly iterations?: boolean
}

export interface FitEachAnswer {
  readonly kind: 'fit-each'
  /** One per subject, in the order of the problem. */
  readonly fits: readonly IndividualFit[]
}

/** Profile likelihoods of the parameters named, beginning at a fit of the problem. */
export interface ProfileJob extends Omit<FitJob, 'kind' | 'search' | 'maxIterations' | 'steering'> {
  readonly kind: 'profile'
  readonly fit: ProfiledFit
  readonly parameters: readonly string[]
  readonly level?: number
  readonly variance?: 'estimated' | 'known'
  /** Where other searches of the problem ended: profiles look for other valleys from there (none). */
  readonly others?: readonly (readonly number[])[]
}

export interface ProfileAnswer {
  readonly kind: 'profile'
  /** One per parameter, in the order of the job. */
  readonly profiles: readonly ParameterProfile[]
}

/** Replicates `from` … `from + replicates − 1` of a bootstrap of a fit. */
export interface BootstrapJob extends Omit<FitJob, 'kind' | 'search' | 'maxIterations' | 'steering'> {
  readonly kind: 'bootstrap'
  readonly fit: BootstrappedFit
  readonly resample: BootstrapKind
  readonly from: number
  readonly replicates: number
  readonly seed: number
  readonly level?: number
}

export interface BootstrapAnswer {
  readonly kind: 'bootstrap'
  readonly result: BootstrapResult
}

export type Job = SimulateJob | SensitivitiesJob | PopulationJob | FitJob | FitEachJob | ProfileJob | BootstrapJob
export type Result =
  | SimulateAnswer
  | SensitivitiesAnswer
  | PopulationAnswer
  | FitAnswer
  | FitEachAnswer
  | ProfileAnswer
  | BootstrapAnswer

/** The answer that belongs to a job. */
export type AnswerTo<J extends Job> = Extract<Result, { readonly kind: J['kind'] }>

/** What a job tells while it runs. */
export type Progress =
  | { readonly kind: 'subjects'; readonly done: number; readonly total: number }
  | { readonly kind: 'profiles' | 'replicates'; readonly done: number; readonly total: number }
  | { readonly kind: 'iteration'; readonly iteration: FitIteration }
  /** Of a fit that is steered. */
  | { readonly kind: 'steering'; readonly event: FitEvent }
  /** Of a fit of every subject alone; `search` is its place among those of the subject. */
  | {
      readonly kind: 'subject-iteration'
      readonly id: string
      readonly search: number
      readonly iteration: FitIteration
    }
  /** A command that fits of every subject alone do not take. */
  | { readonly kind: 'refused'; readonly command: FitCommand; readonly message: string }

/** Failures cross as values. */
export type Refusal =
  /** The model text has errors. */
  | { readonly status: 'bad-model'; readonly diagnostics: readonly Diagnostic[] }
  /** Something in the job cannot be: an unknown parameter, a time out of order. */
  | { readonly status: 'bad-job'; readonly message: string }
  /** Inputs of the model that neither its text nor the job gives a value, with their places in the text. */
  | { readonly status: 'missing-inputs'; readonly inputs: readonly MissingInput[]; readonly message: string }
  | { readonly status: 'cancelled' }
  /** The worker died or fell silent, twice. */
  | { readonly status: 'crashed'; readonly message: string }

export type Answer<R = Result> = { readonly status: 'ok'; readonly result: R } | Refusal
