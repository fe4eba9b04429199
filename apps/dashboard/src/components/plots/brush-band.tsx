import type { ReadonlySignal } from '@preact/signals'
import { type PlotFrame, padding, pixelScales } from '../../plot/plot-frame.ts'
import type { PlotView } from '../../plot/plot-view.ts'

interface BrushBandProps {
  readonly view: PlotView
  readonly frame: ReadonlySignal<PlotFrame | null>
}

/** The times under a drag, as a band across the panel. */
export function BrushBand({ view, frame }: BrushBandProps) {
  const times = view.brush.value
  const shape = frame.value
  if (!times || !shape) return null
  const scales = pixelScales(shape)
  const left = Math.max(0, scales.x(times.low))
  const right = Math.min(shape.width, scales.x(times.high))
  return (
    <div
      class="brush-band"
      style={{
        left: `${padding.left + left}px`,
        top: `${padding.top}px`,
        width: `${Math.max(0, right - left)}px`,
        height: `${shape.height}px`,
      }}
    />
  )
}
