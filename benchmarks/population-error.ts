import { achievedError, reference } from './problems/problem.ts'
import { median } from './race.ts'

/** Subjects in `P4.ref.bin`. */
export const REFERENCE_SUBJECTS = 16
/** Of the daily outputs, every seventh is in `P4.ref.bin`, from day 7. */
export const EVERY = 7

/** Median of the achieved errors of the first subjects; `values` are subject-major with `outputs` rows for each. */
export function populationError(floor: readonly number[], values: Float64Array, outputs: number): number {
  const n = floor.length
  const exact = reference('P4')
  const size = exact.length / REFERENCE_SUBJECTS
  const errors = Array.from({ length: REFERENCE_SUBJECTS }, (_, subject) => {
    const rows = Array.from({ length: size / n }, (_, row) => subject * outputs + (row + 1) * EVERY - 1)
    const own = Float64Array.from(rows.flatMap((row) => Array.from(values.subarray(row * n, (row + 1) * n))))
    return achievedError(floor, own, exact.subarray(subject * size, (subject + 1) * size))
  })
  return median(errors)
}
