import { firstAtOrAfter } from './decimate.ts'
import type { PixelScales, PlotFrame } from './plot-frame.ts'

/** A band between two curves as the path of an SVG document; on a log axis it ends at its lower edge. Empty where there is none. */
export function bandPath(
  times: Float64Array,
  lower: Float64Array,
  upper: Float64Array,
  { period, height, scale }: PlotFrame,
  scales: Pick<PixelScales, 'x' | 'y'>,
): string {
  const from = Math.max(0, firstAtOrAfter(times, period.low) - 1)
  const to = Math.min(times.length, firstAtOrAfter(times, period.high) + 1)
  const isShown = (value: number): boolean => (scale === 'log' ? value > 0 : Number.isFinite(value))
  const place = (value: number): number => (isShown(value) ? Math.max(-1e4, Math.min(1e4, scales.y(value))) : height)
  const point = (k: number, values: Float64Array): string =>
    `${scales.x(times[k]!).toFixed(1)} ${place(values[k]!).toFixed(1)}`
  const shown = Array.from({ length: Math.max(0, to - from) }, (_, k) => from + k).filter((k) => isShown(upper[k]!))
  if (shown.length < 2) return ''
  return `M${[...shown.map((k) => point(k, upper)), ...shown.toReversed().map((k) => point(k, lower))].join('L')}Z`
}
