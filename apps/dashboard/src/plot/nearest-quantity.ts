import { courseAt } from './course-at.ts'
import type { Curves } from './panel-model.ts'
import type { PixelScales } from './plot-frame.ts'

/** The quantity whose curve is nearest to a place in the plot rectangle; the first where none is there. */
export function nearestQuantity(
  { times, values }: Curves,
  quantities: readonly string[],
  scales: Pick<PixelScales, 'time' | 'y'>,
  x: number,
  y: number,
): string | null {
  const distances = quantities.map((quantity) => {
    const column = values.get(quantity)
    const at = column ? scales.y(courseAt(times, column, scales.time(x))) : Number.NaN
    return { quantity, distance: Number.isFinite(at) ? Math.abs(at - y) : Infinity }
  })
  const [nearest] = distances.toSorted((a, b) => a.distance - b.distance)
  return nearest?.quantity ?? null
}
