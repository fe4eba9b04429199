import { Algebra } from '../../graph/algebra.ts'
import type { NodeId } from '../../graph/graph.ts'
import type { GraphBuilder } from '../../graph/graph-builder.ts'
import { arity, Operation } from '../../graph/operation.ts'
import { argumentsOf } from '../code/block-schedule.ts'

/**
 * A graph of blocks in the form of pairs (see `BlockForm`): `state(k)` is a pair, `parameter(k)` one number in both its
 * places.
 */
export class PairGraph {
  readonly algebra = new Algebra()

  /** The nodes of a graph over slots; those of `pairs` are pairs here, at the slots it gives, all others single numbers. */
  translate(slots: GraphBuilder, nodes: readonly NodeId[], pairs: (slot: number) => number | undefined): NodeId[] {
    const values = new Map<NodeId, NodeId>()
    const reached = new Set<NodeId>()
    const stack: NodeId[] = [...nodes]
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (reached.has(node)) continue
      reached.add(node)
      stack.push(...argumentsOf(slots, node))
    }
    const value = (node: NodeId, place: 0 | 1 | 2) => values.get(slots.argument(node, place)) ?? 0
    // arguments come before what is made of them
    for (const node of [...reached].sort((a, b) => a - b)) {
      const operation = slots.operation(node)
      if (operation === Operation.constant) values.set(node, this.algebra.constant(slots.valueOf(node) ?? Number.NaN))
      else if (operation === Operation.state) {
        const slot = slots.argument(node, 0)
        const pair = pairs(slot)
        values.set(node, pair === undefined ? this.algebra.parameter(slot) : this.algebra.state(pair))
      } else {
        const operands = arity[operation] ?? 0
        const second = operands > 1 ? value(node, 1) : 0
        const third = operands > 2 ? value(node, 2) : 0
        values.set(node, this.algebra.builder.node(operation, value(node, 0), second, third))
      }
    }
    return nodes.map((node) => values.get(node)!)
  }
}
