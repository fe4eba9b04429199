import { exp, log } from '@cartkin/numerics'
import type { Found } from '../results/found.ts'
import type { CoursePoint } from './below-quantification.ts'
import { lowest } from './extremes.ts'
import type { NcaDose } from './nca-dose.ts'
import type { TimedValue } from './trapezoid.ts'

/** A course from its dose on. */
export interface StartingPoint {
  /** The samples that belong to the course. */
  readonly samples: readonly CoursePoint[]
  /** They, and what is put in at the dose where nothing was measured there. */
  readonly points: readonly CoursePoint[]
  /** C0 of a bolus; null for other routes, and where nothing is quantifiable. */
  readonly initial: Found | null
}

/**
 * What stands at the dose (time 0): the sample; else 0, at steady state the lowest value of the interval, for a bolus C0 by
 * back-extrapolation.
 *
 * @param inInterval quantifiable points, at steady state those of the interval.
 */
export function startingPoint(
  kept: readonly CoursePoint[],
  route: NcaDose['route'],
  inInterval: readonly TimedValue[],
  steadyState: boolean,
): StartingPoint {
  const isAtDose = ({ time, value }: CoursePoint) => time === 0 && !Number.isNaN(value)
  const withInserted = (samples: readonly CoursePoint[], value: number): readonly CoursePoint[] => [
    { time: 0, value, origin: 'inserted' },
    ...samples,
  ]
  if (route !== 'bolus') {
    if (kept.some(isAtDose)) return { samples: kept, points: kept, initial: null }
    const trough = steadyState ? lowest(inInterval) : undefined
    return { samples: kept, points: withInserted(kept, trough?.value ?? 0), initial: null }
  }
  // a value below quantification at the time of a bolus was drawn before it
  const samples = kept.filter(({ time, origin }) => !(time === 0 && origin === 'below'))
  const atDose = samples.find(isAtDose)
  if (atDose !== undefined) return { samples, points: samples, initial: { value: atDose.value, note: 'measured' } }
  const initial = backExtrapolated(samples.filter(({ value }) => !Number.isNaN(value)))
  return { samples, points: initial === null ? samples : withInserted(samples, initial.value), initial }
}

/**
 * The line through the logarithms of the first two values, taken back to time 0; the first quantifiable value where that line
 * does not fall or one of the two is 0 (Phoenix WinNonlin). Null where nothing is quantifiable.
 */
function backExtrapolated(points: readonly TimedValue[]): Found | null {
  const [first, second] = points
  const quantifiable = points.find(({ value }) => value > 0)
  if (first === undefined || quantifiable === undefined) return null
  if (second !== undefined && first.value > second.value && second.value > 0) {
    const fall = log(first.value / second.value) / (second.time - first.time)
    return {
      value: first.value * exp(fall * first.time),
      note: `back-extrapolated from times ${first.time} and ${second.time}`,
    }
  }
  return { value: quantifiable.value, note: 'the first quantifiable value, since the first two do not fall' }
}
