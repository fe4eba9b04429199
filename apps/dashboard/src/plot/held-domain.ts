import type { ValueRange } from './axis-domain.ts'
import type { Curves } from './panel-model.ts'

/** A curve that axes make room for when it comes for the first time. */
export interface Newcomer {
  readonly id: string
  readonly curves: Curves
}

interface Held {
  readonly key: readonly unknown[]
  values: ValueRange
  readonly seen: Set<string>
}

/** Most keys whose axes are kept. */
const mostKept = 40

/**
 * Axes that stay as they are when curves are drawn anew: computed for each `key` once, so that undo brings back those that
 * were, and wider where a scenario comes that was not there before. A scenario that was active has been seen, and so has a
 * copy of it.
 */
export function createHeldDomain(): (
  key: readonly unknown[],
  active: Newcomer,
  others: readonly Newcomer[],
  domainOf: (curves: readonly Curves[]) => ValueRange,
) => ValueRange {
  const kept: Held[] = []
  return (key, active, others, domainOf) => {
    let held = kept.find((one) => one.key.length === key.length && one.key.every((part, k) => Object.is(part, key[k])))
    if (!held) {
      held = { key, values: domainOf(others.map(({ curves }) => curves)), seen: new Set(others.map(({ id }) => id)) }
      kept.unshift(held)
      kept.splice(mostKept)
    } else {
      const { seen, values } = held
      const fresh = others.filter(({ id, curves }) => !seen.has(id) && curves !== active.curves)
      if (fresh.length > 0) {
        const wanted = domainOf(fresh.map(({ curves }) => curves))
        held.values = { low: Math.min(values.low, wanted.low), high: Math.max(values.high, wanted.high) }
      }
      for (const { id } of others) seen.add(id)
    }
    held.seen.add(active.id)
    return held.values
  }
}
