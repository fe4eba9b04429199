import type { RootCondition, Stopping } from '../options.ts'

/** What may end a run early, with every default filled in and every value checked. */
export interface ResolvedStopping {
  readonly maxResets: number
  readonly shouldStop: (() => boolean) | null
  readonly askEvery: number
  readonly milliseconds: number
  readonly clock: () => number
}

/** Checks what may end a run early; throws a RangeError that names the option, its value and what is allowed. */
export function resolveStopping({
  maxResets = 10_000,
  shouldStop,
  askEvery = 1,
  deadline,
}: Stopping): ResolvedStopping {
  if (!(maxResets >= 0)) throw new RangeError(`maxResets must be at least 0, got ${maxResets}`)
  if (!(Number.isInteger(askEvery) && askEvery >= 1)) {
    throw new RangeError(`askEvery must be a whole number from 1, got ${askEvery}`)
  }
  if (deadline !== undefined && !(deadline.milliseconds >= 0)) {
    throw new RangeError(`deadline.milliseconds must be at least 0, got ${deadline.milliseconds}`)
  }
  return {
    maxResets,
    shouldStop: shouldStop ?? null,
    askEvery,
    milliseconds: deadline?.milliseconds ?? Number.POSITIVE_INFINITY,
    clock: deadline?.clock ?? (() => 0),
  }
}

/**
 * Throws a RangeError for a condition whose direction is none, a TypeError for one that changes the state and cannot say
 * how its root moves, where that is needed.
 */
export function checkConditions(conditions: readonly RootCondition[], carriesSensitivities: boolean): void {
  conditions.forEach(({ apply, gradient, direction = 0 }, index) => {
    if (direction !== -1 && direction !== 0 && direction !== 1) {
      throw new RangeError(
        `root condition ${index} has direction ${direction}; it must be 1 (rising), -1 (falling) or 0`,
      )
    }
    if (carriesSensitivities && apply !== undefined && gradient === undefined) {
      throw new TypeError(
        `root condition ${index} changes the state while sensitivities are carried; give its gradient, too`,
      )
    }
  })
}
