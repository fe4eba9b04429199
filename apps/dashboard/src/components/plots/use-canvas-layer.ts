import { useSignalEffect } from '@preact/signals'
import type { RefObject } from 'preact'
import { type Curve, paintCurves, prepareCanvas } from '../../plot/paint-curves.ts'
import { seriesColour, seriesDash } from '../../plot/palette.ts'
import { pixelScales } from '../../plot/plot-frame.ts'
import type { Course } from '../../state/course.ts'
import type { PanelState } from './use-panel-state.ts'

/** The look of a course's curves, by their place in the panel. */
interface CourseStyle {
  readonly colour: (k: number) => string
  readonly width: number
  readonly dash: (k: number) => readonly number[]
}

/**
 * The upper layer: the newest course as it arrives, until Vega shows it; the fit's course; the crosshair; and the
 * reference while there is no Vega view yet.
 */
export function useCanvasLayer(canvas: RefObject<HTMLCanvasElement | null>, state: PanelState): void {
  const { dashboard, panel, frame, vega, shownByVega, palette } = state
  const curvesOf = (course: Course | null, { colour, width, dash }: CourseStyle): Curve[] =>
    panel.quantities.flatMap((quantity, k) => {
      const values = course?.values.get(quantity)
      return course && values ? [{ times: course.times, values, colour: colour(k), width, dash: dash(k) }] : []
    })

  useSignalEffect(() => {
    const shape = frame.value
    if (!canvas.current || !shape) return
    const context = prepareCanvas(canvas.current, shape)
    if (!context) return
    const { reference, ink, muted } = palette.value
    const own = pixelScales(shape)
    const course = dashboard.course.value
    const before = vega.value || dashboard.reference.value === course ? null : dashboard.reference.value
    const newest = course === shownByVega.value ? null : course
    paintCurves(context, shape, vega.value?.scales ?? own, [
      ...curvesOf(before, { colour: () => reference, width: 1.5, dash: () => [] }),
      ...curvesOf(newest, { colour: (k) => seriesColour(palette.value, k), width: 2.25, dash: seriesDash }),
      ...curvesOf(dashboard.fit.course.value, { colour: () => ink, width: 1.75, dash: () => [5, 3] }),
    ])
    if (course && performance.getEntriesByName('first-curve').length === 0) performance.mark('first-curve')
    const time = dashboard.view.cursor.value
    if (time !== null && time >= shape.period.low && time <= shape.period.high) {
      context.fillStyle = muted
      context.fillRect(Math.round(own.x(time)), 0, 1, shape.height)
    }
  })
}
