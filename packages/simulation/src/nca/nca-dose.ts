/** The dose that a course follows. */
export interface NcaDose {
  /** In the time of the series; 0 where absent. All times of the result count from it. */
  readonly time?: number
  /** Absent where it is not known: figures that need it are then not defined. */
  readonly amount?: number
  readonly route: 'extravascular' | 'bolus' | 'infusion'
  /** Of an infusion. */
  readonly duration?: number
}

/** Throws a RangeError for a dose that cannot be, and for an interval between doses that is not positive. */
export function checkDose({ time = 0, amount, route, duration }: NcaDose, tau: number | undefined): void {
  if (!Number.isFinite(time)) throw new RangeError(`the time of the dose is ${time}`)
  if (amount !== undefined && !(amount > 0 && amount < Number.POSITIVE_INFINITY))
    throw new RangeError(`the dose must be positive, got ${amount}; leave it out where it is not known`)
  if (route === 'infusion' && !(duration !== undefined && duration > 0 && duration < Number.POSITIVE_INFINITY))
    throw new RangeError(`an infusion needs its duration, got ${duration}`)
  if (route !== 'infusion' && duration !== undefined)
    throw new RangeError(`a duration is of an infusion, and the route is ${route}`)
  if (tau !== undefined && !(tau > 0 && tau < Number.POSITIVE_INFINITY))
    throw new RangeError(`the interval tau must be positive, got ${tau}`)
}
