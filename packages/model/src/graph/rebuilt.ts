import type { Algebra } from './algebra.ts'
import type { Graph, NodeId } from './graph.ts'
import { arity, type Operation } from './operation.ts'

/** The first `size` nodes of a graph with some leaves replaced, in one that begins as it. */
export function rebuilt(
  graph: Graph,
  { builder }: Algebra,
  size: number,
  replacement: (operation: Operation, index: number) => NodeId | undefined,
): (node: NodeId) => NodeId {
  const { operations, first, second, third } = graph
  const nodes = new Int32Array(size)
  for (let i = 0; i < size; i++) {
    const operation = operations[i] as Operation
    const operands = arity[operation] ?? 0
    nodes[i] =
      operands === 0
        ? (replacement(operation, first[i]!) ?? i)
        : builder.node(
            operation,
            nodes[first[i]!],
            operands > 1 ? nodes[second[i]!] : 0,
            operands > 2 ? nodes[third[i]!] : 0,
          )
  }
  return (node) => nodes[node] as NodeId
}
