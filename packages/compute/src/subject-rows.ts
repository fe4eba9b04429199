import type { DecidedDose } from '@cartkin/simulation'
import { drawnNames } from './drawn-names.ts'
import type { PopulationAnswer, PopulationJob, SubjectOutcome } from './protocol.ts'
import { rulesOf } from './rules-of.ts'

/** What is kept of every subject of a population, gathered in parts in any order. */
export class SubjectRows {
  readonly #from: number
  readonly #count: number
  readonly #endpoints: Float64Array
  readonly #parameters: Float64Array
  readonly #parameterNames: readonly string[]
  readonly #outcomes: (SubjectOutcome | undefined)[]
  /** Null where there are no filters. */
  readonly #dropped: Uint32Array | null
  /** Null where there are no rules. */
  readonly #decided: (readonly DecidedDose[] | undefined)[] | null

  constructor(job: PopulationJob) {
    const { from, count, endpoints } = job
    this.#from = from
    this.#count = count
    this.#parameterNames = drawnNames(job)
    this.#endpoints = new Float64Array(count * endpoints.length).fill(Number.NaN)
    this.#parameters = new Float64Array(count * this.#parameterNames.length).fill(Number.NaN)
    this.#outcomes = new Array<SubjectOutcome | undefined>(count).fill(undefined)
    const { filters = [] } = job.population
    this.#dropped = filters.length === 0 ? null : new Uint32Array(count * filters.length)
    this.#decided =
      rulesOf(job).length === 0 ? null : new Array<readonly DecidedDose[] | undefined>(count).fill(undefined)
  }

  put(part: PopulationAnswer): void {
    const first = part.from - this.#from
    if (this.#count > 0) {
      this.#endpoints.set(part.endpoints, (first * this.#endpoints.length) / this.#count)
      this.#parameters.set(part.parameters, (first * this.#parameters.length) / this.#count)
      if (part.dropped) this.#dropped?.set(part.dropped, (first * this.#dropped.length) / this.#count)
    }
    part.outcomes.forEach((outcome, k) => {
      this.#outcomes[first + k] = outcome
    })
    part.decided?.forEach((decided, k) => {
      if (this.#decided !== null) this.#decided[first + k] = decided
    })
  }

  /** The rows; numbers are NaN, and an outcome is left out, of subjects that were not put yet. */
  rows(): Omit<PopulationAnswer, 'kind' | 'courses'> {
    return {
      from: this.#from,
      count: this.#count,
      endpoints: this.#endpoints,
      parameters: this.#parameters,
      parameterNames: this.#parameterNames,
      outcomes: this.#outcomes.flatMap((outcome) => outcome ?? []),
      ...(this.#dropped !== null && { dropped: this.#dropped }),
      ...(this.#decided !== null && { decided: this.#decided.flatMap((decided) => (decided ? [decided] : [])) }),
    }
  }
}
