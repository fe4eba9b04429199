import type { Difference } from '../document/desk.ts'
import { courseAt } from './course-at.ts'
import type { Curves } from './panel-model.ts'

/**
 * Curves relative to those of a reference, at their own times: exactly 1 (or 0) for the reference itself; NaN where the
 * reference has no value, or where a ratio has nothing to divide by.
 */
export function differenceCurves(
  curves: Curves,
  reference: Curves,
  quantities: readonly string[],
  difference: Difference,
): Curves {
  const { times } = curves
  const isOnGrid =
    times.length <= reference.times.length && times.every((time, k) => Object.is(time, reference.times[k]))
  const none = difference === 'ratio' ? 1 : 0
  const relative = (quantity: string): Float64Array => {
    const values = curves.values.get(quantity) ?? new Float64Array()
    const compared = reference.values.get(quantity)
    if (values === compared) return values.map(() => none)
    return values.map((value, k) => {
      if (!compared) return Number.NaN
      const base = isOnGrid ? compared[k]! : courseAt(reference.times, compared, times[k]!)
      if (difference === 'delta') return value - base
      return base === 0 ? Number.NaN : value / base
    })
  }
  return { times, values: new Map(quantities.map((quantity) => [quantity, relative(quantity)])) }
}
