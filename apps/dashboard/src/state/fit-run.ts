import type { FitEachJob, FitJob } from '@cartkin/compute'
import type {
  FitIteration,
  FitPrediction,
  FitResult,
  IndividualFit,
  SteeredIteration,
  Waterfall,
} from '@cartkin/fitting'
import type { FitSetting } from './fit-setting.ts'

/** A fit and all that it was made from. Its results stay with it, whatever is changed on the page. */
export interface FitRun {
  /** Counted from 1 on this page: "Fit 3". */
  readonly number: number
  /** When it was begun, milliseconds since 1970. */
  readonly at: number
  readonly setting: FitSetting
  readonly job: FitJob | FitEachJob
}

/** How far the fit of one patient is. */
export interface PatientProgress {
  /** Place of the search among those of the patient, from 0. */
  readonly search: number
  readonly iteration: FitIteration
}

export interface RunningFit {
  readonly kind: 'running'
  readonly run: FitRun
  /** Iterations of every search so far; one for a fit from the sliders alone. */
  readonly searches: readonly (readonly SteeredIteration[])[]
  /** Where patients are fitted each alone: those begun, and how many are done. */
  readonly patients: ReadonlyMap<string, PatientProgress>
  readonly done: number
  /** On the clock of `performance.now()`. */
  readonly began: number
  readonly phase: 'running' | 'pausing' | 'paused' | 'stopping'
  /** What was done to it, and what could not be, in words; the newest last. */
  readonly log: readonly string[]
}

export type FitState =
  | { readonly kind: 'none' }
  | RunningFit
  | FinishedFit
  | { readonly kind: 'failed'; readonly run: FitRun; readonly message: string }

export interface FinishedFit {
  readonly kind: 'done'
  readonly run: FitRun
  readonly searches: RunningFit['searches']
  readonly results: FitResults
  readonly seconds: number
  readonly log: readonly string[]
}

export type FitResults = PooledResults | IndividualResults

export interface PooledResults {
  readonly kind: 'pooled'
  /** One for each start. */
  readonly fits: readonly FitResult[]
  readonly best: FitResult
  /** How the starts stand to each other; null where there is one. */
  readonly falls: Waterfall | null
  /** The same at the values that it began with; null while it is computed, or where it cannot be. */
  readonly before: FitResult | null
}

export interface IndividualResults {
  readonly kind: 'individual'
  readonly fits: readonly IndividualFit[]
  /** Whether it was stopped before all were done. */
  readonly stopped: boolean
}

/** Estimates by parameter name. */
export function estimates(result: FitResult): Readonly<Record<string, number>> {
  const held = result.steering?.held.map(({ name, value }) => [name, value] as const) ?? []
  return Object.fromEntries([...held, ...result.estimates.map(({ name, estimate }) => [name, estimate] as const)])
}

/** Observed and predicted values of all subjects, those of a patient by its own estimates. */
export function allPredictions(results: FitResults): readonly FitPrediction[] {
  if (results.kind === 'pooled') return results.best.predictions
  return results.fits.flatMap((fit) => (fit.status === 'fitted' ? fit.result.predictions : []))
}

/** The fit that a subject's predictions are of; null where there is none. */
export function resultOf(results: FitResults, subject: string): FitResult | null {
  if (results.kind === 'pooled') return results.best
  const found = results.fits.find(({ id }) => id === subject)
  return found?.status === 'fitted' ? found.result : null
}

/** The mode in which a fit of these is made: as chosen, else as is usual for the model; medians have no subjects. */
export function fitMode({ opened, choices, data }: FitSetting): 'pooled' | 'individual' {
  if (data.kind === 'medians') return 'pooled'
  return choices.fit.mode ?? (opened.fitting?.individual === true && data.subjects.length > 1 ? 'individual' : 'pooled')
}
