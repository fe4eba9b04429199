import type { ValueRange } from './axis-domain.ts'
import { firstAtOrAfter } from './decimate.ts'
import type { Curves } from './panel-model.ts'

/** How many values within the times shown a log axis cannot show: zero or below. */
export function unshownCount(
  quantities: readonly string[],
  period: ValueRange,
  curves: readonly Curves[],
  observations: readonly { readonly quantity: string; readonly time: number; readonly value: number }[],
): number {
  const ofCurves = curves.flatMap(({ times, values }) => {
    const from = firstAtOrAfter(times, period.low)
    let to = firstAtOrAfter(times, period.high)
    while (times[to] === period.high) to++
    return quantities.map(
      (name) =>
        values
          .get(name)
          ?.subarray(from, to)
          .filter((value) => value <= 0).length ?? 0,
    )
  })
  const seen = observations.filter(
    ({ quantity, time, value }) =>
      quantities.includes(quantity) && time >= period.low && time <= period.high && value <= 0,
  )
  return ofCurves.reduce((sum, count) => sum + count, seen.length)
}

/** What a panel says of them. */
export function unshownText(count: number): string {
  return count === 1
    ? '1 value is zero or below and cannot be shown on a log axis.'
    : `${count} values are zero or below and cannot be shown on a log axis.`
}
