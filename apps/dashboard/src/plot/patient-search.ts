import { courseAt } from './course-at.ts'
import { firstAtOrAfter } from './decimate.ts'
import type { PixelScales } from './plot-frame.ts'

/** Curves of one quantity of many patients, some in each array, one after the other. */
export interface ManyCurves {
  readonly times: Float64Array
  readonly parts: readonly Float64Array[]
}

/** A rectangle of the plot, pixels. */
export interface PixelBox {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** The patient, from 0, whose curve is nearest to a place in the plot, and how far it is, pixels; null where none is within `reach`. */
export function nearestPatient(
  curves: ManyCurves,
  scales: PixelScales,
  x: number,
  y: number,
  reach: number,
): { readonly patient: number; readonly distance: number } | null {
  let patient = -1
  let best = reach
  eachPiece(curves, scales, x - reach, x + reach, (who, x0, y0, x1, y1) => {
    const distance = distanceToLine(x, y, x0, y0, x1, y1)
    if (distance < best) {
      best = distance
      patient = who
    }
    return false
  })
  return patient < 0 ? null : { patient, distance: best }
}

/** The patients, ascending, whose curves go through a rectangle of the plot. */
export function patientsInBox(curves: ManyCurves, scales: PixelScales, box: PixelBox): readonly number[] {
  const found: number[] = []
  eachPiece(curves, scales, box.left, box.right, (patient, x0, y0, x1, y1) => {
    const isInside = crosses(box, x0, y0, x1, y1)
    if (isInside) found.push(patient)
    return isInside
  })
  return found
}

/** The patient whose value at a time is the next one above or below that of `from`; without one, the nearest to `value`. */
export function neighbourAt(
  { times, parts }: ManyCurves,
  time: number,
  from: number | null,
  direction: 1 | -1,
  value: number,
): number | null {
  const all = parts.flatMap((part, p) => {
    const count = part.length / times.length
    return Array.from({ length: count }, (_, k) => ({
      patient: p * count + k,
      value: courseAt(times, part.subarray(k * times.length, (k + 1) * times.length), time),
    }))
  })
  const ranked = all.filter((each) => Number.isFinite(each.value)).sort((a, b) => a.value - b.value)
  const at = ranked.findIndex(({ patient }) => patient === from)
  if (at >= 0) return ranked[Math.min(ranked.length - 1, Math.max(0, at + direction))]?.patient ?? null
  const above = ranked.findIndex((each) => each.value >= value)
  return ranked[above < 0 ? ranked.length - 1 : above]?.patient ?? null
}

/** Tells the pieces of every curve between two places, in pixels, until one is enough for its patient. */
function eachPiece(
  { times, parts }: ManyCurves,
  scales: PixelScales,
  left: number,
  right: number,
  isEnough: (patient: number, x0: number, y0: number, x1: number, y1: number) => boolean,
): void {
  const first = Math.max(0, firstAtOrAfter(times, scales.time(left)) - 1)
  const last = Math.min(times.length - 1, firstAtOrAfter(times, scales.time(right)))
  const xs = times.slice(first, last + 1).map((time) => scales.x(time))
  let patient = 0
  for (const part of parts) {
    for (let from = first; from < part.length; from += times.length, patient++) {
      let before = scales.y(part[from]!)
      for (let k = 1; k < xs.length; k++) {
        const here = scales.y(part[from + k]!)
        if (Number.isFinite(before) && Number.isFinite(here) && isEnough(patient, xs[k - 1]!, before, xs[k]!, here))
          break
        before = here
      }
    }
  }
}

function distanceToLine(x: number, y: number, x0: number, y0: number, x1: number, y1: number): number {
  const [dx, dy] = [x1 - x0, y1 - y0]
  const length = dx * dx + dy * dy
  const along = length > 0 ? Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / length)) : 0
  return Math.hypot(x0 + along * dx - x, y0 + along * dy - y)
}

/** Whether a piece of line enters a rectangle: the part of it that each pair of sides leaves is cut down to nothing or not. */
function crosses({ left, right, top, bottom }: PixelBox, x0: number, y0: number, x1: number, y1: number): boolean {
  let [from, to] = [0, 1]
  for (const [start, change, low, high] of [
    [x0, x1 - x0, left, right],
    [y0, y1 - y0, top, bottom],
  ] as const) {
    if (change === 0) {
      if (start < low || start > high) return false
      continue
    }
    const [a, b] = [(low - start) / change, (high - start) / change]
    from = Math.max(from, Math.min(a, b))
    to = Math.min(to, Math.max(a, b))
  }
  return from <= to
}
