import { courseAt } from './course-at.ts'
import type { Curves, NamedCurves } from './panel-model.ts'

/** A curve that keys go along. */
export interface TracedCurve {
  readonly name: string
  readonly quantity: string
  readonly curves: Curves
}

/** The curves of a panel in the order in which up and down go through them. */
export function tracedCurvesOf(
  drawn: readonly NamedCurves[],
  quantities: readonly string[],
  label: (quantity: string) => string,
): readonly TracedCurve[] {
  return drawn.flatMap(({ name, curves }) =>
    quantities.map((quantity) => ({
      name: quantities.length === 1 ? name : drawn.length === 1 ? label(quantity) : `${label(quantity)}, ${name}`,
      quantity,
      curves,
    })),
  )
}

/** The value of a curve at a time; NaN where it has none. */
export function tracedValue({ curves, quantity }: TracedCurve, time: number): number {
  const column = curves.values.get(quantity)
  return column ? courseAt(curves.times, column, time) : Number.NaN
}
