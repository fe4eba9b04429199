import type { FunctionIndex } from '@cartkin/numerics/wasm'
import type { NodeId } from '../../graph/graph.ts'
import type { BlockWriter } from '../code/block-writer.ts'

/** How much larger than its own entry of W a pivot may be: growth beyond that means that a small pivot was divided by. */
export const largestGrowth = 1_048_576

/**
 * The linear algebra of a Rosenbrock step, W = d·I − J by entries of J: an LU decomposition without pivoting.
 *
 * It sets a slot to 1 when every pivot is finite, not zero, and at most `largestGrowth` times its own entry of W, else
 * to 0: digits lost to a small pivot show in no other way.
 */
export interface LinearSolver {
  /** Writes the functions; the graph was complete when the writer was made. */
  write(writer: BlockWriter): {
    /** Takes an address that does not matter. */
    readonly factorize: FunctionIndex
    /** Solves W x = c, and W x = c + f(u), by the address of x. */
    readonly solve: FunctionIndex
    readonly stage: FunctionIndex
  }
}

/** What a solver is made for; slots. */
export interface SolverInputs {
  readonly entry: (row: number, column: number) => NodeId | undefined
  /** d. */
  readonly diagonal: number
  readonly stable: number
  /** Right-hand side, a vector. */
  readonly c: number
  /** f(u), by state. */
  readonly derivatives: readonly NodeId[]
}
