import type { Algebra } from '../../graph/algebra.ts'
import type { NodeId } from '../../graph/graph.ts'
import { Operation } from '../../graph/operation.ts'
import type { Store } from '../code/block-schedule.ts'
import type { BlockWriter } from '../code/block-writer.ts'
import type { MemoryLayout } from '../code/memory-layout.ts'
import type { Elimination } from './elimination.ts'
import { type LinearSolver, largestGrowth, type SolverInputs } from './linear-solver.ts'

/** Multiplications of a factorization and entries of its factors, together, that are written out at most. */
const mostUnrolled = 60_000

/** Whether the elimination is small enough to be written as straight-line code. */
export function canUnroll({ work, entries }: Elimination): boolean {
  return work + entries <= mostUnrolled
}

/** Factorization and solutions as straight-line code, with nothing but the operations on entries that are not zero. */
export class UnrolledSolver implements LinearSolver {
  readonly #algebra: Algebra
  readonly #elimination: Elimination
  readonly #factors: readonly Store[]
  readonly #solution: readonly Store[]
  readonly #stage: readonly Store[]
  /** Slots: 1/pivot of step k; factors by step. */
  readonly #reciprocal: readonly number[]
  readonly #upper: readonly (readonly number[])[]
  /** lower[i]: the steps k < i with an entry in row i, and where it is. */
  readonly #lower: readonly { readonly step: number; readonly slot: number }[][]

  constructor(
    algebra: Algebra,
    layout: MemoryLayout,
    elimination: Elimination,
    { entry, diagonal: diagonalSlot, stable, c, derivatives }: SolverInputs,
  ) {
    const diagonal = algebra.state(diagonalSlot)
    const { order, upper, lower } = elimination
    const n = order.length
    // M = J − d·I is factorized as L·U, in place; q holds −M_kk
    const values = new Map<number, NodeId>()
    const q: NodeId[] = []
    const own: NodeId[] = []
    const set = (i: number, j: number): void => {
      const node = entry(order[i]!, order[j]!)
      if (node !== undefined) values.set(i * n + j, node)
    }
    for (let k = 0; k < n; k++) {
      const derivative = entry(order[k]!, order[k]!)
      const node = derivative === undefined ? diagonal : algebra.subtract(diagonal, derivative)
      q.push(node)
      own.push(node)
      for (const j of upper[k]!) set(k, j)
      for (const i of lower[k]!) set(i, k)
    }
    const stores: Store[] = []
    const keep = (node: NodeId): number => {
      const slot = layout.number()
      stores.push({ node, slot })
      return slot
    }
    const reciprocals: number[] = []
    const uppers: number[][] = []
    const lowers: { step: number; slot: number }[][] = Array.from({ length: n }, () => [])
    let sum: NodeId | undefined
    let grows: NodeId | undefined
    for (let k = 0; k < n; k++) {
      const pivot = q[k]!
      const reciprocal = algebra.builder.node(Operation.divide, algebra.one, pivot)
      const absolute = algebra.unary(Operation.abs, pivot)
      const size = algebra.add(absolute, algebra.unary(Operation.abs, reciprocal))
      sum = sum === undefined ? size : algebra.add(sum, size)
      const first = own[k]!
      if (pivot !== first) {
        const limit = algebra.multiply(algebra.constant(largestGrowth), algebra.unary(Operation.abs, first))
        const small = algebra.lessEqual(absolute, limit)
        grows = grows === undefined ? small : algebra.and(grows, small)
      }
      for (const i of lower[k]!) {
        const factor = algebra.multiply(values.get(i * n + k)!, reciprocal)
        lowers[i]!.push({ step: k, slot: keep(factor) })
        for (const j of upper[k]!) {
          const update = algebra.multiply(factor, values.get(k * n + j)!)
          if (i === j) q[i] = algebra.subtract(q[i]!, update)
          else {
            const before = values.get(i * n + j)
            values.set(i * n + j, before === undefined ? update : algebra.add(before, update))
          }
        }
      }
      reciprocals.push(keep(reciprocal))
      uppers.push(Array.from(upper[k]!, (j) => keep(algebra.multiply(values.get(k * n + j)!, reciprocal))))
    }
    const finite = sum === undefined ? algebra.one : algebra.less(sum, algebra.constant(Number.POSITIVE_INFINITY))
    stores.push({ node: grows === undefined ? finite : algebra.and(finite, grows), slot: stable })
    this.#factors = stores
    this.#algebra = algebra
    this.#elimination = elimination
    this.#reciprocal = reciprocals
    this.#upper = uppers
    this.#lower = lowers
    const known = derivatives.map((_, i) => algebra.state(c + i))
    this.#solution = this.#solve(known)
    this.#stage = this.#solve(derivatives.map((f, i) => algebra.add(f, known[i]!)))
  }

  write(writer: BlockWriter) {
    return {
      factorize: writer.write('factorize', this.#factors),
      solve: writer.write('solve', this.#solution),
      stage: writer.write('stage', this.#stage),
    }
  }

  #solve(g: readonly NodeId[]): Store[] {
    return this.solution(this.#algebra, (slot) => this.#algebra.state(slot), g)
  }

  /** Stores of the solution x of W x = g, both by state, in a graph in which `slot` gives the numbers of slots. */
  solution(algebra: Algebra, slot: (k: number) => NodeId, g: readonly NodeId[]): Store[] {
    const { order, upper } = this.#elimination
    const n = order.length
    const z: NodeId[] = []
    for (let i = 0; i < n; i++) {
      let sum = g[order[i]!]!
      for (const { step, slot: at } of this.#lower[i]!) sum = algebra.add(sum, algebra.multiply(slot(at), z[step]!))
      z.push(sum)
    }
    const x: NodeId[] = [...z]
    for (let k = n - 1; k >= 0; k--) {
      let sum = algebra.multiply(slot(this.#reciprocal[k]!), z[k]!)
      const columns = upper[k]!
      // the entry solved for last comes last into the sum: the others are ready before it
      for (let c = columns.length - 1; c >= 0; c--) {
        sum = algebra.add(sum, algebra.multiply(slot(this.#upper[k]![c]!), x[columns[c]!]!))
      }
      x[k] = sum
    }
    return x.map((node, step) => ({ node, slot: order[step]!, relative: true })).reverse()
  }
}
