import type { ValueRange } from './axis-domain.ts'
import { firstAtOrAfter } from './decimate.ts'
import type { PixelScales, PlotFrame } from './plot-frame.ts'

/** A curve that wants its name at its end. */
export interface NamedCurve {
  readonly name: string
  /** Names the series whose colour the label has. */
  readonly series: string
  readonly colour: string
  readonly times: Float64Array
  readonly values: Float64Array
}

/** A name at the end of a curve; its place is that of the text's right end, pixels in the plot rectangle. */
export interface EndLabel {
  readonly text: string
  readonly series: string
  readonly colour: string
  readonly x: number
  readonly y: number
}

const lineHeight = 14
/** About the width of a character of the labels' size, pixels. */
const characterWidth = 6.2
/** Room for the piece of line beside a name. */
export const sampleWidth = 14
const longest = 20

/** Places names at the last point of each curve that is in view, a little above it and clear of one another. */
export function endLabels(frame: PlotFrame, scales: PixelScales, curves: readonly NamedCurve[]): readonly EndLabel[] {
  const wanted = curves.flatMap((curve) => {
    const end = lastInView(frame, scales, curve)
    if (!end) return []
    const text = curve.name.length > longest ? `${curve.name.slice(0, longest - 1).trimEnd()}…` : curve.name
    const width = text.length * characterWidth + sampleWidth
    return [{ text, series: curve.series, colour: curve.colour, width, x: Math.max(end.x, width), y: end.y - 9 }]
  })
  const placed: (EndLabel & { readonly width: number })[] = []
  for (const label of wanted.toSorted((a, b) => a.y - b.y)) {
    const isClear = (y: number): boolean =>
      placed.every(
        (other) =>
          Math.abs(other.y - y) >= lineHeight || other.x <= label.x - label.width || label.x <= other.x - other.width,
      )
    const steps = Array.from({ length: 40 }, (_, k) => (k % 2 === 0 ? 1 : -1) * Math.ceil(k / 2) * (lineHeight / 2))
    const candidates = steps
      .map((step) => label.y - step)
      .filter((y) => y >= lineHeight / 2 && y <= frame.height - lineHeight / 2)
    const y = candidates.find(isClear)
    if (y !== undefined) placed.push({ ...label, y })
  }
  return placed.map(({ text, series, colour, x, y }) => ({ text, series, colour, x, y }))
}

function lastInView(
  { period, values: axis, scale }: { readonly period: ValueRange; readonly values: ValueRange; readonly scale: string },
  scales: Pick<PixelScales, 'x' | 'y'>,
  { times, values }: Pick<NamedCurve, 'times' | 'values'>,
): { readonly x: number; readonly y: number } | null {
  for (let k = Math.min(times.length, firstAtOrAfter(times, period.high) + 1) - 1; k >= 0; k--) {
    const time = times[k]!
    const value = values[k]!
    if (time < period.low) return null
    if (time > period.high || !(value >= axis.low && value <= axis.high)) continue
    if (scale === 'log' && !(value > 0)) continue
    return { x: scales.x(time), y: scales.y(value) }
  }
  return null
}
