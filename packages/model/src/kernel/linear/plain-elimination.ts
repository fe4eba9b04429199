import type { Elimination } from './elimination.ts'
import { largestGrowth } from './linear-solver.ts'
import { canUnroll } from './unrolled-solver.ts'

/**
 * The elimination of a kernel on plain arrays, operation by operation in its order: that of `UnrolledSolver` or, where the
 * kernel has loops, of `LoopSolver`, which differ in the substitution backwards.
 */
export class PlainElimination {
  readonly #elimination: Elimination
  readonly #lower: readonly (readonly number[])[]
  readonly #isUnrolled: boolean
  /** By steps: factors left of the diagonal, rows of U right of it (unrolled: divided by the pivot), 1/pivot on it. */
  readonly #factors: Float64Array
  readonly #z: Float64Array

  constructor(elimination: Elimination) {
    const n = elimination.order.length
    const lower: number[][] = Array.from({ length: n }, () => [])
    elimination.lower.forEach((rows, k) => {
      for (const i of rows) lower[i]!.push(k)
    })
    this.#elimination = elimination
    this.#lower = lower
    this.#isUnrolled = canUnroll(elimination)
    this.#factors = new Float64Array(n * n)
    this.#z = new Float64Array(n)
  }

  /** Factorizes d·I − J, J row-major n × n, and tells whether the factors can be trusted; see `LinearSolver`. */
  factorize(J: Float64Array, d: number): boolean {
    const { order, upper, lower } = this.#elimination
    const a = this.#factors
    const n = order.length
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) a[i * n + j] = J[order[i]! * n + order[j]!]!
      a[i * n + i] = d - a[i * n + i]!
    }
    const own = Float64Array.from({ length: n }, (_, k) => Math.abs(a[k * n + k]!))
    let sum = 0
    let isStable = true
    for (let k = 0; k < n; k++) {
      const row = k * n
      const pivot = a[row + k]!
      const reciprocal = 1 / pivot
      sum += Math.abs(pivot) + Math.abs(reciprocal)
      if (!(Math.abs(pivot) <= largestGrowth * own[k]!)) isStable = false
      for (const i of lower[k]!) {
        const factor = a[i * n + k]! * reciprocal
        a[i * n + k] = factor
        for (const j of upper[k]!) {
          const update = factor * a[row + j]!
          if (i === j) a[i * n + i] = a[i * n + i]! - update
          else a[i * n + j] = a[i * n + j]! + update
        }
      }
      a[row + k] = reciprocal
      if (this.#isUnrolled) for (const j of upper[k]!) a[row + j] = a[row + j]! * reciprocal
    }
    return isStable && sum < Number.POSITIVE_INFINITY
  }

  /** Solves in place for the right-hand side at x[offset … offset + n − 1]. */
  solve(x: Float64Array, offset: number): void {
    const { order, upper } = this.#elimination
    const a = this.#factors
    const z = this.#z
    const n = order.length
    for (let i = 0; i < n; i++) {
      let sum = x[offset + order[i]!]!
      for (const k of this.#lower[i]!) sum += a[i * n + k]! * z[k]!
      z[i] = sum
    }
    for (let k = n - 1; k >= 0; k--) {
      const columns = upper[k]!
      const row = k * n
      const reciprocal = a[row + k]!
      let sum = z[k]!
      if (this.#isUnrolled) {
        sum *= reciprocal
        for (let c = columns.length - 1; c >= 0; c--) sum += a[row + columns[c]!]! * z[columns[c]!]!
      } else {
        for (const j of columns) sum += a[row + j]! * z[j]!
        sum *= reciprocal
      }
      z[k] = sum
      x[offset + order[k]!] = sum
    }
  }
}
