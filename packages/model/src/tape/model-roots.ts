import type { Algebra } from '../graph/algebra.ts'
import type { NodeId } from '../graph/graph.ts'
import { Dependence, type GraphBuilder } from '../graph/graph-builder.ts'
import { arity } from '../graph/operation.ts'
import { shareReciprocals } from '../graph/share-reciprocals.ts'
import type { Model } from '../model.ts'
import type { SparseDerivatives } from './model-program.ts'

/** What tapes and kernels compute of a model, as nodes of the model's graph: the same nodes, and so the same bits. */
export interface ModelRoots {
  readonly dimension: number
  readonly parameterCount: number
  readonly switchCount: number
  readonly doseCount: number
  readonly derivatives: readonly NodeId[]
  /** Nodes that these need, one for each that parameters, switches and dose inputs give. */
  readonly derivativeSize: number
  /** Entry k is ∂f/∂y at (rows[k], columns[k]); the others are zero by structure. */
  readonly jacobian: { readonly rows: Int32Array; readonly columns: Int32Array; readonly nodes: readonly NodeId[] }
  /** ∂f/∂t of the states `rows`; the others are zero by structure. */
  readonly timeDerivative: { readonly rows: Int32Array; readonly nodes: readonly NodeId[] }
}

/** What is shared is decided once for all of them, so that it is the same whichever of them is asked for. */
export function modelRoots(
  model: Model,
  algebra: Algebra,
  jacobian: SparseDerivatives,
  timeDerivative: SparseDerivatives,
): ModelRoots {
  const roots = shareReciprocals(algebra, [...model.derivatives, ...jacobian.nodes, ...timeDerivative.nodes])
  const n = model.states.length
  const afterJacobian = n + jacobian.nodes.length
  return {
    dimension: n,
    parameterCount: model.parameters.length,
    switchCount: model.switches.length,
    doseCount: model.doseInputs.length,
    derivatives: roots.slice(0, n),
    derivativeSize: sizeOf(algebra.builder, roots.slice(0, n)),
    jacobian: { rows: jacobian.rows, columns: jacobian.columns, nodes: roots.slice(n, afterJacobian) },
    timeDerivative: { rows: timeDerivative.rows, nodes: roots.slice(afterJacobian) },
  }
}

function sizeOf(graph: GraphBuilder, nodes: readonly NodeId[]): number {
  const reached = new Set<NodeId>()
  const stack: NodeId[] = [...nodes]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (reached.has(node)) continue
    reached.add(node)
    if (!graph.dependsOn(node, Dependence.state | Dependence.time)) continue
    const operands = arity[graph.operation(node)] ?? 0
    if (operands > 0) stack.push(graph.argument(node, 0))
    if (operands > 1) stack.push(graph.argument(node, 1))
    if (operands > 2) stack.push(graph.argument(node, 2))
  }
  return reached.size
}
