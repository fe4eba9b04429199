import type { CompiledModel, ModelInstance, ModelSensitivities } from '@cartkin/model'
import { TrajectoryMemory } from 'ode-ts'
import { LinearFlow } from './linear-flow.ts'
import { ReadBlock } from './read-block.ts'

interface Running {
  readonly model: CompiledModel
  readonly instance: ModelInstance
  /** Of the forced model; null where there is none. */
  readonly forced: ModelInstance | null
  readonly block: ReadBlock
}

/** Derivatives by chosen parameters. */
interface Derived {
  readonly parameters: readonly number[]
  readonly sensitivities: ModelSensitivities
}

/** Memory for one subject's run after another, so that many runs leave little behind: a run holds until the next begins. */
export class RunMemory {
  readonly trajectory = new TrajectoryMemory()
  readonly #columns = new Map<number, Float64Array<ArrayBuffer>>()
  #running: Running | undefined
  #derived: Derived | undefined
  #flow: LinearFlow | undefined

  /** An instance of the model without infusions, whose parameters are to be set, and room to read its runs. */
  open(model: CompiledModel): Running {
    if (this.#running?.model !== model) {
      const instance = model.instantiate()
      const forced = model.forced?.compiled.instantiate() ?? null
      this.#running = { model, instance, forced, block: new ReadBlock(instance) }
      this.#derived = undefined
      this.#flow = undefined
    }
    this.#running.instance.rates.fill(0)
    return this.#running
  }

  /** Derivatives of that instance by these parameters, without infusions. */
  sensitivities(instance: ModelInstance, parameters: readonly number[]): ModelSensitivities {
    const known = this.#derived?.parameters
    if (
      this.#derived === undefined ||
      known?.length !== parameters.length ||
      !parameters.every((parameter, j) => parameter === known[j])
    )
      this.#derived = { parameters: [...parameters], sensitivities: instance.sensitivities(parameters) }
    this.#derived.sensitivities.rates.fill(0)
    return this.#derived.sensitivities
  }

  /** What moves all states of that instance in closed form. */
  flow(instance: ModelInstance, sensitivities: ModelSensitivities | null): LinearFlow {
    if (this.#flow?.instance !== instance || this.#flow.sensitivities !== sensitivities)
      this.#flow = new LinearFlow(
        instance,
        sensitivities,
        Array.from({ length: instance.dimension }, (_, i) => i),
      )
    return this.#flow
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
