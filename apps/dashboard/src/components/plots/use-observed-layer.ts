import { useSignalEffect } from '@preact/signals'
import type { RefObject } from 'preact'
import { markRows, mostObserved, shownMarks } from '../../plot/observed-rows.ts'
import { prepareCanvas } from '../../plot/paint-curves.ts'
import { paintObserved } from '../../plot/paint-observed.ts'
import { pixelScales } from '../../plot/plot-frame.ts'
import type { PanelState } from './use-panel-state.ts'

/** A layer of its own for data with more values than Vega draws: it is painted when they or the axes change. */
export function useObservedLayer(canvas: RefObject<HTMLCanvasElement | null>, state: PanelState): void {
  const { marks, frame, palette, scene } = state
  useSignalEffect(() => {
    const shape = frame.value
    const own = marks.value
    const { muted } = palette.value
    const series = new Map(scene.series.value.map(({ name, colour }) => [name, colour]))
    if (!canvas.current || !shape) return
    const context = prepareCanvas(canvas.current, shape)
    if (!context || own.length <= mostObserved || scene.difference.value) return
    const rows = markRows(shownMarks(own, shape))
    paintObserved(context, shape, pixelScales(shape), rows, (name) => series.get(name) ?? muted)
  })
}
