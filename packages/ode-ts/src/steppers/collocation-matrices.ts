import type { CollocationTableau } from '../methods/method.ts'
import { decomposeComplex, solveComplex } from './complex-lu.ts'
import { decompose, solve } from './lu.ts'

/**
 * The linear systems of one step of a collocation method: γ/h − J and (α_p + iβ_p)/h − J, decomposed once per step
 * length and Jacobian.
 */
export class CollocationMatrices {
  private readonly n: number
  private readonly gamma: number
  private readonly alpha: readonly number[]
  private readonly beta: readonly number[]
  private readonly real: Float64Array
  private readonly realPivots: Int32Array
  private readonly complex: readonly Float64Array[]
  private readonly complexPivots: readonly Int32Array[]

  constructor({ gamma, alpha, beta }: CollocationTableau, n: number) {
    this.n = n
    this.gamma = gamma
    this.alpha = alpha
    this.beta = beta
    this.real = new Float64Array(n * n)
    this.realPivots = new Int32Array(n)
    this.complex = alpha.map(() => new Float64Array(2 * n * n))
    this.complexPivots = alpha.map(() => new Int32Array(n))
  }

  /** False when a matrix has no inverse. */
  decompose(J: Float64Array, h: number): boolean {
    const { n, real, gamma, alpha, beta } = this
    for (let i = 0; i < n * n; i++) real[i] = -J[i]!
    for (let i = 0; i < n; i++) real[i * n + i] = real[i * n + i]! + gamma / h
    if (!decompose(real, n, this.realPivots)) return false
    for (let p = 0; p < alpha.length; p++) {
      const matrix = this.complex[p]!
      for (let i = 0; i < n * n; i++) {
        matrix[2 * i] = -J[i]!
        matrix[2 * i + 1] = 0
      }
      for (let i = 0; i < n; i++) {
        const at = 2 * (i * n + i)
        matrix[at] = matrix[at]! + alpha[p]! / h
        matrix[at + 1] = beta[p]! / h
      }
      if (!decomposeComplex(matrix, n, this.complexPivots[p]!)) return false
    }
    return true
  }

  /** Solves the real system in place, for n numbers from `offset`. */
  solveReal(x: Float64Array, offset: number): void {
    solve(this.real, this.n, this.realPivots, x, offset)
  }

  /** Solves all systems in place: x[0] with the real one, x[1 + 2p] + i x[2 + 2p] with complex p, from `offset`. */
  solveAll(x: readonly Float64Array[], offset: number): void {
    this.solveReal(x[0]!, offset)
    for (let p = 0; p < this.alpha.length; p++) {
      solveComplex(this.complex[p]!, this.n, this.complexPivots[p]!, x[1 + 2 * p]!, x[2 + 2 * p]!, offset)
    }
  }
}
