import type { LupusKeyNumbers } from './lupus-key-numbers.ts'

/** What the cohort figures need of each virtual patient. */
export type LupusPatientNumbers = Pick<
  LupusKeyNumbers,
  'car_peak' | 'b_return_gt10_day' | 'crs_max' | 'icans_max' | 'sledai_d90' | 'sledai_d180'
>

export type LupusPopulationKeyNumbers = ReturnType<typeof lupusPopulationKeyNumbers>

/**
 * Cohort figures of virtual lupus patients under the metric names of targets C01–C10 (`lupus_vpop.*`). Percentiles
 * interpolate linearly between order statistics; mean and sample standard deviation of the B-cell return are over the
 * patients in whom it happened; fractions are of all patients. Throws a RangeError for an empty cohort.
 */
export function lupusPopulationKeyNumbers(patients: readonly LupusPatientNumbers[]) {
  if (patients.length === 0) throw new RangeError('a cohort needs at least one patient, got none')
  const peaks = Float64Array.from(patients, ({ car_peak }) => car_peak).sort()
  const returns = patients.map(({ b_return_gt10_day }) => b_return_gt10_day).filter((day) => !Number.isNaN(day))
  const mean = sum(returns) / returns.length
  const variance = sum(returns.map((day) => (day - mean) * (day - mean))) / (returns.length - 1)
  const fraction = (holds: (patient: LupusPatientNumbers) => boolean) => patients.filter(holds).length / patients.length
  return {
    car_peak_median: quantile(peaks, 0.5),
    car_peak_p2_5: quantile(peaks, 0.025),
    car_peak_p97_5: quantile(peaks, 0.975),
    b_return_mean: mean,
    b_return_sd: Math.sqrt(variance),
    crs0_frac: fraction(({ crs_max }) => crs_max === 0),
    crs1_frac: fraction(({ crs_max }) => crs_max === 1),
    crs2_frac: fraction(({ crs_max }) => crs_max === 2),
    crs3p_frac: fraction(({ crs_max }) => crs_max >= 3),
    icans_any: fraction(({ icans_max }) => icans_max >= 1),
    sledai_le2_d90: fraction(({ sledai_d90 }) => sledai_d90 <= 2),
    sledai_le2_d180: fraction(({ sledai_d180 }) => sledai_d180 <= 2),
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function quantile(sorted: Float64Array, p: number): number {
  const place = p * (sorted.length - 1)
  const below = Math.floor(place)
  const low = sorted[below]!
  return low + (place - below) * ((sorted[below + 1] ?? low) - low)
}
