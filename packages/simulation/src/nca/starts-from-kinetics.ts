import { exp, log } from '@cartkin/numerics'
import type { CellularKinetics } from './cellular-kinetics.ts'

/** Parameters of an expansion up to a peak and a contraction in two phases, as in the model `stein-2019`. */
export interface KineticsStarts {
  /** Time of the peak: where the lines of expansion and contraction meet, else that of the highest value. */
  readonly Tmax: number
  readonly Cmax: number
  /** Fold expansion from the infusion to the peak: exp(rho Tmax). */
  readonly foldx?: number
  readonly alpha?: number
  /** Part of the peak that persists. */
  readonly FB?: number
  readonly beta?: number
}

/**
 * Where a fit of expansion and biexponential contraction may begin (A. M. Stein et al., CPT Pharmacometrics Syst. Pharmacol.
 * 8:285–295, 2019), read off the course of one patient. What the course does not show is left out, and the model keeps its own
 * value; undefined where nothing is quantifiable.
 */
export function startsFromKinetics({ figures, expansion, decline }: CellularKinetics): KineticsStarts | undefined {
  const [observedTime, observedPeak] = [figures.Tmax.value, figures.Cmax.value]
  if (!(observedPeak > 0)) return undefined
  const meeting = expansion.found && decline ? meetingTime(expansion.line, decline) : undefined
  const Tmax = meeting ?? observedTime
  const Cmax = meeting === undefined || !decline ? observedPeak : decline.at(meeting)
  const { slow } = decline ?? {}
  const FB = slow && decline ? slow.at(Tmax) / decline.at(Tmax) : undefined
  return {
    Tmax,
    Cmax,
    ...(expansion.found && Tmax > 0 ? { foldx: exp(expansion.line.slope * Tmax) } : {}),
    ...(decline ? { alpha: decline.fast.rate } : {}),
    ...(FB !== undefined && FB > 0 && FB < 1 ? { FB } : {}),
    ...(slow && slow.rate > 0 ? { beta: slow.rate } : {}),
  }
}

type Course = { readonly at: (time: number) => number; readonly points: readonly { readonly time: number }[] }

/** Where a rising line and a decline cross between the last point of the one and the first of the other. */
function meetingTime(rise: Course, decline: Pick<Course, 'at'> & { readonly fast: Pick<Course, 'points'> }) {
  let low = rise.points.at(-1)?.time ?? Number.NaN
  let high = decline.fast.points[0]?.time ?? Number.NaN
  const above = (time: number) => log(rise.at(time) / decline.at(time))
  if (!(low < high && above(low) <= 0 && above(high) >= 0)) return undefined
  for (let k = 0; k < 100 && low < high; k++) {
    const middle = low + (high - low) / 2
    if (middle <= low || middle >= high) break
    if (above(middle) < 0) low = middle
    else high = middle
  }
  return high
}
