import type { Algebra } from '../graph/algebra.ts'
import type { NodeId } from '../graph/graph.ts'
import type { Model } from '../model.ts'
import type { ModelProgram } from '../tape/model-program.ts'
import { shareReciprocals } from './code/share-reciprocals.ts'

/** What a kernel computes of a model, as nodes of the model's graph. */
export interface KernelRoots {
  readonly dimension: number
  readonly parameterCount: number
  readonly switchCount: number
  readonly derivatives: readonly NodeId[]
  /** Entry k is ∂f/∂y at (rows[k], columns[k]); the others are zero by structure. */
  readonly jacobian: { readonly rows: Int32Array; readonly columns: Int32Array; readonly nodes: readonly NodeId[] }
  /** ∂f/∂t of the states `rows`; the others are zero by structure. */
  readonly timeDerivative: { readonly rows: Int32Array; readonly nodes: readonly NodeId[] }
}

export function kernelRoots(model: Model, algebra: Algebra, { jacobian, timeDerivative }: ModelProgram): KernelRoots {
  const roots = shareReciprocals(algebra, [...model.derivatives, ...jacobian.nodes, ...timeDerivative.nodes])
  const n = model.states.length
  const afterJacobian = n + jacobian.nodes.length
  return {
    dimension: n,
    parameterCount: model.parameters.length,
    switchCount: model.switches.length,
    derivatives: roots.slice(0, n),
    jacobian: { rows: jacobian.rows, columns: jacobian.columns, nodes: roots.slice(n, afterJacobian) },
    timeDerivative: { rows: timeDerivative.rows, nodes: roots.slice(afterJacobian) },
  }
}
