import type { LibraryModel } from '@cartkin/cart-models'
import { type CompiledModel, compileModel, type Model, parseModel } from '@cartkin/model'
import {
  type EventRecord,
  parameterVector,
  RunMemory,
  randomEffectsOf,
  regimenRecords,
  type SolverOptions,
  type SubjectRun,
  samplePopulation,
  sampleRandomEffects,
  simulateSubject,
} from '@cartkin/simulation'

/** Times at which a course is looked at. */
const LOOKS = 200
const SEED = 1

/** The default course of a library model, for its typical patient and for those of its population. */
export class LibraryCourse {
  readonly #entry: LibraryModel
  readonly #model: Model
  readonly #compiled: CompiledModel
  readonly #typical: Float64Array
  readonly #records: readonly EventRecord[]
  readonly #memory = new RunMemory()

  constructor(entry: LibraryModel) {
    const parsed = parseModel(entry.text)
    if (!parsed.ok) throw new Error(`${entry.id}: ${parsed.diagnostics[0]?.message}`)
    this.#entry = entry
    this.#model = parsed.model
    this.#compiled = compileModel(parsed.model)
    this.#typical = parameterVector(parsed.model)
    this.#records = this.#recordsOf(this.#typical)
  }

  get states(): readonly string[] {
    return this.#model.states.map(({ name }) => name)
  }

  /** From what patients are drawn. */
  get variability(): 'virtual population' | 'random effects' | 'no variability' {
    if (this.#entry.population !== undefined) return 'virtual population'
    return randomEffectsOf(this.#model) === null ? 'no variability' : 'random effects'
  }

  /** The typical patient to the model's horizon; the run holds until the next. */
  run(options: SolverOptions): SubjectRun {
    return this.#simulate(this.#typical, this.#records, options)
  }

  /** States of a run at times evenly over the whole course, row by row; NaN from where it ended. */
  values(run: SubjectRun): Float64Array {
    const { start, horizon } = this.#entry
    const n = this.#model.states.length
    const row = new Float64Array(n + this.#model.outputs.length)
    const values = new Float64Array(n * LOOKS).fill(Number.NaN)
    for (let k = 0; k < LOOKS; k++) {
      const t = start + ((horizon - start) * (k + 1)) / LOOKS
      if (t > run.end) break
      run.read(t, row)
      values.set(row.subarray(0, n), k * n)
    }
    return values
  }

  /** Patient `index` of the population, at default tolerances; the typical one where the model has no variability. */
  patient(index: number): SubjectRun {
    const key = { seed: SEED, index }
    const { population } = this.#entry
    const own =
      population === undefined
        ? sampleRandomEffects(this.#model, this.#typical, key)
        : samplePopulation(this.#model, population, this.#typical, key)
    return this.#simulate(own, this.#recordsOf(own), {})
  }

  #recordsOf(parameters: Float64Array): readonly EventRecord[] {
    return regimenRecords(this.#model, this.#entry.regimen, parameters)
  }

  #simulate(parameters: Float64Array, records: readonly EventRecord[], options: SolverOptions): SubjectRun {
    const { start, horizon: end } = this.#entry
    return simulateSubject({ model: this.#compiled, parameters, records, start, end, options, memory: this.#memory })
  }
}
