import { roomFor, StreamedQuantiles } from './streamed-quantiles.ts'

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
 * Gathers the courses of one quantity of a population, subject by subject in any order, for exact quantiles over time. In
 * rare cases (see `StreamedQuantiles`) some times stay unresolved: then the courses are to be put once more after
 * `again`, and those times keep all values.
 */
export class CourseQuantiles {
  readonly #levels: readonly number[]
  readonly #subjects: number
  readonly #times: (StreamedQuantiles | null)[]
  /** Of times that are resolved while others are gathered again. */
  readonly #resolved: (readonly number[] | null)[]
  readonly #counts: Int32Array

  constructor(levels: readonly number[], subjects: number, times: number) {
    this.#levels = levels
    this.#subjects = subjects
    this.#times = Array.from({ length: times }, () => new StreamedQuantiles(levels, subjects))
    this.#resolved = new Array<readonly number[] | null>(times).fill(null)
    this.#counts = new Int32Array(times)
  }

  /** Takes courses (subjects × times). Values that are not finite do not count. */
  put(courses: Float64Array): void {
    const times = this.#times.length
    for (let i = 0; i < times; i++) this.#times[i]?.add(courses, i, times)
  }

  /** Whether times are unresolved, which then wait for all courses once more. */
  again(): boolean {
    let isAgain = false
    this.#times.forEach((quantiles, i) => {
      if (quantiles === null) return
      this.#resolved[i] = quantiles.quantiles()
      this.#counts[i] = quantiles.count
      const isMissing = this.#resolved[i] === null
      this.#times[i] = isMissing ? new StreamedQuantiles(this.#levels, this.#subjects, this.#subjects) : null
      isAgain ||= isMissing
    })
    return isAgain
  }

  /** Quantiles of what was put so far; NaN where they are unresolved. */
  percentiles(): CoursePercentiles {
    const width = this.#levels.length
    const values = new Float64Array(this.#times.length * width).fill(Number.NaN)
    const subjects = Int32Array.from(this.#times, (quantiles, i) => quantiles?.count ?? this.#counts[i]!)
    this.#times.forEach((quantiles, i) => {
      const found = quantiles === null ? this.#resolved[i] : quantiles.quantiles()
      if (found) values.set(found, i * width)
    })
    return { levels: this.#levels, values, subjects }
  }
}

/** Bytes that `CourseQuantiles` takes. */
export function quantileBytes(levels: readonly number[], subjects: number, times: number): number {
  return times * (8 * roomFor(levels, subjects) + 500)
}
