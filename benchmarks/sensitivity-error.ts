/**
 * Root mean square over outputs, parameters and states of (S − exact)·p / (|y| + floor + |exact·p|).
 *
 * `values` and `exact`: outputs × parameters × states; `y`: outputs × states; `scales`: the parameters' values.
 */
export function sensitivityError(
  values: Float64Array,
  exact: Float64Array,
  y: Float64Array,
  scales: readonly number[],
  floor: readonly number[],
): number {
  const n = floor.length
  const m = scales.length
  let sum = 0
  for (let k = 0; k < exact.length; k++) {
    const state = k % n
    const scale = scales[Math.floor(k / n) % m]!
    const output = Math.floor(k / (n * m))
    const size = Math.abs(y[output * n + state]!) + floor[state]! + Math.abs(exact[k]! * scale)
    const error = ((values[k]! - exact[k]!) * scale) / size
    sum += error * error
  }
  return Math.sqrt(sum / exact.length)
}
