import { quantileOfSorted, randomStream } from '@cartkin/numerics'
import type { Interval } from './sensitivity-runs.ts'

/**
 * How often each of `count` units is drawn in a resampling with replacement: a pure function of its arguments. Whoever asks for
 * more resamplings keeps those before.
 */
export function resampled(seed: number, replicate: number, count: number, weights: Float64Array): void {
  const stream = randomStream({ seed, study: 'sensitivity, bootstrap', subject: replicate })
  weights.fill(0, 0, count)
  for (let k = 0; k < count; k++) {
    const unit = Math.floor(stream.uniform(k) * count)
    weights[unit] = weights[unit]! + 1
  }
}

/** The percentile interval of a bootstrap; NaN where a replicate has no value. Sorts `replicates`. */
export function percentileInterval(value: number, replicates: Float64Array, level: number): Interval {
  const tail = (1 - level) / 2
  if (Number.isNaN(value) || replicates.some(Number.isNaN)) return { value, lower: Number.NaN, upper: Number.NaN }
  replicates.sort()
  return { value, lower: quantileOfSorted(replicates, tail), upper: quantileOfSorted(replicates, 1 - tail) }
}
