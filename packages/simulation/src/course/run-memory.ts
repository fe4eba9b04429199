import type { CompiledModel, ModelInstance } from '@cartkin/model'
import { TrajectoryMemory } from 'ode-ts'
import { ReadBlock } from './read-block.ts'

interface Running {
  readonly model: CompiledModel
  readonly instance: ModelInstance
  /** Of the forced model; null where there is none. */
  readonly forced: ModelInstance | null
  readonly block: ReadBlock
}

/** Memory for one subject's run after another, so that many runs leave little behind: a run holds until the next begins. */
export class RunMemory {
  readonly trajectory = new TrajectoryMemory()
  readonly #columns = new Map<number, Float64Array<ArrayBuffer>>()
  #running: Running | undefined

  /** An instance of the model without infusions, whose parameters are to be set, and room to read its runs. */
  open(model: CompiledModel): Running {
    if (this.#running?.model !== model) {
      const instance = model.instantiate()
      const forced = model.forced?.compiled.instantiate() ?? null
      this.#running = { model, instance, forced, block: new ReadBlock(instance) }
    }
    this.#running.instance.rates.fill(0)
    return this.#running
  }

  /** The next run gets an instance of its own: for runs of another kind than those before. */
  renew(): void {
    this.#running = undefined
  }

  /** Room for column `k` of what is computed from a run, one thing at a time. */
  column(k: number, length: number): Float64Array<ArrayBuffer> {
    const known = this.#columns.get(k)
    const column = known !== undefined && known.length >= length ? known : new Float64Array(2 * length)
    if (column !== known) this.#columns.set(k, column)
    return column.subarray(0, length)
  }
}
