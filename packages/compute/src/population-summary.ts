import { type CoursePercentiles, CourseQuantiles } from '@cartkin/simulation'
import type { PopulationAnswer, PopulationJob } from './protocol.ts'
import { SubjectRows } from './subject-rows.ts'

/** A population without the courses of its subjects: their percentiles over time, and one row for each subject. */
export interface PopulationSummary extends Omit<PopulationAnswer, 'kind' | 'courses'> {
  /** Of each quantity of the job. */
  readonly percentiles: readonly CoursePercentiles[]
}

/** Gathers the parts of a population as they come, in any order. The summary of the parts so far may be taken at any time. */
export class PopulationSummarizer {
  readonly #quantities: readonly string[]
  readonly #rows: SubjectRows
  readonly #courses: ReadonlyMap<string, CourseQuantiles>

  /** `levels`: probabilities of the percentiles. */
  constructor(job: PopulationJob, levels: readonly number[]) {
    const { quantities, count, times } = job
    this.#quantities = quantities
    this.#rows = new SubjectRows(job)
    this.#courses = new Map(quantities.map((name) => [name, new CourseQuantiles(levels, count, times.length)]))
  }

  put(part: PopulationAnswer): void {
    this.#rows.put(part)
    this.putCourses(part, this.#quantities)
  }

  /** Takes the courses of these quantities alone. */
  putCourses({ courses }: PopulationAnswer, quantities: readonly string[]): void {
    for (const name of new Set(quantities)) {
      const course = courses[quantities.indexOf(name)]
      if (course !== undefined) this.#courses.get(name)?.put(course)
    }
  }

  /** Quantities whose courses are to be put once more before their percentiles are known; mostly none. To be asked when all parts were put. */
  again(): readonly string[] {
    return [...this.#courses].flatMap(([name, course]) => (course.again() ? [name] : []))
  }

  summary(): PopulationSummary {
    const percentiles = this.#quantities.flatMap((name) => this.#courses.get(name)?.percentiles() ?? [])
    return { ...this.#rows.rows(), percentiles }
  }
}
