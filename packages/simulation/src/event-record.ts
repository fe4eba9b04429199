/**
 * One row of a subject's event data, in the terms of NONMEM. Times in the model's unit (days in the library); any sign.
 *
 * EVID 0 observation, 1 dose, 2 other, 3 reset, 4 reset and dose; 7, of rxode2, a dose that counts for `tad()`, `podo()` and
 * `transit()` but puts nothing into its state.
 */
export interface EventRecord {
  readonly time: number
  readonly evid: 0 | 1 | 2 | 3 | 4 | 7
  /** State dosed, by name; the model's first state when absent. */
  readonly cmt?: string
  /** Amount, before bioavailability. */
  readonly amt?: number
  /** Infusion rate > 0; 0 or absent: bolus. */
  readonly rate?: number
  /** Infusion duration > 0, in place of a rate. */
  readonly duration?: number
  /** Interval between, and number of, additional doses. */
  readonly ii?: number
  readonly addl?: number
  /** Measured value and what was measured (an output or state), for EVID 0 rows that carry data. */
  readonly dv?: number
  readonly endpoint?: string
  /** CENS 1: dv is a lower limit of quantification and the value lies below; -1: above. */
  readonly cens?: -1 | 0 | 1
  /** The other end of the censoring interval. */
  readonly limit?: number
  /** Missing dependent value: the row asks for a prediction only. */
  readonly mdv?: boolean
}

/** Whether a record gives something. */
export function isDose({ evid }: EventRecord): boolean {
  return evid === 1 || evid === 4 || evid === 7
}

/** One subject: its records in time order and the values of parameters and covariates that differ from the model's. */
export interface Subject {
  readonly id: string
  readonly records: readonly EventRecord[]
  readonly parameters: Readonly<Record<string, number>>
}
