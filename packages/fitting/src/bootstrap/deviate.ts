import { gammaPInverse, type RandomStream } from '@cartkin/numerics'

/** A standard normal deviate (`freedom` Infinity) or t deviate; equal draws give equal deviates. */
export function deviate({ normal, uniform }: RandomStream, draw: number, freedom: number): number {
  const own = normal(2 * draw)
  return freedom === Infinity ? own : own / Math.sqrt((2 * gammaPInverse(freedom / 2, uniform(2 * draw + 1))) / freedom)
}
