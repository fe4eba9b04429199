import { ModuleBuilder } from '@cartkin/numerics/wasm'
import type { Algebra } from '../graph/algebra.ts'
import type { NodeId } from '../graph/graph.ts'
import { statesBelow } from '../graph/states-below.ts'
import type { Model } from '../model.ts'
import type { Store } from './code/block-schedule.ts'
import { BlockWriter } from './code/block-writer.ts'
import { addCalledFunctions } from './code/math-functions.ts'
import { MemoryLayout } from './code/memory-layout.ts'
import { SlotGraph } from './code/slot-graph.ts'

/**
 * The outputs of a model as a WebAssembly module of two lanes, for two rows at a time; plain data:
 *
 * - `prologue()` computes what depends on parameters, switches and dose inputs alone;
 * - `outputs()` computes the outputs from time and states.
 *
 * Both do what the tape does, operation by operation: the bits are the same.
 */
export interface OutputKernel {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** First slots of what is written and read; slot k of lane l is number 2k + l of the memory. */
  readonly slots: {
    readonly parameters: number
    readonly switches: number
    readonly doses: number
    readonly time: number
    readonly states: number
    readonly outputs: number
  }
  /** The states that the outputs need, in the order of their slots. */
  readonly states: Int32Array
  /** Bytes of the memory up to the last of these slots. */
  readonly byteLength: number
}

export function outputKernel(model: Model, algebra: Algebra): OutputKernel {
  const states = statesBelow(model.graph, model.outputRoots)
  const layout = new MemoryLayout(2)
  const parameters = layout.vector(model.parameters.length)
  const switches = layout.vector(model.switches.length + model.doseInputs.length)
  const slots = {
    parameters,
    switches,
    doses: switches + model.switches.length,
    time: layout.number(),
    states: layout.vector(states.length),
    outputs: layout.vector(model.outputRoots.length),
  }
  const { byteLength } = layout
  const graph = new SlotGraph(algebra.builder, layout, slots)
  const stateNodes: NodeId[] = []
  states.forEach((state, k) => {
    stateNodes[state] = graph.slot(slots.states + k)
  })
  const stores = graph
    .translate(model.outputRoots, stateNodes)
    .map((node, k): Store => ({ node, slot: slots.outputs + k }))
  const prologueStores = graph.prologue()

  const module = new SizedModule()
  const nodes = graph.algebra.builder
  // still to come in the layout: constants, and values that one function leaves to another
  const tables = layout.address(layout.slots + 4 * nodes.size)
  const functions = addCalledFunctions(module, layout.lanes, nodes, tables)
  const writer = new BlockWriter(module, layout, nodes, functions)
  module.export('prologue', writer.write('prologue', prologueStores))
  module.export('outputs', writer.write('outputs', stores))
  layout.constants((address, bytes) => module.data(address, bytes))
  if (layout.byteLength > tables) throw new Error('the memory of a kernel grew into its tables')
  module.memory(Math.ceil(Math.max(layout.byteLength, module.extent) / 65536), 'memory')
  return { bytes: module.build(), slots, states, byteLength }
}

/** A module that knows how far its data reaches. */
class SizedModule extends ModuleBuilder {
  extent = 0

  override data(offset: number, bytes: Uint8Array): void {
    this.extent = Math.max(this.extent, offset + bytes.length)
    super.data(offset, bytes)
  }
}
