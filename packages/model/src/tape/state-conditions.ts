import type { Algebra } from '../graph/algebra.ts'
import type { NodeId } from '../graph/graph.ts'
import { Dependence } from '../graph/graph-builder.ts'
import { arity, Operation } from '../graph/operation.ts'
import type { Model } from '../model.ts'

/**
 * Functions of time and state whose sign tells which way a comparison goes on which a rate of change depends: b − a for
 * each `a < b` below a d/dt that knows states or doses. Where one crosses zero the right-hand side may jump, and a step
 * must end there: an error estimate may not see a jump that a stiff method damps.
 */
export function stateConditions(model: Model, algebra: Algebra): readonly NodeId[] {
  const { builder } = algebra
  const reached = new Set<NodeId>()
  const found = new Set<NodeId>()
  const stack: NodeId[] = [...model.derivatives]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (reached.has(node)) continue
    reached.add(node)
    const operation = builder.operation(node)
    const operands = arity[operation] ?? 0
    const isComparison = operation === Operation.less || operation === Operation.lessEqual
    if (isComparison && isMoving(algebra, node)) {
      found.add(algebra.subtract(builder.argument(node, 1), builder.argument(node, 0)))
    }
    if (operands > 0) stack.push(builder.argument(node, 0))
    if (operands > 1) stack.push(builder.argument(node, 1))
    if (operands > 2) stack.push(builder.argument(node, 2))
  }
  return [...found]
}

/** Of time and parameters alone are time events; what stands still within a segment changes at one. */
function isMoving({ builder }: Algebra, node: NodeId): boolean {
  if (builder.dependsOn(node, Dependence.state)) return true
  return builder.dependsOn(node, Dependence.dose) && builder.dependsOn(node, Dependence.time)
}
