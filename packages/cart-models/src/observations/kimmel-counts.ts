import type { Observation } from '../library/library-model.ts'

/** An observation that always has a range. */
export interface RangedObservation extends Observation {
  readonly lower: number
  readonly upper: number
}

/** Patients behind the counts. */
export const kimmelPatients = 23

const count = (time: number, value: number, lower: number, upper: number): RangedObservation => ({
  quantity: 'CAR',
  time,
  value,
  lower,
  upper,
  range: 'quartiles',
  label: `CAR-T cells on day ${time}, median of ${kimmelPatients} (axicabtagene ciloleucel)`,
  source: 'Kimmel 2021, Proc R Soc B 288:20210229 (ZUMA-1 patients of the Moffitt Cancer Center)',
  trust: 'found',
})

/** CAR-T cells/uL in blood after axicabtagene ciloleucel: median and quartiles on days 7, 14, 28 and 90. */
export const kimmelCounts: readonly RangedObservation[] = [
  count(7, 27.5, 16.5, 57.5),
  count(14, 9.1, 3.8, 31.1),
  count(28, 2.1, 0.6, 6.1),
  count(90, 0.1, 0.01, 0.4),
]
