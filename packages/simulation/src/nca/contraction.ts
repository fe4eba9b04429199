import { belongs } from './peak-belongs.ts'
import type { TimedValue } from './trapezoid.ts'
import { type Decline, twoPhaseDecline } from './two-phase-decline.ts'

/**
 * The decline from the peak on. The peak itself is left out where it lies off the course through the points after it: it
 * may stand before the true peak.
 *
 * @param falling quantifiable points from the peak on, it included, in ascending order of time.
 */
export function contraction(falling: readonly TimedValue[]): Decline | undefined {
  const [peak, ...later] = falling
  if (peak === undefined) return undefined
  const without = twoPhaseDecline(later)
  return without !== undefined && !belongs(peak, without.at(peak.time), without.residual)
    ? without
    : twoPhaseDecline(falling)
}
