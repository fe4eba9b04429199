/**
 * Explicit Runge–Kutta method with an embedded error estimate and a continuous extension; data only.
 */
export interface Tableau {
  readonly kind: 'explicit'
  readonly name: string
  /** Order of the advancing formula. */
  readonly order: number
  /** Order of the error estimate: the step size follows err^(-1/(errorOrder + 1)). */
  readonly errorOrder: number
  readonly denseOrder: number
  readonly c: readonly number[]
  /** Row i has i entries. */
  readonly a: readonly (readonly number[])[]
  readonly b: readonly number[]
  /** b minus the embedded weights. */
  readonly e: readonly number[]
  /**
   * b minus the weights of a second embedded formula of lower order. The norm of the error is then
   * ‖e‖²/√(‖e‖² + ‖eLow‖²/100), of higher order than either: Hairer, Nørsett & Wanner I, II.10.
   */
  readonly eLow?: readonly number[]
  /** The last stage of a step is the first of the next. */
  readonly firstSameAsLast: boolean
  /** Extent of the stability region along the negative real axis, to 1/64 downwards: |R(−x)| ≤ 1 up to it. */
  readonly stability: number
  /** Further stages that the continuous extension alone needs, after those of the step. */
  readonly denseStages?: readonly { readonly c: number; readonly a: readonly number[] }[]
  /** Continuous extension: weight of stage i at θ is Σ_k dense[i][k] θ^(k+1), stages of `denseStages` last. */
  readonly dense: readonly (readonly number[])[]
  readonly citation: string
}

/**
 * Rosenbrock method in the form of Hairer & Wanner II, IV.7: with W = I/(hγ) − J,
 * W k_i = f(t + α_i h, y + Σ a_ij k_j) + Σ (C_ij/h) k_j + h γ_i ∂f/∂t, and y₁ = y + Σ b_i k_i. Data only.
 */
export interface RosenbrockTableau {
  readonly kind: 'rosenbrock'
  readonly name: string
  readonly order: number
  readonly errorOrder: number
  readonly denseOrder: number
  readonly gamma: number
  readonly alpha: readonly number[]
  readonly gammaSum: readonly number[]
  readonly a: readonly (readonly number[])[]
  readonly C: readonly (readonly number[])[]
  readonly b: readonly number[]
  readonly e: readonly number[]
  /** Rows d of y(θ) = (1−θ)y0 + θ(y1 + (1−θ)(K₁ + θ(K₂ + θ K₃ …))), with K_r = Σ_i dense[r][i] k_i. */
  readonly dense: readonly (readonly number[])[]
  readonly citation: string
}

/**
 * Fully implicit Runge–Kutta method by collocation at s nodes, the last of which is 1 (Hairer & Wanner II, IV.8). The
 * stage values Y_i = y + z_i solve A⁻¹ z = h f(Y) by simplified Newton iterations, in which the transformation by T makes
 * one real and (s − 1)/2 complex systems of n equations of the one of n·s. Data only.
 */
export interface CollocationTableau {
  readonly kind: 'collocation'
  readonly name: string
  readonly order: number
  readonly errorOrder: number
  readonly denseOrder: number
  readonly c: readonly number[]
  /** Real eigenvalue of A⁻¹. */
  readonly gamma: number
  /** Complex eigenvalues α ± iβ of A⁻¹, β > 0. */
  readonly alpha: readonly number[]
  readonly beta: readonly number[]
  /** A⁻¹ = T Λ T⁻¹ with Λ of the block γ and the blocks [α, −β; β, α]. */
  readonly T: readonly (readonly number[])[]
  readonly inverseT: readonly (readonly number[])[]
  /** The error is (I − h J/γ)⁻¹ (h f(t, y)/γ + Σ e_i z_i). */
  readonly e: readonly number[]
  readonly citation: string
}

export type Method = Tableau | RosenbrockTableau | CollocationTableau
