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
}

export interface Axis {
  readonly title: string
  readonly unit: string
  readonly scale: 'linear' | 'log'
  readonly domain?: readonly [number, number]
}
