import { useSignalEffect } from '@preact/signals'
import type { RefObject } from 'preact'
import type { PanelExports } from '../../export/panel-exports.ts'
import { bandRows, courseRows, doseRows, mostPoints, observationRows } from '../../plot/panel-rows.ts'
import type { PlotFrame } from '../../plot/plot-frame.ts'
import type { VegaPanel } from '../../plot/vega-panel.ts'
import type { Course } from '../../state/course.ts'
import type { PopulationBands } from '../../state/percentile-bands.ts'
import { bandsOf } from '../../state/population-session.ts'
import type { PanelState } from './use-panel-state.ts'

/** The lower layer: a Vega view with axes, doses, reference, bands, observations and the course once sliders rest. */
export function useVegaLayer(host: RefObject<HTMLDivElement | null>, state: PanelState, exports: PanelExports): void {
  const { dashboard, panel, observations, frame, vega, shownByVega, palette } = state
  const { view, panels, scenario } = dashboard

  const rowsOf = (course: Course, shape: PlotFrame): readonly object[] => {
    const curves = panels.peek().flatMap(({ quantities }) => quantities).length
    return courseRows(course, panel.quantities, shape, mostPoints / curves)
  }

  const bandsIn = (bands: PopulationBands | null, { period, scale, values }: PlotFrame): readonly object[] =>
    bands ? bandRows(bands, panel.quantities, period, scale, values.low) : []

  // The Vega view is made anew when the panel's shape or axes change; Vega itself is loaded after the first curve.
  useSignalEffect(() => {
    const shape = frame.value
    const colours = palette.value
    const element = host.current
    if (!shape || !element) return
    let current: VegaPanel | null = null
    let abandoned = false
    const make = async (): Promise<void> => {
      const { createVegaPanel } = await import('../../plot/vega-panel.ts')
      if (abandoned) return
      const next = document.createElement('div')
      const made = createVegaPanel(next, shape, panel.quantities, colours)
      const reference = dashboard.reference.peek()
      const course = dashboard.settled.peek() ?? dashboard.course.peek()
      const bands = bandsOf(dashboard.population.state.peek())
      await made.show({
        doses: doseRows(scenario.peek().regimen.doses),
        reference: reference ? rowsOf(reference, shape) : [],
        courses: course ? rowsOf(course, shape) : [],
        observations: observationRows(observations.peek(), panel.quantities, shape.period),
        bands: bandsIn(bands, shape),
      })
      if (abandoned) {
        made.finalize()
        return
      }
      current = made
      element.replaceChildren(next)
      vega.value = made
      shownByVega.value = course
    }
    view.slowly(make)
    return () => {
      abandoned = true
      current?.finalize()
      vega.value = null
      shownByVega.value = null
    }
  })

  // Once the sliders rest, the thinned course goes into Vega and leaves the canvas.
  useSignalEffect(() => {
    const course = dashboard.settled.value
    const panelView = vega.value
    const shape = frame.peek()
    if (!course || !panelView || !shape || shownByVega.peek() === course) return
    view.slowly(async () => {
      if (vega.peek() !== panelView || dashboard.course.peek() !== course) return
      await panelView.show({
        courses: rowsOf(course, shape),
      })
      if (vega.peek() === panelView) shownByVega.value = course
    })
  })

  useSignalEffect(() => {
    const bands = bandsOf(dashboard.population.state.value)
    const panelView = vega.value
    const shape = frame.peek()
    if (!panelView || !shape) return
    view.slowly(async () => {
      if (vega.peek() !== panelView || bandsOf(dashboard.population.state.peek()) !== bands) return
      await panelView.show({
        bands: bandsIn(bands, shape),
      })
    })
  })

  useSignalEffect(() => {
    exports.offer(panel.title, vega.value ? vega.value.toSvg : null)
    return () => exports.offer(panel.title, null)
  })
}
