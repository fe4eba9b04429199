import type { EndLabel } from './end-labels.ts'
import { sampleWidth } from './end-labels.ts'
import type { Palette } from './palette.ts'

/** Writes the names of curves as the Vega view does, for while it does not. */
export function paintLabels(
  context: CanvasRenderingContext2D,
  labels: readonly EndLabel[],
  { ink, ground }: Pick<Palette, 'ink' | 'ground'>,
): void {
  context.save()
  context.font = '11px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif'
  context.textAlign = 'right'
  context.textBaseline = 'middle'
  context.lineJoin = 'round'
  for (const { text, colour, x, y } of labels) {
    context.strokeStyle = ground
    context.lineWidth = 3
    context.strokeText(text, x - sampleWidth, y)
    context.fillStyle = ink
    context.fillText(text, x - sampleWidth, y)
    context.strokeStyle = colour
    context.lineWidth = 2
    context.beginPath()
    context.moveTo(x - 11, y)
    context.lineTo(x, y)
    context.stroke()
  }
  context.restore()
}
