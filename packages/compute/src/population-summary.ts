import { CourseColumns, type CoursePercentiles } from '@cartkin/simulation'
import type { PopulationAnswer, PopulationJob } from './protocol.ts'
import { SubjectRows } from './subject-rows.ts'

/** A population without the courses of its subjects: their percentiles over time, and one row for each subject. */
export interface PopulationSummary extends Omit<PopulationAnswer, 'kind' | 'courses'> {
  /** Of each quantity of the job. */
  readonly percentiles: readonly CoursePercentiles[]
}

/** Gathers the parts of a population as they come, in any order. The summary of the parts so far may be taken at any time. */
export class PopulationSummarizer {
  readonly #job: PopulationJob
  readonly #levels: readonly number[]
  readonly #rows: SubjectRows
  readonly #columns: readonly CourseColumns[]

  /** `levels`: probabilities of the percentiles. */
  constructor(job: PopulationJob, levels: readonly number[]) {
    this.#job = job
    this.#levels = levels
    this.#rows = new SubjectRows(job)
    this.#columns = job.quantities.map(() => new CourseColumns(job.count, job.times.length))
  }

  put(part: PopulationAnswer): void {
    this.#rows.put(part)
    part.courses.forEach((courses, q) => {
      this.#columns[q]?.put(part.from - this.#job.from, courses)
    })
  }

  summary(): PopulationSummary {
    return { ...this.#rows.rows(), percentiles: this.#columns.map((columns) => columns.percentiles(this.#levels)) }
  }
}
