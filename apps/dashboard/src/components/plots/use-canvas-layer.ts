import { useSignalEffect } from '@preact/signals'
import type { RefObject } from 'preact'
import type { Scenario } from '../../document/scenario.ts'
import { endLabels } from '../../plot/end-labels.ts'
import { type Curve, paintCurves, prepareCanvas } from '../../plot/paint-curves.ts'
import { paintLabels } from '../../plot/paint-labels.ts'
import type { Curves } from '../../plot/panel-model.ts'
import { activeWidth, type CurveStyle, curveStyle, otherWidth } from '../../plot/panel-series.ts'
import { pixelScales } from '../../plot/plot-frame.ts'
import { scanCurves } from '../../plot/scan-curves.ts'
import { tracedValue } from '../../plot/traced-curves.ts'
import type { PanelState } from './use-panel-state.ts'

/**
 * The upper layer: the newest course as it arrives, until Vega shows it; the fit's course; the curves of a scan; the crosshair; and the
 * other scenarios and the reference while there is no Vega view yet, or while what they are compared with moves.
 */
export function useCanvasLayer(canvas: RefObject<HTMLCanvasElement | null>, state: PanelState): void {
  const { dashboard, panel, frame, vega, shownByVega, palette, scene } = state
  const { quantities } = panel
  const curvesOf = (course: Curves, width: number, style: (k: number) => CurveStyle): Curve[] =>
    quantities.flatMap((quantity, k) => {
      const values = course.values.get(quantity)
      return values ? [{ times: course.times, values, width, ...style(k) }] : []
    })

  useSignalEffect(() => {
    const shape = frame.value
    if (!canvas.current || !shape) return
    const context = prepareCanvas(canvas.current, shape)
    if (!context) return
    const { reference: grey, ink, muted, ground } = palette.value
    const own = pixelScales(shape)
    const course = dashboard.course.value
    const isShown = course === shownByVega.value
    const transform = scene.live.value
    const style = (scenario: Scenario, isActive: boolean) => (k: number) =>
      curveStyle(palette.value, quantities, k, scenario, isActive)
    const reference = scene.reference.value
    const others = scene.others.value
    const active = dashboard.scenario.peek()
    const isAllNew = !vega.value || (!isShown && state.movesAll.value)
    const family = dashboard.scan.family.value.map(({ course: scanned }) => scanned && transform(scanned))
    const fitted = dashboard.fit.course.value
    paintCurves(context, shape, vega.value?.scales ?? own, [
      ...(isAllNew && reference && reference !== course
        ? curvesOf(transform(reference), otherWidth, () => ({ colour: grey, dash: [] }))
        : []),
      ...(isAllNew
        ? others.flatMap(({ scenario, course }) => curvesOf(transform(course), otherWidth, style(scenario, false)))
        : []),
      ...scanCurves(family, dashboard.scan.highlighted.value, quantities, palette.value),
      ...(course && !isShown ? curvesOf(transform(course), activeWidth, style(active, true)) : []),
      ...(fitted ? curvesOf(transform(fitted), 1.75, () => ({ colour: ink, dash: [5, 3] })) : []),
    ])
    if (!isShown) paintLabels(context, endLabels(shape, own, scene.named(course, transform)), palette.value)
    if (course && performance.getEntriesByName('first-curve').length === 0) performance.mark('first-curve')
    const time = dashboard.view.cursor.value
    const followed = state.traced.value === null ? undefined : state.tracedCurves.value[state.traced.value]
    if (time !== null && time >= shape.period.low && time <= shape.period.high) {
      context.fillStyle = muted
      context.fillRect(Math.round(own.x(time)), 0, 1, shape.height)
      const y = followed ? own.y(tracedValue(followed, time)) : Number.NaN
      if (y >= 0 && y <= shape.height) {
        context.beginPath()
        context.arc(own.x(time), y, 4.5, 0, 2 * Math.PI)
        context.fillStyle = ground
        context.fill()
        context.strokeStyle = ink
        context.lineWidth = 2
        context.setLineDash([])
        context.stroke()
      }
    }
  })
}
