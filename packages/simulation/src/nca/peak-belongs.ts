import { log } from '@cartkin/numerics'
import type { TimedValue } from './trapezoid.ts'

/** Distance of logarithms that is the rounding of a solver or a printed table. */
const resolution = 1e-5

/**
 * Whether a point lies on the course through its neighbours: within three of their standard deviations, of logarithms. It
 * does where these cannot be told.
 */
export function belongs({ value }: TimedValue, predicted: number, residual: number): boolean {
  return !(Math.abs(log(value / predicted)) > 3 * residual + resolution)
}
