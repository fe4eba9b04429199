import type { Algebra } from '../graph/algebra.ts'
import { statesBelow } from '../graph/states-below.ts'
import type { Model } from '../model.ts'
import type { ModelMachine } from '../tape/model-machine.ts'
import { hasKernelForm } from './code/math-functions.ts'
import { type OutputKernel, outputKernel } from './output-kernel.ts'
import { compileKernel, instantiateKernel, type KernelModule } from './web-assembly.ts'

/** Rows that the tape computes before a kernel is made: it must be worth its making. */
const rowsBeforeKernel = 600

interface OutputExports {
  readonly memory: { readonly buffer: ArrayBuffer }
  readonly prologue: (unused: number) => void
  readonly outputs: (unused: number) => void
}

/** An output kernel as other threads get it. */
export interface SharedOutputs {
  readonly kernel: OutputKernel
  readonly module: KernelModule
}

interface Running extends SharedOutputs {
  readonly functions: OutputExports
  /** Slot k of lane l is at 2k + l. */
  readonly values: Float64Array
}

/** Outputs of many rows at once for the instances of one model: by the tape at first, then by a kernel, with the same bits. */
export class OutputRows {
  /** The states that the outputs need. */
  readonly states: Int32Array
  readonly #model: Model
  readonly #algebra: () => Algebra
  #tapeRows = 0
  /** Null where the engine cannot run it. */
  #running: Running | null | undefined
  /** Whose parameters the memory holds. */
  #present: ModelMachine | undefined
  #version = -1

  /** `algebra`: the model's graph, asked for when a kernel is made; `shared`: the kernel where it exists. */
  constructor(model: Model, algebra: () => Algebra, shared: SharedOutputs | null) {
    this.states = statesBelow(model.graph, model.outputRoots)
    this.#model = model
    this.#algebra = algebra
    if (shared !== null) this.#running = running(shared)
  }

  /** The kernel, where one was made. */
  share(): SharedOutputs | null {
    return this.#running ? { kernel: this.#running.kernel, module: this.#running.module } : null
  }

  /** See `outputRows` of `ModelInstance`. */
  compute(machine: ModelMachine, count: number, times: Float64Array, states: Float64Array, out: Float64Array): void {
    const width = this.#model.outputs.length
    if (width === 0 || count === 0) return
    const running = this.#kernelFor(count)
    if (running === null) {
      const n = machine.dimension
      for (let k = 0; k < count; k++) {
        const row = states.subarray(k * n, (k + 1) * n)
        machine.outputs(times[k]!, row, out.subarray(k * width, (k + 1) * width))
      }
      return
    }
    const { functions, kernel, values } = running
    let isStale = this.#open(running, machine)
    for (let k = 0; k < count; k += 2) {
      const isLast = k + 1 === count
      for (let lane = 0; lane < 2; lane++) {
        const row = isLast ? k : k + lane
        if (this.#setLane(running, machine, lane, times[row]!, states, row)) isStale = true
      }
      if (isStale) functions.prologue(0)
      isStale = false
      functions.outputs(0)
      let at = 2 * kernel.slots.outputs
      for (let j = 0, to = k * width; j < width; j++, to++, at += 2) {
        out[to] = values[at]!
        if (!isLast) out[to + width] = values[at + 1]!
      }
    }
  }

  #kernelFor(count: number): Running | null {
    if (this.#running !== undefined) return this.#running
    this.#tapeRows += count
    if (this.#tapeRows <= rowsBeforeKernel) return null
    const { graph, outputRoots } = this.#model
    if (!hasKernelForm(graph, outputRoots)) return null
    const kernel = outputKernel(this.#model, this.#algebra())
    const module = compileKernel(kernel.bytes)
    this.#running = module === undefined ? null : running({ kernel, module })
    return this.#running
  }

  /** Takes over the parameters of an instance; true where they are other ones. */
  #open({ kernel, values }: Running, machine: ModelMachine): boolean {
    if (this.#present === machine && this.#version === machine.parameterVersion) return false
    this.#present = machine
    this.#version = machine.parameterVersion
    machine.parameterValues.forEach((value, k) => {
      const at = 2 * (kernel.slots.parameters + k)
      values[at] = value
      values[at + 1] = value
    })
    return true
  }

  /** Writes a row into a lane; true where a switch or a dose input changed. */
  #setLane(
    { kernel, values }: Running,
    machine: ModelMachine,
    lane: number,
    t: number,
    states: Float64Array,
    row: number,
  ): boolean {
    const { slots } = kernel
    values[2 * slots.time + lane] = t
    const from = row * machine.dimension
    let at = 2 * slots.states + lane
    for (let k = 0; k < kernel.states.length; k++, at += 2) values[at] = states[from + kernel.states[k]!]!
    if (this.#model.switches.length + this.#model.doseInputs.length === 0) return false
    const inputs = machine.inputsAt(t)
    let isChanged = false
    at = 2 * slots.switches + lane
    for (let k = 0; k < inputs.length; k++, at += 2) {
      if (!Object.is(values[at], inputs[k])) isChanged = true
      values[at] = inputs[k]!
    }
    return isChanged
  }
}

function running({ kernel, module }: SharedOutputs): Running {
  const functions = instantiateKernel<OutputExports>(module)
  return { kernel, module, functions, values: new Float64Array(functions.memory.buffer, 0, kernel.byteLength / 8) }
}
