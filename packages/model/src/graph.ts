/** Index of a node of a `Graph`. */
export type NodeId = number & { readonly node: unique symbol }

/**
 * A hash-consed expression graph: equal expressions are one node, and arguments precede their node.
 *
 * (The representation is the implementation's to choose: plain data that survives structuredClone.)
 */
export interface Graph {
  readonly size: number
}
