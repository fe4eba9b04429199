import type { Graph, NodeId } from './graph.ts'
import { arity, Operation } from './operation.ts'

/** The states that these nodes depend on, ascending. */
export function statesBelow(graph: Graph, roots: Iterable<NodeId>): Int32Array {
  return leavesBelow(graph, roots, Operation.state)
}

/** The parameters that these nodes depend on, ascending. */
export function parametersBelow(graph: Graph, roots: Iterable<NodeId>): Int32Array {
  return leavesBelow(graph, roots, Operation.parameter)
}

function leavesBelow(graph: Graph, roots: Iterable<NodeId>, kind: Operation): Int32Array {
  const leaves = new Set<number>()
  const seen = new Uint8Array(graph.size)
  const stack: number[] = [...roots]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (seen[node] === 1) continue
    seen[node] = 1
    const operation = graph.operations[node] as Operation
    const operands = arity[operation] ?? 0
    if (operation === kind) leaves.add(graph.first[node]!)
    if (operands > 0) stack.push(graph.first[node]!)
    if (operands > 1) stack.push(graph.second[node]!)
    if (operands > 2) stack.push(graph.third[node]!)
  }
  return Int32Array.from(leaves).sort()
}
