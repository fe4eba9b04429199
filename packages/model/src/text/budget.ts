/** What a text may cost at most; each limit has its own message, so that no text can exhaust the machine. */
export const budget = {
  /** UTF-16 units of source. */
  source: 2 * 1024 * 1024,
  tokens: 500_000,
  /** Brackets, unary operators, powers and blocks inside each other. */
  nesting: 256,
  identifier: 64,
  states: 2_000,
  parameters: 5_000,
  /** Nodes of the expression graph, derivatives included. */
  nodes: 1_000_000,
  /** Non-zero partial derivatives of all nodes together, in one differentiation. */
  partials: 2_000_000,
  /** Comparisons of letters in search of the names that were meant. */
  comparisons: 20_000_000,
  /** Diagnostics reported in one pass. */
  diagnostics: 20,
} as const
