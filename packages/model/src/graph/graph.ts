/** Index of a node of a `Graph`. */
export type NodeId = number & { readonly node: unique symbol }

/**
 * A hash-consed expression graph: equal expressions are one node, and arguments precede their node.
 *
 * Plain typed arrays, one entry per node; survives structuredClone.
 */
export interface Graph {
  readonly size: number
  /** `Operation` of each node. */
  readonly operations: Uint8Array
  /** Arguments of each node: node ids, or the index of a leaf (of the constant, state, parameter or switch); unused ones are 0. */
  readonly first: Int32Array
  readonly second: Int32Array
  readonly third: Int32Array
  /** Values of the constants. */
  readonly constants: Float64Array
}
