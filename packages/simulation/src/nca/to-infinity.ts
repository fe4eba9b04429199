import { type Found, undefinedBecause } from '../results/found.ts'
import { derived } from './derived.ts'
import type { NcaDose } from './nca-dose.ts'

/** What is known of a course up to its last quantifiable value. */
export interface ToLast {
  readonly area: Found
  readonly moment: Found
  readonly time: Found
  /** lambda-z. */
  readonly rate: Found
  /** Area from the dose to the first sample. */
  readonly back: Found
  readonly dose: Found
  readonly route: NcaDose['route']
  /** Of an infusion; 0 for other routes. */
  readonly duration: number
  /** The interval between doses at steady state. */
  readonly interval: { readonly tau: number; readonly area: Found; readonly moment: Found } | null
}

/** Part of a whole in percent. */
const percent = (part: Found, whole: Found) => derived([part, whole], (a, b) => (100 * a) / b)
const difference = (whole: Found, part: Found) => derived([whole, part], (a, b) => a - b)

/**
 * The figures that need the course to infinity, which goes on from its last quantifiable value (observed or predicted) with
 * the terminal rate. At steady state clearance and volumes come from the area over the interval, and
 * MRT = (AUMCtau + tau (AUCinf − AUCtau))/AUCtau. Half the duration of an infusion is no residence.
 */
export function toInfinity(last: Found, { area, moment, time, rate, ...known }: ToLast) {
  const { back, dose, route, duration, interval } = known
  const AUC = derived([area, last, rate], (a, c, k) => a + c / k)
  const AUMC = derived([moment, last, rate, time], (m, c, k, t) => m + (c * t) / k + c / (k * k))
  const residence =
    interval === null
      ? derived([AUMC, AUC], (m, a) => m / a)
      : derived([interval.moment, AUC, interval.area], (m, whole, a) => (m + interval.tau * (whole - a)) / a)
  const MRT = derived([residence], (mean) => mean - duration / 2)
  const CL = derived([dose, interval?.area ?? AUC], (amount, a) => amount / a)
  return {
    AUC,
    AUMC,
    MRT,
    CL,
    Vz: derived([CL, rate], (clearance, k) => clearance / k),
    Vss:
      route === 'extravascular'
        ? undefinedBecause('needs an intravenous dose')
        : derived([CL, MRT], (clearance, mean) => clearance * mean),
    extrapolated: percent(difference(AUC, area), AUC),
    momentExtrapolated: percent(difference(AUMC, moment), AUMC),
    back: percent(back, AUC),
  }
}
