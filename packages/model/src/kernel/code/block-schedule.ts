import type { NodeId } from '../../graph/graph.ts'
import type { GraphBuilder } from '../../graph/graph-builder.ts'
import { arity, Operation } from '../../graph/operation.ts'
import { isCall } from './math-functions.ts'

/** Writes the value of a node to memory: to a slot, or to that slot of the vector whose address the function is given. */
export interface Store {
  readonly node: NodeId
  readonly slot: number
  readonly relative?: boolean
}

/** In which order a block computes; a value used twice, or at the end of a long expression, is kept under its node. */
export interface BlockSchedule {
  /** Node to compute and keep, or -1 - k for store k. */
  readonly statements: readonly number[]
  /** 1 for each node that is kept. */
  readonly kept: Uint8Array
  /** How often each node is read: by nodes and stores. */
  readonly uses: Int32Array
  /** Operations within the statement of each kept node or store root. */
  readonly size: Int32Array
  /** Registers that the statement of a node needs (Sethi & Ullman): the larger operand comes first where order is free. */
  readonly need: Int32Array
}

/** Operations in one statement at most. */
const largestStatement = 120

/** What is read from memory, with no operation. */
export function isLeaf(operation: Operation): boolean {
  return operation === Operation.constant || operation === Operation.state || operation === Operation.parameter
}

/**
 * Orders the computation of a block so that values are used soon after they are made: calls first, since no register
 * survives a call, then store by store, each depth first.
 */
export function scheduleBlock(graph: GraphBuilder, stores: readonly Store[]): BlockSchedule {
  const uses = new Int32Array(graph.size)
  const kept = new Uint8Array(graph.size)
  const size = new Int32Array(graph.size)
  const need = new Int32Array(graph.size)
  const calls: NodeId[] = []
  const nodes = countUses(graph, stores, uses)
  for (let k = 0; k < nodes.length; k++) {
    const node = nodes[k] as NodeId
    const operation = graph.operation(node)
    need[node] = 1
    if (isLeaf(operation)) {
      if (operation !== Operation.constant && uses[node]! > 1) kept[node] = 1
      continue
    }
    const operands = arity[operation]!
    let total = 1
    let most = 0
    for (let place = 0; place < operands; place++) {
      const argument = graph.argument(node, place as 0 | 1 | 2)
      const isKept = kept[argument] === 1
      if (!isKept) total += size[argument]!
      const own = isKept ? 1 : need[argument]!
      if (own >= most) most = own === most ? most + 1 : own
    }
    size[node] = total
    need[node] = most
    if (isCall(operation)) calls.push(node)
    if (uses[node]! > 1 || total >= largestStatement || isCall(operation)) kept[node] = 1
  }
  const statements: number[] = []
  const visit = depthFirst(graph, kept, need, statements)
  for (const call of calls) visit(call)
  stores.forEach(({ node }, k) => {
    visit(node)
    statements.push(-1 - k)
  })
  return { statements, kept, uses, size, need }
}

/** Counts how often each node is read; gives those below the stores, arguments first. */
function countUses(graph: GraphBuilder, stores: readonly Store[], uses: Int32Array): Int32Array {
  const nodes: number[] = []
  const read = (node: NodeId): void => {
    const before = uses[node]!
    uses[node] = before + 1
    if (before === 0) nodes.push(node)
  }
  for (const { node } of stores) read(node)
  for (let k = 0; k < nodes.length; k++) {
    const node = nodes[k] as NodeId
    const operands = arity[graph.operation(node)]!
    for (let place = 0; place < operands; place++) read(graph.argument(node, place as 0 | 1 | 2))
  }
  return Int32Array.from(nodes).sort()
}

/** The nodes that a node computes with. */
export function argumentsOf(graph: GraphBuilder, node: NodeId): readonly NodeId[] {
  switch (arity[graph.operation(node)]) {
    case 1:
      return [graph.argument(node, 0)]
    case 2:
      return [graph.argument(node, 0), graph.argument(node, 1)]
    case 3:
      return [graph.argument(node, 0), graph.argument(node, 1), graph.argument(node, 2)]
    default:
      return []
  }
}

/** Appends the kept nodes below a node, and it, in the order of computation; a stack of our own, since texts may nest deeply. */
function depthFirst(graph: GraphBuilder, kept: Uint8Array, need: Int32Array, statements: number[]) {
  const seen = new Uint8Array(graph.size)
  return (root: NodeId): void => {
    const stack: number[] = [root]
    while (stack.length > 0) {
      const top = stack.pop()!
      if (top < 0) {
        statements.push(-1 - top)
        continue
      }
      if (seen[top] === 1) continue
      seen[top] = 1
      if (kept[top] === 1) stack.push(-1 - top)
      const node = top as NodeId
      const operands = arity[graph.operation(node)]!
      if (operands === 0) continue
      const a = graph.argument(node, 0)
      if (operands === 1) stack.push(a)
      else {
        const b = graph.argument(node, 1)
        if (operands === 3) stack.push(graph.argument(node, 2), b, a)
        else if (need[b]! > need[a]!) stack.push(a, b)
        else stack.push(b, a)
      }
    }
  }
}
