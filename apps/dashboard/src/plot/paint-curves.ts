import { type PixelScales, type PlotFrame, padding } from './plot-frame.ts'

export interface Curve {
  readonly times: Float64Array
  readonly values: Float64Array
  readonly colour: string
  readonly width: number
  readonly dash: readonly number[]
}

/** Fits a canvas to its panel at the screen's pixel ratio and returns its context, in CSS pixels with the plot rectangle's corner as origin. */
export function prepareCanvas(canvas: HTMLCanvasElement, frame: PlotFrame): CanvasRenderingContext2D | null {
  const ratio = window.devicePixelRatio || 1
  const width = frame.width + padding.left + padding.right
  const height = frame.height + padding.top + padding.bottom
  const pixelsWide = Math.round(width * ratio)
  const pixelsHigh = Math.round(height * ratio)
  if (canvas.width !== pixelsWide || canvas.height !== pixelsHigh) {
    canvas.width = pixelsWide
    canvas.height = pixelsHigh
    canvas.style.width = `${width}px`
    canvas.style.height = `${height}px`
  }
  const context = canvas.getContext('2d')
  if (!context) return null
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.clearRect(0, 0, canvas.width, canvas.height)
  context.setTransform(ratio, 0, 0, ratio, padding.left * ratio, padding.top * ratio)
  return context
}

/** Draws curves from typed arrays, clipped to the plot rectangle. A value the axis cannot show lifts the pen. */
export function paintCurves(
  context: CanvasRenderingContext2D,
  { width, height, period, scale }: PlotFrame,
  scales: Pick<PixelScales, 'x' | 'y'>,
  curves: readonly Curve[],
): void {
  context.save()
  context.beginPath()
  context.rect(0, 0, width, height)
  context.clip()
  context.lineJoin = 'round'
  for (const { times, values, colour, width: lineWidth, dash } of curves) {
    context.beginPath()
    let down = false
    for (let i = 0; i < times.length; i++) {
      const time = times[i]!
      // A neighbour on either side of the view lets the line run to the edge.
      if ((times[i + 1] ?? Infinity) < period.low) continue
      if ((times[i - 1] ?? -Infinity) > period.high) break
      const value = values[i]!
      if (!(scale === 'log' ? value > 0 : Number.isFinite(value))) {
        down = false
        continue
      }
      const x = scales.x(time)
      const y = Math.max(-1e4, Math.min(1e4, scales.y(value)))
      if (down) context.lineTo(x, y)
      else context.moveTo(x, y)
      down = true
    }
    context.strokeStyle = colour
    context.lineWidth = lineWidth
    context.setLineDash([...dash])
    context.stroke()
  }
  context.restore()
}
