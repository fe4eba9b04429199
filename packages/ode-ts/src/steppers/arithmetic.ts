/**
 * How the squares of a weighted error are added up:
 *
 * - 'halves': error/weight; those of even index in their order, those of odd index in theirs, then both sums;
 * - 'reciprocals': error·(1/weight), in order of index.
 */
export type ErrorSum = 'halves' | 'reciprocals'

/**
 * The order of operations that a plain stepper is to keep, where there is a choice: so that its results have the bits of
 * another implementation of the same formulas.
 */
export interface Arithmetic {
  readonly errorSum: ErrorSum
  /** Of Rosenbrock methods; absent: dense matrices. */
  readonly sparse?: SparseArithmetic
}

/** Linear algebra on matrices whose zeros are known, for a system f(t, y) = g(t, y) + rates. */
export interface SparseArithmetic {
  /** Length n; constant from one `start` of the stepper to the next. */
  readonly rates: Float64Array
  /** Writes g(t, y). */
  bareDerivative(t: number, y: Float64Array, out: Float64Array): void
  /** Factorizes d·I − J; false where the factors are not to be trusted, and a dense matrix with pivoting is to be taken. */
  factorize(J: Float64Array, d: number): boolean
  /** Solves with these factors, in place, for the right-hand side at x[offset … offset + n − 1]. */
  solve(x: Float64Array, offset: number): void
  /**
   * The right-hand side for the sensitivities of one stage at (t, u), about the point of `SensitivitySystem.linearize`:
   *
   * out_j = ∂f/∂p_j + (∂J/∂p_j) k + slope·∂²f/∂t∂p_j + added_j + J(t, u) v_j + (Σ_c ∂²f/∂y_c∂y k_c + slope·∂²f/∂t∂y) s_j.
   *
   * `v`, `s`, `added` and `out` are parameter-major.
   */
  stageTangent?(
    t: number,
    u: Float64Array,
    v: Float64Array,
    s: Float64Array,
    k: Float64Array,
    slope: number,
    added: Float64Array,
    out: Float64Array,
  ): void
}

export const plainArithmetic: Arithmetic = { errorSum: 'halves' }
