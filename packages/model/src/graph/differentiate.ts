import { budget } from '../text/budget.ts'
import type { Algebra } from './algebra.ts'
import type { NodeId } from './graph.ts'
import { GraphBudgetError } from './graph-builder.ts'
import { arity, Operation } from './operation.ts'
import { partialDerivatives } from './partial-derivatives.ts'

/** Derivatives of one node with respect to inputs: only those that are not zero by structure, inputs ascending. */
export interface SparseGradient {
  readonly inputs: readonly number[]
  readonly nodes: readonly NodeId[]
}

const none: SparseGradient = { inputs: [], nodes: [] }

/**
 * Differentiates `roots` with respect to the leaves in `inputs` (leaf node → its number in the gradients), forward
 * through the graph, sparse: a node carries only the inputs it depends on. New nodes go into the same graph.
 *
 * A switch counts as constant: its jump is the business of the time event.
 */
export function differentiate(
  algebra: Algebra,
  roots: readonly NodeId[],
  inputs: ReadonlyMap<NodeId, number>,
): SparseGradient[] {
  const needed = reachable(algebra, roots)
  const gradients = new Map<NodeId, SparseGradient>()
  const gradientOf = (node: NodeId) => gradients.get(node) ?? none
  let partials = 0
  for (const node of needed) {
    const input = inputs.get(node)
    if (input !== undefined) {
      gradients.set(node, { inputs: [input], nodes: [algebra.one] })
      continue
    }
    const gradient = chain(algebra, node, gradientOf)
    if (gradient.inputs.length > 0) gradients.set(node, gradient)
    partials += gradient.inputs.length
    if (partials > budget.partials) {
      throw new GraphBudgetError(
        `the model needs more than ${budget.partials} partial derivatives; use fewer states, or sums of fewer of them in one equation`,
      )
    }
  }
  return roots.map(gradientOf)
}

/** The nodes below `roots`, arguments first. */
function reachable(algebra: Algebra, roots: readonly NodeId[]): NodeId[] {
  const { builder } = algebra
  const marked = new Uint8Array(builder.size)
  for (const root of roots) marked[root] = 1
  const nodes: NodeId[] = []
  for (let i = builder.size - 1; i >= 0; i--) {
    if (marked[i] === 0) continue
    const node = i as NodeId
    nodes.push(node)
    const operands = arity[builder.operation(node)] ?? 0
    if (operands > 0) marked[builder.argument(node, 0)] = 1
    if (operands > 1) marked[builder.argument(node, 1)] = 1
    if (operands > 2) marked[builder.argument(node, 2)] = 1
  }
  return nodes.reverse()
}

function chain(algebra: Algebra, node: NodeId, gradientOf: (node: NodeId) => SparseGradient): SparseGradient {
  const { builder } = algebra
  const operation = builder.operation(node)
  if (isStepwise(operation)) return none
  switch (arity[operation]) {
    case 1: {
      const a = gradientOf(builder.argument(node, 0))
      if (a.inputs.length === 0) return none
      const partial = partialDerivatives(algebra, node)
      return merge(a, none, (x) => partial(x, undefined))
    }
    case 2: {
      const a = gradientOf(builder.argument(node, 0))
      const b = gradientOf(builder.argument(node, 1))
      if (a.inputs.length === 0 && b.inputs.length === 0) return none
      return merge(a, b, partialDerivatives(algebra, node))
    }
    case 3: {
      // the condition has no derivative, nor has the whole number that comes first in special functions
      const yes = gradientOf(builder.argument(node, 1))
      const no = gradientOf(builder.argument(node, 2))
      if (operation !== Operation.select) return merge(yes, no, partialDerivatives(algebra, node))
      const condition = builder.argument(node, 0)
      return merge(yes, no, (x, y) => algebra.select(condition, x ?? algebra.zero, y ?? algebra.zero))
    }
    default:
      return none
  }
}

type Combine = (a: NodeId | undefined, b: NodeId | undefined) => NodeId | undefined

function merge(a: SparseGradient, b: SparseGradient, combine: Combine): SparseGradient {
  const inputs: number[] = []
  const nodes: NodeId[] = []
  for (let i = 0, j = 0; i < a.inputs.length || j < b.inputs.length; ) {
    const left = a.inputs[i] ?? Number.POSITIVE_INFINITY
    const right = b.inputs[j] ?? Number.POSITIVE_INFINITY
    const input = Math.min(left, right)
    const node = combine(left === input ? a.nodes[i] : undefined, right === input ? b.nodes[j] : undefined)
    if (left === input) i++
    if (right === input) j++
    if (node === undefined) continue
    inputs.push(input)
    nodes.push(node)
  }
  return inputs.length === 0 ? none : { inputs, nodes }
}

/** Comparisons and logical operators: their value does not move with their arguments. */
function isStepwise(operation: Operation): boolean {
  return operation >= Operation.less && operation <= Operation.not
}
