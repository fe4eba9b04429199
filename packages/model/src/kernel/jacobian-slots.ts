import type { Algebra } from '../algebra.ts'
import type { NodeId } from '../graph.ts'
import { Operation } from '../operation.ts'
import type { JacobianEntry } from './kernel.ts'
import type { KernelRoots } from './kernel-roots.ts'
import type { MemoryLayout } from './memory-layout.ts'
import type { SlotGraph } from './slot-graph.ts'

/** Where a kernel finds the entries of the Jacobian. */
export interface JacobianSlots {
  /** Nodes of the model to be computed at the start of a step, and their slots. */
  readonly nodes: readonly NodeId[]
  readonly slots: readonly number[]
  readonly entries: readonly JacobianEntry[]
  /** ∂f_i/∂y_j in terms of slots; undefined where zero by structure. */
  readonly entry: (row: number, column: number) => NodeId | undefined
}

/** Gives each entry a slot: entries that are equal, or but for the sign, share one, and those in parameters alone have theirs already. */
export function jacobianSlots(
  roots: KernelRoots,
  model: Algebra,
  graph: SlotGraph,
  layout: MemoryLayout,
): JacobianSlots {
  const { rows, columns, nodes } = roots.jacobian
  const n = roots.dimension
  const { algebra } = graph
  const known = new Map<NodeId, number>()
  const entries: JacobianEntry[] = []
  const byPlace = new Map<number, NodeId>()
  nodes.forEach((whole, e) => {
    const row = rows[e]!
    const column = columns[e]!
    const isNegated = model.builder.operation(whole) === Operation.negate
    const node = isNegated ? model.builder.argument(whole, 0) : whole
    const isFixed = graph.isFixed(node)
    if (!isFixed && !known.has(node)) known.set(node, layout.number())
    const at = isFixed ? graph.fixed(node) : graph.slot(known.get(node)!)
    const value = algebra.builder.valueOf(at)
    const sign = isNegated ? -1 : 1
    entries.push(
      value === undefined
        ? { row, column, slot: algebra.builder.argument(at, 0), sign }
        : { row, column, value: sign * value },
    )
    byPlace.set(row * n + column, isNegated ? algebra.negate(at) : at)
  })
  return {
    nodes: [...known.keys()],
    slots: [...known.values()],
    entries,
    entry: (row, column) => byPlace.get(row * n + column),
  }
}
