import { type MarkRow, mostObserved } from './observed-rows.ts'
import type { PixelScales, PlotFrame } from './plot-frame.ts'

/** Paints values of the data where they are too many for Vega: the same marks, somewhat smaller. */
export function paintObserved(
  context: CanvasRenderingContext2D,
  { width, height }: PlotFrame,
  scales: Pick<PixelScales, 'x' | 'y'>,
  rows: readonly MarkRow[],
  colourOf: (series: string) => string,
): void {
  context.save()
  context.beginPath()
  context.rect(0, 0, width, height)
  context.clip()
  // the more there are, the fainter, so that curves are seen among them
  const faint = Math.sqrt(mostObserved / Math.max(mostObserved, rows.length))
  const bySeries = Map.groupBy(rows, ({ series }) => series)
  for (const [series, own] of bySeries) {
    context.strokeStyle = colourOf(series)
    context.globalAlpha = Math.max(0.12, 0.35 * faint)
    context.lineWidth = 0.75
    context.beginPath()
    let before = ''
    for (const { kind, time, value, trace } of own) {
      const [x, y] = [scales.x(time), scales.y(value)]
      if (kind === 'below') {
        context.moveTo(x, y)
        context.lineTo(x, height)
      }
      if (trace === '') continue
      if (trace === before) context.lineTo(x, y)
      else context.moveTo(x, y)
      before = trace
    }
    context.stroke()
    context.globalAlpha = Math.max(0.15, 0.8 * faint)
    context.lineWidth = 1
    context.beginPath()
    for (const { kind, time, value, shape } of own)
      paintMark(context, kind === 'excluded' ? kind : shape, scales.x(time), scales.y(value), size)
    context.stroke()
  }
  context.restore()
}

const size = 2.2

/** Corners of the shapes that have some. */
const polygons: Readonly<Record<string, readonly (readonly [x: number, y: number])[]>> = {
  'triangle-down': [
    [-1.3, -1],
    [1.3, -1],
    [0, 1.3],
  ],
  'triangle-up': [
    [-1.3, 1],
    [1.3, 1],
    [0, -1.3],
  ],
  'triangle-right': [
    [-1, -1.3],
    [-1, 1.3],
    [1.3, 0],
  ],
  square: [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ],
  diamond: [
    [0, -1.4],
    [1.2, 0],
    [0, 1.4],
    [-1.2, 0],
  ],
}

/** Adds a mark to the path. */
export function paintMark(context: CanvasRenderingContext2D, shape: string, x: number, y: number, size: number): void {
  const corners = polygons[shape]
  if (shape === 'excluded') {
    context.moveTo(x - size, y - size)
    context.lineTo(x + size, y + size)
    context.moveTo(x - size, y + size)
    context.lineTo(x + size, y - size)
  } else if (corners === undefined) {
    context.moveTo(x + size, y)
    context.arc(x, y, size, 0, 2 * Math.PI)
  } else {
    for (const [k, [dx, dy]] of corners.entries()) {
      if (k === 0) context.moveTo(x + dx * size, y + dy * size)
      else context.lineTo(x + dx * size, y + dy * size)
    }
    context.closePath()
  }
}
