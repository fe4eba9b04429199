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
  /** The last stage of a step is the first of the next. */
  readonly firstSameAsLast: boolean
  /** Continuous extension: weight of stage i at θ is Σ_k dense[i][k] θ^(k+1). */
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

export type Method = Tableau | RosenbrockTableau
