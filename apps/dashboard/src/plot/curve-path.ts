import { decimate } from './decimate.ts'
import type { Curves } from './panel-model.ts'
import type { PixelScales, PlotFrame } from './plot-frame.ts'

/** A curve as the path of an SVG document, thinned; a value that the axis cannot show lifts the pen. Empty where there is none. */
export function curvePath(
  { times, values }: Curves,
  quantity: string,
  { period, width, scale }: PlotFrame,
  scales: Pick<PixelScales, 'x' | 'y'>,
): string {
  const column = values.get(quantity)
  if (!column) return ''
  const line = decimate(times, column, period, width)
  let isDown = false
  return line.times
    .map((time, k) => {
      const value = line.values[k]!
      const wasDown = isDown
      isDown = scale === 'log' ? value > 0 : Number.isFinite(value)
      if (!isDown) return ''
      const y = Math.max(-1e4, Math.min(1e4, scales.y(value)))
      return `${wasDown ? 'L' : 'M'}${scales.x(time).toFixed(1)} ${y.toFixed(1)}`
    })
    .join('')
}
