import type { LibraryModel, Scenario, TargetCheck } from '@cartkin/cart-models'
import type { FitEachJob, FitJob, PopulationSummary, SimulateAnswer } from '@cartkin/compute'
import type {
  CheckedBin,
  FitResult,
  FitSubject,
  Identifiability,
  IndividualFit,
  SteeringLog,
  Waterfall,
} from '@cartkin/fitting'
import type { Model } from '@cartkin/model'
import type { ColumnTable, DroppedDraws, EndpointDefinition, Regimen } from '@cartkin/simulation'
import type { DataRemark, ExploredData } from '@cartkin/tables'
import type { FitComparison } from '../fit/compare-fits.ts'
import type { CheckedEndpoint } from '../predictive-check/checked-endpoint.ts'
import type { SensitivityFindings } from '../sensitivity/sensitivity-findings.ts'
import type { SearchPlan } from '../subjects/noted-plan.ts'
import type { FitUncertainty } from '../uncertainty/fit-uncertainty.ts'

/** A file of the result, by its plain name. */
export interface ResultFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** The model a step worked with. */
export interface ModelSource {
  /** Library id, or the file beside the plan. */
  readonly id: string
  readonly text: string
  readonly model: Model
  readonly library: LibraryModel | null
}

/** What a step found, for the steps after it. */
export type StepResult =
  | SimulateStepResult
  | CompareStepResult
  | {
      readonly kind: 'population'
      readonly source: ModelSource
      readonly regimen: Regimen
      readonly answer: PopulationSummary
      /** By each plausibility filter. */
      readonly dropped: readonly DroppedDraws[]
      readonly times: Float64Array
      readonly quantities: readonly string[]
      readonly endpoints: readonly EndpointDefinition[]
    }
  | FitStepResult
  | SensitivityStepResult
  | IndividualsStepResult
  | ExploreStepResult
  | IdentifiabilityStepResult
  | PredictiveCheckStepResult
  | CompareFitsStepResult
  | { readonly kind: 'targets'; readonly checks: readonly (TargetCheck & { readonly unit: string })[] }

export interface SimulateStepResult {
  readonly kind: 'simulate'
  readonly source: ModelSource
  readonly regimen: Regimen
  /** Values of parameters that the step gave. */
  readonly parameters: Readonly<Record<string, number>>
  /** What is known of those that came from a scenario of the library. */
  readonly notes: NonNullable<Scenario['notes']>
  readonly answer: SimulateAnswer
  readonly endpoints: readonly EndpointDefinition[]
}

export interface SensitivityStepResult extends SensitivityFindings {
  readonly kind: 'sensitivity'
  readonly source: ModelSource
}

/** Simulations side by side; the first is the reference. */
export interface CompareStepResult {
  readonly kind: 'compare'
  readonly courses: readonly { readonly name: string; readonly label: string; readonly result: SimulateStepResult }[]
  readonly rows: readonly ComparedEndpoint[]
}

/** An endpoint of all courses. */
export interface ComparedEndpoint {
  readonly name: string
  readonly label: string
  readonly unit: string
  /** How it is compared: times, logarithms and scales without a zero by difference. */
  readonly change: 'difference' | 'ratio'
  /** One per course; NaN where it is not defined there. */
  readonly values: readonly number[]
  /** Why values are missing. */
  readonly note: string
}

export interface FitStepResult {
  readonly kind: 'fit'
  readonly source: ModelSource
  readonly job: FitJob
  readonly fits: readonly {
    /** Factor on the starting values; null where the start was drawn. */
    readonly factor: number | null
    /** What the start is called: `values × 2`, `start 3`. */
    readonly label: string
    readonly result: FitResult
    readonly trace: readonly TracePoint[]
  }[]
  /** Place in `fits` of the lowest objective. */
  readonly best: number
  /** Where starts were drawn: which ended at the same place. */
  readonly waterfall?: Waterfall
  /** Of the best fit. */
  readonly uncertainty: FitUncertainty
  /** Objective at the starting values themselves (the published ones, in a fit of the library); NaN where undefined. */
  readonly reference: number
  /** Course of every subject at the best estimates. */
  readonly courses: readonly { readonly id: string; readonly table: ColumnTable }[]
  readonly attribution: string
  /** How the times of the data became those of the model; empty where they are the same. */
  readonly timeNote: string
  /** What else was done to the data. */
  readonly dataNotes: readonly string[]
  /** What was taken from the library model's note on how it is fitted; empty where nothing was. */
  readonly fittingNote: string
  /** What became of values below quantification; empty where there are none. */
  readonly blqNote: string
  /** How it was steered, and what that means for the estimates. */
  readonly steeringNotes: readonly string[]
  /** That the fit was begun anew at a better point that a profile came upon; empty where it was not. */
  readonly refitNote: string
}

/** Patients fitted each alone. */
export interface IndividualsStepResult {
  readonly kind: 'individuals'
  readonly source: ModelSource
  /** Of the patients that could be tried. */
  readonly job: FitEachJob
  /** All patients of the data, in their order; `fits` has one entry for each. */
  readonly subjects: readonly FitSubject[]
  readonly fits: readonly IndividualFit[]
  /** What was particular to each patient, by id. */
  readonly plans: ReadonlyMap<string, SearchPlan>
  /** What was wrong with data before the fit. */
  readonly remarks: readonly DataRemark[]
  /** Course of every fitted patient at its estimates. */
  readonly courses: readonly { readonly id: string; readonly table: ColumnTable }[]
  readonly notes: readonly string[]
}

/** Data before any model. */
export interface ExploreStepResult {
  readonly kind: 'explore'
  readonly data: ExploredData
  /** What was understood of the file. */
  readonly notes: readonly string[]
  readonly timeUnit: string
  readonly doseUnit: string
  readonly scale: 'linear' | 'log' | undefined
}

/** What data can tell before a fit. */
export interface IdentifiabilityStepResult {
  readonly kind: 'identifiability'
  readonly source: ModelSource
  readonly check: Extract<Identifiability, { readonly status: 'evaluated' }>
}

/** A visual predictive check. */
export interface PredictiveCheckStepResult {
  readonly kind: 'predictive-check'
  /** With the residual errors that the step gave. */
  readonly source: ModelSource
  readonly checked: readonly CheckedEndpoint[]
  /** The same in numbers, as `NAME.json` has them. */
  readonly endpoints: readonly {
    readonly quantity: string
    /** Absent where all are checked together. */
    readonly stratum?: string
    readonly observations: number
    readonly below: number
    readonly lloq: number | null
    /** Observed percentiles, and those within the interval of the replicates. */
    readonly percentiles: number
    readonly inside: number
    readonly bins: readonly CheckedBin[]
  }[]
  readonly replicates: number
  /** Whether anything but residual errors was drawn. */
  readonly hasPopulation: boolean
  /** Column whose values are the strata. */
  readonly groupedBy: string | undefined
  readonly scale: 'linear' | 'log' | undefined
  /** About the data. */
  readonly notes: readonly string[]
  /** Runs that failed, and why the first did. */
  readonly failed: number
  readonly reason: string
}

/** Fits of the same data side by side. */
export interface CompareFitsStepResult extends FitComparison {
  readonly kind: 'compare-fits'
}

export interface TracePoint {
  readonly iteration: number
  readonly objective: number
}

/** What running a step gives. */
export interface StepOutput {
  readonly result: StepResult | null
  readonly files: readonly ResultFile[]
  /** Runs by how they ended. */
  readonly status: Readonly<Record<string, number>>
  readonly models: readonly ModelSource[]
  readonly data?: { readonly file: string; readonly bytes: Uint8Array }
  /** Conditions under which data in the result may be used. */
  readonly licences: readonly string[]
  /** Of a fit that was steered while it ran: all commands that it took. */
  readonly steering?: SteeringLog
}
