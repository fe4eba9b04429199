/** Rows that charts are made from: plain objects, small (at most some thousand). */

/** A point of a curve. */
export interface CourseRow {
  readonly time: number
  readonly value: number
  /** Curve it belongs to: a quantity, a scenario, a subject. */
  readonly series: string
}

/** Percentiles of a population at one time. */
export interface BandRow {
  readonly time: number
  readonly p5: number
  readonly p25: number
  readonly p50: number
  readonly p75: number
  readonly p95: number
}

/** A published or measured value with its range. */
export interface ObservationRow {
  readonly time: number
  readonly value: number
  /** Equal to value where no range is known. */
  readonly lower: number
  readonly upper: number
  readonly series: string
  readonly label: string
  readonly source: string
  /** 'left': the true value lies below `value` (a limit of quantification); 'right': above. Drawn as a triangle. */
  readonly censored?: 'left' | 'right'
}

export interface Axis {
  readonly title: string
  readonly unit: string
  readonly scale: 'linear' | 'log'
  readonly domain?: readonly [number, number]
}

/** A dose, marked at the foot of a chart. */
export interface DoseRow {
  readonly time: number
  /** What was given: `fludarabine 30 mg/m²`. */
  readonly label: string
}

/** An observation with its prediction. */
export interface PredictionRow {
  readonly time: number
  readonly observed: number
  readonly predicted: number
  /** (observed − predicted)/sd on the residual scale; NaN for censored rows. */
  readonly residual: number
  readonly series: string
  readonly subject: string
}

/** One measure of how much an input matters, with its interval (NaN where there is none). */
export interface ImportanceRow {
  readonly input: string
  /** `Total`, `First order`, … */
  readonly measure: string
  readonly value: number
  readonly lower: number
  readonly upper: number
}

/** An output with an input at the ends of its range; NaN where it is not defined. */
export interface TornadoRow {
  readonly input: string
  readonly atLow: number
  readonly atHigh: number
}

/** The objective after an iteration of a fit. */
export interface ObjectiveRow {
  readonly iteration: number
  readonly objective: number
  /** Start it belongs to: `start 1`. */
  readonly run: string
}

/** Where one of several starts of a fit ended. */
export interface WaterfallRow {
  /** What it is called: `start 3`. */
  readonly start: string
  /** NaN where it could not be fitted. */
  readonly objective: number
  readonly converged: boolean
}

/** A published range and our value, all in one unit. */
export interface TargetRow {
  readonly id: string
  readonly label: string
  readonly unit: string
  readonly lo: number
  readonly hi: number
  readonly ours: number
  readonly pass: boolean
}
