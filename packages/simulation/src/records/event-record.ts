import type { CovariateInTime } from '../covariates/covariate-in-time.ts'
import type { Occasions } from '../populations/subject-effects.ts'

/**
 * One row of a subject's event data, in the terms of NONMEM. Times in the model's unit (days in the library); any sign.
 *
 * EVID 0 observation, 1 dose, 2 other, 3 reset, 4 reset and dose. Of rxode2: 5 replaces the amount in the state by `amt`, 6
 * multiplies it by `amt`, and 7 is a dose that counts for `tad()`, `podo()` and `transit()` but puts nothing into its state.
 */
export interface EventRecord {
  readonly time: number
  /** The time that the data say, where times begin anew at a reset; `time` goes on. */
  readonly dataTime?: number
  readonly evid: 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7
  /**
   * State dosed, by name or number from 1; the model's first state when absent. With EVID 2 and a minus sign (`-2`,
   * `-depot`): that state is turned off, until a dose into it turns it on again.
   */
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
  /**
   * Steady state: 1 the system is as if the dose had been given at the interval `ii` for ever, 2 that steady state is added
   * to what is there; 0 or absent: no. `rate` > 0 without an amount and without an interval: infused for ever so far.
   */
  readonly ss?: 0 | 1 | 2
  /** Measured value and what was measured (an output or state), for EVID 0 rows that carry data. */
  readonly dv?: number
  readonly endpoint?: string
  /** CENS 1: dv is a lower limit of quantification and the value lies below; -1: above. */
  readonly cens?: -1 | 0 | 1
  /** The other end of the censoring interval. */
  readonly limit?: number
  /** Of a value that is no limit: the limit of quantification of its assay, where the data say it. */
  readonly lloq?: number
  /** Missing dependent value: the row asks for a prediction only. */
  readonly mdv?: boolean
  /** Covariates of this record where another record of its time has other values. */
  readonly covariates?: Readonly<Record<string, number>>
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
  /** Those of its covariates that change; `parameters` has their first values. */
  readonly covariates?: readonly CovariateInTime[]
  /** Its occasions, where random effects of the model are drawn for each. */
  readonly occasions?: readonly Occasions[]
}
