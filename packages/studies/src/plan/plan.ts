import type { SolverSettings } from '@cartkin/compute'
import type { EstimatedParameter, FitSearch, Prior, StartOptions, SteeringLog, Tie } from '@cartkin/fitting'
import type {
  EndpointDefinition,
  PlausibilityFilter,
  RegimenDocument,
  VirtualPopulation,
  WrittenRule,
} from '@cartkin/simulation'
import type { BlqMethod } from '../fit/below-quantification.ts'
import type { UncertaintyPlan } from '../uncertainty/uncertainty-plan.ts'
import type { DataReading } from './data-reading.ts'
import type { SensitivityLines } from './sensitivity-lines.ts'
import type { PlannedStart } from './start-of.ts'

/** A study as its file says it, checked: steps in order, each named, later ones reading the results of earlier ones. */
export interface Plan {
  readonly name: string
  readonly title: string
  readonly summary: string
  /** Seed of everything drawn. */
  readonly seed: number
  readonly solver: SolverSettings
  readonly steps: readonly Step[]
}

export type Step =
  | SimulateStep
  | PopulationStep
  | SensitivityStep
  | CompareStep
  | FitStep
  | IndividualsStep
  | ExploreStep
  | IdentifiabilityStep
  | PredictiveCheckStep
  | CompareFitsStep
  | TargetsStep
  | ReportStep

/** A model of the library by its id, or a file of model text beside the plan, and what is done to the patient. */
interface Treatment {
  readonly model: string
  /** A course of the library model beside its default one: its regimen and its parameter values, as far as none are given here. */
  readonly scenario?: string
  /** Absent: the library model's own; 'none': nothing. */
  readonly regimen?: RegimenDocument | 'none'
  /** By which doses are decided while the course unfolds, beside those of the regimen: `NAME-decisions.arrow` and `.csv`. */
  readonly rules?: readonly WrittenRule[]
  readonly parameters: Readonly<Record<string, number | string>>
  /** Inputs and parameters that change during the course, by name. */
  readonly covariates?: Readonly<Record<string, PlannedCovariate>>
  readonly times: Float64Array
  /** What is read off beside the endpoints of the library model. */
  readonly endpoints: readonly EndpointDefinition[]
  /** Where and in which state the run begins; absent: where the library model begins or 0, with x(0) of the text. */
  readonly start?: PlannedStart
}

/** Values from times on; what the model says of the name (`linear(WT)`) comes before the interpolation given here. */
interface PlannedCovariate {
  readonly times: readonly number[]
  readonly values: readonly (number | string)[]
  readonly interpolation: 'locf' | 'nocb' | 'midpoint'
}

/** One patient: `NAME.arrow` with time, states and outputs, `NAME-endpoints.arrow` where the model has endpoints. */
export interface SimulateStep extends Treatment {
  readonly kind: 'simulate'
  /** Whether a column of simulated observations is added for each residual error of the model. */
  readonly observations: boolean
  readonly name: string
}

/**
 * Virtual patients: `NAME-endpoints.arrow` (one row each), `NAME-bands.arrow` (percentiles by time) and, where there are
 * filters, `NAME-filters.arrow` and `.csv` (draws that each dropped).
 */
export interface PopulationStep extends Treatment {
  readonly kind: 'population'
  readonly name: string
  readonly subjects: number
  /** Absent: the library model's own. */
  readonly population?: VirtualPopulation
  /** What patients must be like, beside the filters of the population. */
  readonly filters: readonly PlausibilityFilter[]
  readonly quantities: readonly string[]
}

/**
 * What inputs do to endpoints: `NAME.arrow`, `NAME.csv` and `NAME.json`; by the method local also `NAME-courses.arrow`, exact
 * sensitivities over the times.
 */
export interface SensitivityStep extends Treatment, SensitivityLines {
  readonly kind: 'sensitivity'
  readonly name: string
}

/** Simulations side by side: `NAME.arrow` and `NAME.csv`, endpoints in columns. */
export interface CompareStep {
  readonly kind: 'compare'
  readonly name: string
  /** Names of simulate steps with what they are called; the first is the reference. */
  readonly courses: Readonly<Record<string, string>>
  /** Names of the endpoints that are compared; absent: all. */
  readonly endpoints?: readonly string[]
}

/**
 * A fit from one or more starts: `NAME.arrow` (estimates), `NAME-predictions.arrow`, `NAME.json`; where its uncertainty is wanted, `NAME-intervals`,
 * `NAME-profiles`, `NAME-bootstrap` and `NAME-replicates`, each `.arrow` and `.csv`.
 */
export interface FitStep {
  readonly kind: 'fit'
  readonly name: string
  /** A fit of the library, or an own one. */
  readonly problem: 'axi-cel' | OwnFit
  /** Factors on the starting values; each is one fit. */
  readonly starts: readonly number[]
  /** In place of the factors: the given start and others drawn about it, or between the bounds, by the seed of the plan. */
  readonly multiStart?: Omit<StartOptions, 'seed'>
  /** How each minimum is sought; absent: 'trust-region', by exact sensitivities. */
  readonly search?: FitSearch
  /** Commands that the search takes at their iterations, where it has one start: `NAME-steering.json` says those taken (none). */
  readonly steering?: SteeringLog
  /** Profiles and bootstrap of the best fit (none). */
  readonly uncertainty?: UncertaintyPlan
  /** Absent: 500, or 1000 for each estimated parameter without derivatives. */
  readonly maxIterations?: number
}

/**
 * A fit of every patient alone: `NAME.csv` and `.arrow` (patients and parameters), `NAME-predictions.csv` and `.arrow`, `NAME.json`.
 * What a library model's own note says is estimated and observed holds where the problem does not say it.
 */
export interface IndividualsStep {
  readonly kind: 'individuals'
  readonly name: string
  readonly problem: OwnFit
  /** Whether every parameter of every patient gets its profile likelihood: `NAME-profiles.csv` and `.arrow`. */
  readonly profiles: boolean
  /**
   * How many searches of each patient begin at drawn starts, by the seed of the plan and alike for every patient, in place of the twelve of
   * library models and beside what is read off the data: about the patient's start, or between the bounds, as without `spread` for
   * library models. The given start counts as one of them.
   */
  readonly multiStart?: Omit<StartOptions, 'seed'>
  /** How each minimum is sought, and its most iterations: as in `FitStep`. */
  readonly search?: FitSearch
  readonly maxIterations?: number
}

export interface OwnFit {
  readonly model: string
  readonly regimen?: RegimenDocument | 'none'
  readonly start?: PlannedStart
  readonly parameters: Readonly<Record<string, number | string>>
  /** Event data beside the plan. */
  readonly data: string
  /** Unit of the times in the data; absent: what their header says, or that of the model. */
  readonly timeUnit?: string
  /** How the data are read, where they do not say it themselves. */
  readonly reading?: DataReading
  /** Which quantity each text of the column of endpoints means; others are left out. Absent: names and numbers of endpoints. */
  readonly observe?: Readonly<Record<string, string>>
  readonly estimate: readonly EstimateLine[]
  /** Parameters that are always a multiple of an estimated one, by name. */
  readonly ties?: Readonly<Record<string, Tie>>
  /** Absent: the residual error lines of the model text. */
  readonly endpoints?: readonly EndpointLine[]
  /** What is made of values below the limit of quantification; absent: M3. */
  readonly blq?: BlqMethod
}

export interface EstimateLine {
  readonly name: string
  readonly start?: number
  readonly lower?: number
  readonly upper?: number
  /** Absent: log where the start is positive and the bounds allow it, else linear. */
  readonly scale?: EstimatedParameter['scale']
  /** Normal on the scale: `mean` in the parameter's unit, `sd` on the scale. */
  readonly prior?: Prior
}

export interface EndpointLine {
  readonly quantity: string
  /**
   * combined: variances add up (combined 2), combined1: standard deviations. least-squares: the sum of squares of the residuals as
   * they are, with one variance for all, which is not estimated but read off the residuals (n − p degrees of freedom).
   */
  readonly error: 'log' | 'additive' | 'proportional' | 'power' | 'combined' | 'combined1' | 'least-squares'
  /** Residuals with a t distribution; its degrees of freedom are estimated where none are given. */
  readonly distribution?: { readonly kind: 't'; readonly df?: number }
}

/** Data before any model: `NAME.arrow` and `.csv`, summaries by endpoint, group and nominal time. */
export interface ExploreStep {
  readonly kind: 'explore'
  readonly name: string
  /** Event data beside the plan. */
  readonly data: string
  readonly reading?: DataReading
  /** Unit of the times; absent: what their header says. */
  readonly timeUnit?: string
  /** Column of the groups; absent: the dose. */
  readonly by?: string
  /** Column of nominal times; absent: one of the usual names, else bins of times. */
  readonly nominal?: string
  /** Of what was observed; absent: by its span. */
  readonly scale?: 'linear' | 'log'
}

/** What data can tell of the parameters at their starts, before any fit: `NAME.arrow`, `.csv` and `.json`. */
export interface IdentifiabilityStep {
  readonly kind: 'identifiability'
  readonly name: string
  /** As of a fit. */
  readonly problem: OwnFit
}

/** A visual predictive check, the design of the data simulated by the seed of the plan: `NAME.arrow`, `.csv` and `.json`. */
export interface PredictiveCheckStep {
  readonly kind: 'predictive-check'
  readonly name: string
  readonly model: string
  /** Residual errors of a model that has none, as its text would have them: `{ C: lnorm(0.5) }`. */
  readonly errors?: Readonly<Record<string, string>>
  /** A fit step whose estimates and fixed values are used, and its residual errors where the text has none; `parameters` stand above them. */
  readonly fit?: string
  /** Event data beside the plan, with what they do not say themselves as in `OwnFit`. */
  readonly data: string
  readonly timeUnit?: string
  readonly reading?: DataReading
  readonly observe?: Readonly<Record<string, string>>
  readonly regimen?: RegimenDocument | 'none'
  readonly start?: PlannedStart
  readonly parameters: Readonly<Record<string, number | string>>
  readonly replicates: number
  /** Number of bins of time, or the times between them; absent: about as many as a subject has observations, 15 at most. */
  readonly bins?: number | readonly number[]
  /** Column of the data whose texts or numbers (beyond eight: halves at the median) are checked by themselves. */
  readonly stratify?: string
  /** Whether observations and replicates are carried to the typical prediction of their bin (false). */
  readonly predictionCorrected?: boolean
  /** Of the observed quantity; absent: by its span. */
  readonly scale?: 'linear' | 'log'
}

/** Fits of the same data side by side: `NAME.arrow` and `.csv` with AIC and BIC, `NAME-tests` with likelihood ratio tests. */
export interface CompareFitsStep {
  readonly kind: 'compare-fits'
  readonly name: string
  /** Names of fit steps with what they are called. */
  readonly fits: Readonly<Record<string, string>>
}

/** Published values held against ours: `NAME.arrow` and `NAME.csv`. */
export interface TargetsStep {
  readonly kind: 'targets'
  readonly name: string
  /** Studies by the names that begin the targets' metrics: `lupus`, `lupus_vpop`, `oncology`, `stein`, … */
  readonly models: readonly string[]
  /** The population step that `lupus_vpop` is computed from. */
  readonly population?: string
}

/** One self-contained page, `NAME.html`. */
export interface ReportStep {
  readonly kind: 'report'
  readonly name: string
  /** Findings above the sections: endpoints of courses that a comparison has. */
  readonly highlights: readonly ReportHighlight[]
  readonly sections: readonly ReportSection[]
}

export interface ReportHighlight {
  /** A compare step. */
  readonly of: string
  readonly endpoint: string
  /** A course of the comparison, by the name of its step. */
  readonly course: string
  /** Absent: what the endpoint is called. */
  readonly label?: string
}

export interface ReportSection {
  readonly title: string
  readonly text: string
  /** The step that the section shows. */
  readonly of: string
  /** Of a simulation, a comparison or a population: what is drawn, one figure each; absent: the panels of the library model. */
  readonly quantities?: readonly string[]
  /** Of a population: endpoints whose distribution is drawn. */
  readonly distributions?: readonly string[]
  readonly scale?: 'linear' | 'log'
  /** Of a comparison: what the curves are: the values, or what they differ by from the reference. */
  readonly show: 'values' | 'difference' | 'ratio'
  /** First and last time drawn. */
  readonly from?: number
  readonly to?: number
  /** Least value drawn on a logarithmic axis, and largest value drawn, where courses fall or grow by orders of magnitude. */
  readonly least?: number
  readonly most?: number
}
