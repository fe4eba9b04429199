import { quantileOfSorted } from '@cartkin/numerics'

/** Quantiles of one quantity of a population over time. */
export interface CoursePercentiles {
  /** Probabilities, such as 0.05 and 0.5. */
  readonly levels: readonly number[]
  /** One row per time, one column per level; NaN where no subject has a value. */
  readonly values: Float64Array
  /** Subjects behind each time: those whose value is finite. */
  readonly subjects: Int32Array
}

/**
 * The courses of one quantity of a population, gathered in parts in any order: 8 bytes for each subject and time, the
 * least that exact quantiles need. What was not put yet has no value.
 */
export class CourseColumns {
  readonly #subjects: number
  readonly #times: number
  /** Time by time. */
  readonly #values: Float64Array

  constructor(subjects: number, times: number) {
    this.#subjects = subjects
    this.#times = times
    this.#values = new Float64Array(subjects * times).fill(Number.NaN)
  }

  /** Takes the courses (subjects × times) of subjects `first`, `first` + 1 … */
  put(first: number, courses: Float64Array): void {
    const times = this.#times
    const count = times === 0 ? 0 : courses.length / times
    if (!(Number.isInteger(count) && first >= 0 && first + count <= this.#subjects))
      throw new RangeError(
        `${courses.length} values at ${times} times from subject ${first} on are no courses of ${this.#subjects} subjects`,
      )
    for (let i = 0; i < times; i++) {
      const row = i * this.#subjects + first
      for (let k = 0; k < count; k++) this.#values[row + k] = courses[k * times + i]!
    }
  }

  /** Quantiles at each time over the subjects whose value is finite: the same whatever the order of the parts. */
  percentiles(levels: readonly number[]): CoursePercentiles {
    const values = new Float64Array(this.#times * levels.length).fill(Number.NaN)
    const subjects = new Int32Array(this.#times)
    const present = new Float64Array(this.#subjects)
    for (let i = 0; i < this.#times; i++) {
      let count = 0
      for (let k = i * this.#subjects; k < (i + 1) * this.#subjects; k++) {
        const value = this.#values[k]!
        if (Number.isFinite(value)) present[count++] = value
      }
      subjects[i] = count
      if (count === 0) continue
      const sorted = present.subarray(0, count).sort()
      levels.forEach((level, j) => {
        values[i * levels.length + j] = quantileOfSorted(sorted, level)
      })
    }
    return { levels, values, subjects }
  }
}
