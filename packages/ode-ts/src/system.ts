/**
 * The right-hand side of dy/dt = f(t, y), n states.
 *
 * Implementations own their scratch memory and keep no other state between calls, so one system serves one running
 * integration at a time. All arrays have length n unless said; matrices are row-major.
 */
export interface System {
  /** Number of states n. */
  readonly dimension: number
  /** Writes f(t, y) into `dydt`. */
  derivative(t: number, y: Float64Array, dydt: Float64Array): void
  /** Writes ∂f/∂y (n × n, row i holds ∂f_i/∂y_0 …) into `out`, every entry. Absent: finite differences. */
  readonly jacobian?: ((t: number, y: Float64Array, out: Float64Array) => void) | undefined
  /** Writes ∂f/∂t into `out`. Absent: finite differences. */
  readonly timeDerivative?: ((t: number, y: Float64Array, out: Float64Array) => void) | undefined
}

/**
 * A system with the directional derivatives that forward sensitivities need, for m parameters p_0 … p_(m-1).
 *
 * `s` and `out` are parameter-major: entry j·n + i belongs to parameter j and state i, and s_j = ∂y/∂p_j.
 */
export interface SensitivitySystem extends System {
  /** Number of parameters m. */
  readonly parameterCount: number
  /**
   * Sizes of the parameters (m), read whenever a step was made: how exact the sensitivities have to be goes by that of
   * their products with these. 0, or absent: unknown, and they are measured by the largest of them.
   */
  readonly parameterScales?: Float64Array | undefined
  readonly jacobian: (t: number, y: Float64Array, out: Float64Array) => void
  readonly timeDerivative: (t: number, y: Float64Array, out: Float64Array) => void
  /** out_j = ∂f/∂y(t, y) · s_j + ∂f/∂p_j(t, y) for every j. */
  tangent(t: number, y: Float64Array, s: Float64Array, out: Float64Array): void
  /** Fixes the point (t, y) about which the three calls below differentiate; called once per step. */
  linearize(t: number, y: Float64Array): void
  /** out_j = Σ_l ∂J/∂y_l · s_jl · k + ∂J/∂p_j · k, with J = ∂f/∂y at the linearization point and `k` of length n. */
  jacobianTangent(s: Float64Array, k: Float64Array, out: Float64Array): void
  /** out_j = ∂(∂f/∂t)/∂y · s_j + ∂(∂f/∂t)/∂p_j at the linearization point. */
  timeTangent(s: Float64Array, out: Float64Array): void
}
