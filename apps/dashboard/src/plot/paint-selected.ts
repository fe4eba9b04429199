import { decimate } from './decimate.ts'
import type { MarkRow } from './observed-rows.ts'
import { type Curve, paintCurves } from './paint-curves.ts'
import { paintMark } from './paint-observed.ts'
import type { Palette } from './palette.ts'
import type { PixelScales, PlotFrame } from './plot-frame.ts'

/** Paints curves of those who are selected so that they stand out, and values of the data of those who are. */
export function paintSelected(
  context: CanvasRenderingContext2D,
  frame: PlotFrame,
  scales: Pick<PixelScales, 'x' | 'y'>,
  curves: readonly Curve[],
  rows: readonly MarkRow[],
  { ink, ground }: Pick<Palette, 'ink' | 'ground'>,
): void {
  const thinned = curves.map((curve): Curve => {
    const { times, values } = decimate(curve.times, curve.values, frame.period, frame.width)
    return { ...curve, times: Float64Array.from(times), values: Float64Array.from(values) }
  })
  paintCurves(context, frame, scales, [
    ...thinned.map((curve) => ({ ...curve, colour: ground, width: 4, dash: [] })),
    ...thinned,
  ])
  context.save()
  context.beginPath()
  context.rect(0, 0, frame.width, frame.height)
  context.clip()
  for (const [width, colour] of [
    [4.5, ground],
    [2, ink],
  ] as const) {
    context.lineWidth = width
    context.strokeStyle = colour
    context.beginPath()
    let before = ''
    for (const { time, value, trace } of rows) {
      if (trace === '') continue
      if (trace === before) context.lineTo(scales.x(time), scales.y(value))
      else context.moveTo(scales.x(time), scales.y(value))
      before = trace
    }
    for (const { kind, shape, time, value } of rows)
      paintMark(context, kind === 'excluded' ? kind : shape, scales.x(time), scales.y(value), 3.5)
    context.stroke()
  }
  context.restore()
}
