import type { FunctionIndex } from '@cartkin/numerics/wasm'
import type { Algebra } from '../../graph/algebra.ts'
import type { NodeId } from '../../graph/graph.ts'
import type { Store } from '../code/block-schedule.ts'
import type { BlockWriter } from '../code/block-writer.ts'
import type { MemoryLayout } from '../code/memory-layout.ts'
import type { Elimination } from '../linear/elimination.ts'
import { largestGrowth } from '../linear/linear-solver.ts'
import { type Complex, ComplexAlgebra } from './pair-complex.ts'

/** Slots of a vector of pairs, or two where its numbers are complex. */
export interface ComplexSlots {
  readonly re: number
  readonly im: number | undefined
}

/** Most operations of a factorization or solution, in complex numbers. */
const mostUnrolled = 12_000

/** Whether the elimination is small enough to be written as straight-line code. */
export function canUnrollComplex({ work, entries }: Elimination): boolean {
  return work + entries <= mostUnrolled
}

/**
 * Solves two systems (d − J) x = g side by side, with d different and complex (or, for `isComplex` false, real), by an LU
 * decomposition without pivoting in straight-line code. Everything of a pair of systems lies in one stretch of memory, so
 * that the same code serves another pair: it is called with the distance to that one, twice.
 */
export class RadauSolver {
  /** d, a pair. */
  readonly diagonal: ComplexSlots
  /** g and x: pairs by state. */
  readonly right: ComplexSlots
  readonly solution: ComplexSlots
  /** Sum of the x, in the hands of others. */
  readonly sum: ComplexSlots
  /** A pair: 1 when every pivot is finite, not zero and at most `largestGrowth` times its own entry, else 0. */
  readonly stable: number
  /** Slots taken in all. */
  readonly first: number
  readonly length: number
  readonly #factors: readonly Store[]
  readonly #solution: readonly Store[]

  /** `entry`: ∂f/∂y in the graph of pairs, `pair`. */
  constructor(
    pair: Algebra,
    layout: MemoryLayout,
    elimination: Elimination,
    entry: (row: number, column: number) => NodeId | undefined,
    isComplex: boolean,
  ) {
    const n = elimination.order.length
    const vector = (length: number): ComplexSlots => {
      const re = layout.vector(2 * length)
      return { re, im: isComplex ? layout.vector(2 * length) : undefined }
    }
    this.first = layout.slots
    this.diagonal = vector(1)
    this.right = vector(n)
    this.solution = vector(n)
    this.sum = vector(n)
    this.stable = layout.vector(2)
    const arithmetic = new ComplexAlgebra(pair)
    const stores: Store[] = []
    const at = ({ re, im }: ComplexSlots, k = 0): Complex =>
      im === undefined ? { re: pair.state(re + 2 * k) } : { re: pair.state(re + 2 * k), im: pair.state(im + 2 * k) }
    const keep = ({ re, im }: Complex): ComplexSlots => {
      const slots = { re: layout.vector(2), im: im === undefined ? undefined : layout.vector(2) }
      stores.push({ node: re, slot: slots.re, relative: true })
      if (im !== undefined && slots.im !== undefined) stores.push({ node: im, slot: slots.im, relative: true })
      return slots
    }
    const { order, upper, lower } = elimination
    // M = J − d·I is factorized as L·U, in place; q holds −M_kk
    const values = new Map<number, Complex>()
    const diagonal = at(this.diagonal)
    const set = (i: number, j: number): void => {
      const node = entry(order[i]!, order[j]!)
      if (node !== undefined) values.set(i * n + j, { re: node })
    }
    const own: Complex[] = Array.from(order, (state, k) => {
      for (const j of upper[k]!) set(k, j)
      for (const i of lower[k]!) set(i, k)
      const derivative = entry(state, state)
      return derivative === undefined ? diagonal : arithmetic.subtract(diagonal, { re: derivative })
    })
    const q = [...own]
    const reciprocals: ComplexSlots[] = []
    const uppers: ComplexSlots[][] = []
    const lowers: { readonly step: number; readonly slots: ComplexSlots }[][] = q.map(() => [])
    let sizes: NodeId | undefined
    let grows: NodeId | undefined
    for (let k = 0; k < n; k++) {
      const pivot = q[k]!
      const reciprocal = arithmetic.reciprocal(pivot)
      const size = arithmetic.size(pivot)
      const both = pair.add(size, arithmetic.size(reciprocal))
      sizes = sizes === undefined ? both : pair.add(sizes, both)
      if (pivot !== own[k]) {
        const limit = pair.multiply(pair.constant(largestGrowth), arithmetic.size(own[k]!))
        const small = pair.lessEqual(size, limit)
        grows = grows === undefined ? small : pair.and(grows, small)
      }
      for (const i of lower[k]!) {
        const factor = arithmetic.multiply(values.get(i * n + k)!, reciprocal)
        lowers[i]!.push({ step: k, slots: keep(factor) })
        for (const j of upper[k]!) {
          const update = arithmetic.multiply(factor, values.get(k * n + j)!)
          if (i === j) q[i] = arithmetic.subtract(q[i]!, update)
          else {
            const before = values.get(i * n + j)
            values.set(i * n + j, before === undefined ? update : arithmetic.add(before, update))
          }
        }
      }
      reciprocals.push(keep(reciprocal))
      uppers.push(Array.from(upper[k]!, (j) => keep(arithmetic.multiply(values.get(k * n + j)!, reciprocal))))
    }
    const finite = sizes === undefined ? pair.one : pair.less(sizes, pair.constant(Number.POSITIVE_INFINITY))
    stores.push({ node: grows === undefined ? finite : pair.and(finite, grows), slot: this.stable, relative: true })
    this.#factors = stores

    const z: Complex[] = []
    order.forEach((state, i) => {
      let sum = at(this.right, state)
      for (const { step, slots } of lowers[i]!) sum = arithmetic.add(sum, arithmetic.multiply(at(slots), z[step]!))
      z.push(sum)
    })
    const x = [...z]
    for (let k = n - 1; k >= 0; k--) {
      let sum = arithmetic.multiply(at(reciprocals[k]!), z[k]!)
      const columns = upper[k]!
      // the entry solved for last comes last into the sum: the others are ready before it
      for (let c = columns.length - 1; c >= 0; c--) {
        sum = arithmetic.add(sum, arithmetic.multiply(at(uppers[k]![c]!), x[columns[c]!]!))
      }
      x[k] = sum
    }
    this.#solution = x
      .flatMap(({ re, im }, step): Store[] => {
        const place = 2 * order[step]!
        const stored: Store[] = [{ node: re, slot: this.solution.re + place, relative: true }]
        if (im !== undefined && this.solution.im !== undefined) {
          stored.push({ node: im, slot: this.solution.im + place, relative: true })
        }
        return stored
      })
      .reverse()
    this.length = layout.slots - this.first
  }

  write(writer: BlockWriter): { readonly factorize: FunctionIndex; readonly solve: FunctionIndex } {
    return { factorize: writer.write('factorize', this.#factors), solve: writer.write('solve', this.#solution) }
  }
}
