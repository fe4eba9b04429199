import type { ModelInstance } from '@cartkin/model'

/**
 * Which states only count: no rate of change depends on them, as on an area under a curve or what was eliminated. Such a
 * state comes to no rest, but all others may. Found by ∂f/∂y at places in general position; what is dosed does not count.
 */
export function countingStates(instance: ModelInstance, t: number, dosed: number): Uint8Array {
  const n = instance.dimension
  const counting = new Uint8Array(n).fill(1)
  const jacobian = new Float64Array(n * n)
  for (const size of [1, 1e-6, 1e6]) {
    const y = Float64Array.from({ length: n }, (_, i) => size * (1 + ((i * 0.618033988749895) % 1)))
    instance.jacobian?.(t, y, jacobian)
    // not equal to 0: NaN counts, too
    jacobian.forEach((entry, k) => {
      if (entry !== 0) counting[k % n] = 0
    })
  }
  counting[dosed] = 0
  return counting
}
