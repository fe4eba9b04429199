import { exp, log } from '@cartkin/numerics'
import type { Found } from '../results/found.ts'
import type { TimedValue } from './trapezoid.ts'

/**
 * C0 of a bolus at time 0: the line through the logarithms of the first two values, taken back; the first quantifiable
 * value where that line does not fall or one of the two is 0 (Phoenix WinNonlin). Undefined where nothing is quantifiable.
 */
export function backExtrapolated(points: readonly TimedValue[]): Found | undefined {
  const [first, second] = points
  const quantifiable = points.find(({ value }) => value > 0)
  if (first === undefined || quantifiable === undefined) return undefined
  if (second !== undefined && first.value > second.value && second.value > 0) {
    const fall = log(first.value / second.value) / (second.time - first.time)
    return {
      value: first.value * exp(fall * first.time),
      note: `back-extrapolated from times ${first.time} and ${second.time}`,
    }
  }
  return { value: quantifiable.value, note: 'the first quantifiable value, since the first two do not fall' }
}
