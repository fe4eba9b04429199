import type { RootCondition } from '../options.ts'
import type { System } from '../system.ts'

/**
 * Applies a condition at its root and takes the sensitivities through it.
 *
 * The root's time τ obeys g(τ(p), y(τ(p); p), p) = 0, hence dτ/dp_j = −(∂g/∂y·s_j + ∂g/∂p_j)/(∂g/∂y·f + ∂g/∂t). The state
 * reached moves by s_j + f dτ/dp_j, `apply` maps that, and f⁺ dτ/dp_j of the way on is given up or gained.
 */
export function shiftSensitivities(
  condition: RootCondition,
  system: System,
  t: number,
  y: Float64Array,
  s: Float64Array,
): void {
  const n = y.length
  const m = s.length / n
  const slope = new Float64Array(n)
  const gradient = new Float64Array(n + 1 + m)
  const delay = new Float64Array(m)
  system.derivative(t, y, slope)
  condition.gradient?.(t, y, gradient)
  let rate = gradient[n]!
  for (let i = 0; i < n; i++) rate += gradient[i]! * slope[i]!
  for (let j = 0; j < m; j++) {
    let moved = gradient[n + 1 + j]!
    for (let i = 0; i < n; i++) moved += gradient[i]! * s[j * n + i]!
    delay[j] = -moved / rate
    for (let i = 0; i < n; i++) s[j * n + i] = s[j * n + i]! + slope[i]! * delay[j]!
  }
  condition.apply?.(t, y, s)
  system.derivative(t, y, slope)
  for (let j = 0; j < m; j++) {
    for (let i = 0; i < n; i++) s[j * n + i] = s[j * n + i]! - slope[i]! * delay[j]!
  }
}
