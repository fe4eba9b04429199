import { Algebra } from '../../graph/algebra.ts'
import type { NodeId } from '../../graph/graph.ts'
import { Dependence, type GraphBuilder } from '../../graph/graph-builder.ts'
import { arity, Operation } from '../../graph/operation.ts'
import type { Store } from './block-schedule.ts'
import type { MemoryLayout } from './memory-layout.ts'

/** Slots of what a model computes from. */
export interface InputSlots {
  readonly parameters: number
  readonly switches: number
  readonly doses: number
  readonly time: number
}

/**
 * Translates nodes of a model's graph into a graph over slots. What is in parameters, switches and dose inputs
 * alone gets a slot of its own, which the prologue fills.
 */
export class SlotGraph {
  readonly algebra = new Algebra()
  readonly #model: GraphBuilder
  readonly #layout: MemoryLayout
  readonly #inputs: InputSlots
  readonly #fixed = new Map<NodeId, number>()

  constructor(model: GraphBuilder, layout: MemoryLayout, inputs: InputSlots) {
    this.#model = model
    this.#layout = layout
    this.#inputs = inputs
  }

  slot(k: number): NodeId {
    return this.algebra.state(k)
  }

  /** Whether the node needs parameters, switches and dose inputs alone. */
  isFixed(node: NodeId): boolean {
    return !this.#model.dependsOn(node, Dependence.state | Dependence.time)
  }

  /** The values of model nodes where state 0 is at slot `states`, or the states are those nodes of this graph. */
  translate(
    nodes: readonly NodeId[],
    states: number | readonly NodeId[],
    time: NodeId = this.slot(this.#inputs.time),
  ): NodeId[] {
    const state = (k: number) => (typeof states === 'number' ? this.slot(states + k) : states[k]!)
    return this.#rebuild(nodes, (node) => {
      const operation = this.#model.operation(node)
      if (operation === Operation.state) return state(this.#model.argument(node, 0))
      if (operation === Operation.time) return time
      return this.isFixed(node) ? this.fixed(node) : undefined
    })
  }

  /** The value of a node in parameters, switches and dose inputs alone. */
  fixed(node: NodeId): NodeId {
    const leaf = this.#input(node)
    if (leaf !== undefined) return leaf
    const known = this.#fixed.get(node) ?? this.#layout.number()
    this.#fixed.set(node, known)
    return this.slot(known)
  }

  /** Computes every value that `fixed` gave a slot, so far. */
  prologue(): Store[] {
    const nodes = [...this.#fixed.keys()]
    const values = this.#rebuild(nodes, (node) => this.#input(node))
    return nodes.map((node, k) => ({ node: values[k]!, slot: this.#fixed.get(node)! }))
  }

  #input(node: NodeId): NodeId | undefined {
    const model = this.#model
    switch (model.operation(node)) {
      case Operation.constant:
        return this.algebra.constant(model.valueOf(node) ?? Number.NaN)
      case Operation.parameter:
        return this.slot(this.#inputs.parameters + model.argument(node, 0))
      case Operation.switch:
        return this.slot(this.#inputs.switches + model.argument(node, 0))
      case Operation.dose:
        return this.slot(this.#inputs.doses + model.argument(node, 0))
      default:
        return undefined
    }
  }

  /** Builds nodes anew, arguments first, down to those that `known` gives. */
  #rebuild(roots: readonly NodeId[], known: (node: NodeId) => NodeId | undefined): NodeId[] {
    const model = this.#model
    const { builder } = this.algebra
    const values = new Int32Array(model.size)
    const reached = new Uint8Array(model.size)
    const inner: number[] = []
    const stack: NodeId[] = [...roots]
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (reached[node] === 1) continue
      reached[node] = 1
      const leaf = known(node)
      if (leaf !== undefined) values[node] = leaf
      else {
        inner.push(node)
        const operands = arity[model.operation(node)] ?? 0
        if (operands > 0) stack.push(model.argument(node, 0))
        if (operands > 1) stack.push(model.argument(node, 1))
        if (operands > 2) stack.push(model.argument(node, 2))
      }
    }
    const ascending = Int32Array.from(inner).sort()
    for (let k = 0; k < ascending.length; k++) {
      const node = ascending[k] as NodeId
      const operation = model.operation(node)
      const operands = arity[operation] ?? 0
      const first = values[model.argument(node, 0)]
      const second = operands > 1 ? values[model.argument(node, 1)] : 0
      const third = operands > 2 ? values[model.argument(node, 2)] : 0
      values[node] = builder.node(operation, first, second, third)
    }
    return roots.map((root) => values[root] as NodeId)
  }
}
