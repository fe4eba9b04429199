import type { NodeId } from './graph.ts'
import { Dependence, type GraphBuilder } from './graph-builder.ts'
import { Operation } from './operation.ts'

const moving = Dependence.state | Dependence.time

/**
 * Whether all of these are affine in the states, with coefficients that know neither states nor the time: sums of states
 * times what stands still between events. Read off the form alone: what would be so by its values (`x*x/x`) is not.
 */
export function isAffine(graph: GraphBuilder, roots: readonly NodeId[]): boolean {
  const seen = new Set<NodeId>()
  const stack: NodeId[] = [...roots]
  const stands = (node: NodeId, place: 0 | 1) => !graph.dependsOn(graph.argument(node, place), moving)
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (seen.has(node) || !graph.dependsOn(node, moving)) continue
    seen.add(node)
    switch (graph.operation(node)) {
      case Operation.state:
        break
      case Operation.negate:
        stack.push(graph.argument(node, 0))
        break
      case Operation.add:
      case Operation.subtract:
        stack.push(graph.argument(node, 0), graph.argument(node, 1))
        break
      case Operation.multiply:
        if (!stands(node, 0) && !stands(node, 1)) return false
        stack.push(graph.argument(node, 0), graph.argument(node, 1))
        break
      case Operation.divide:
        if (!stands(node, 1)) return false
        stack.push(graph.argument(node, 0))
        break
      case Operation.select:
        if (!stands(node, 0)) return false
        stack.push(graph.argument(node, 1), graph.argument(node, 2))
        break
      default:
        return false
    }
  }
  return true
}
