import { useSignalEffect } from '@preact/signals'
import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { PanelExports } from '../../export/panel-exports.ts'
import { endLabels } from '../../plot/end-labels.ts'
import { limitRows, markRows, mostObserved, shownMarks } from '../../plot/observed-rows.ts'
import { bandRows, courseRows, labelRows, mostPoints, observationRows } from '../../plot/panel-rows.ts'
import { seriesName } from '../../plot/panel-series.ts'
import { type PlotFrame, pixelScales } from '../../plot/plot-frame.ts'
import type { VegaPanel } from '../../plot/vega-panel.ts'
import type { Course } from '../../state/course.ts'
import type { PopulationBands } from '../../state/percentile-bands.ts'
import { bandsOf } from '../../state/population-session.ts'
import { formatNumber } from '../controls/format-number.ts'
import type { PanelState } from './use-panel-state.ts'

/** The lower layer: a Vega view with axes, doses, reference, bands, observations and the course once sliders rest. */
export function useVegaLayer(host: RefObject<HTMLDivElement | null>, state: PanelState, exports: PanelExports): void {
  const { dashboard, panel, observations, frame, vega, shownByVega, palette, scene } = state
  const { view, panels } = dashboard
  const { quantities } = panel

  /** Points that each of so many scenarios may have in each panel. */
  const share = (scenarios: number): number =>
    mostPoints / (panels.peek().flatMap((each) => each.quantities).length * Math.max(1, scenarios))

  const rowsOf = (course: Course, shape: PlotFrame): readonly object[] =>
    courseRows(scene.atRest.peek()(course), quantities, shape, share(1))

  const besideRows = (shape: PlotFrame): readonly object[] => {
    const others = scene.others.peek()
    const transform = scene.atRest.peek()
    return others.flatMap((other) =>
      courseRows(transform(other.course), quantities, shape, share(others.length), (quantity) =>
        seriesName(quantity, other.scenario),
      ),
    )
  }

  const labelsOf = (course: Course | null, shape: PlotFrame): readonly object[] => {
    const scales = pixelScales(shape)
    return labelRows(endLabels(shape, scales, scene.named(course, scene.atRest.peek())), scales)
  }

  const bandsIn = (bands: PopulationBands | null, { period, scale, values }: PlotFrame): readonly object[] =>
    bands && !scene.difference.peek() ? bandRows(bands, quantities, period, scale, values.low) : []

  const observedIn = (shape: PlotFrame) => {
    const own = scene.difference.peek() ? [] : state.marks.peek()
    const limits = own.length > 0 ? (dashboard.observed.peek()?.limits ?? []) : []
    const shown = shownMarks(own, shape)
    return {
      marks: own.length > mostObserved ? [] : markRows(shown),
      limits: limitRows(limits, quantities, shape, shown, (value) => formatNumber(value)),
    }
  }

  const held = useRef<VegaPanel | null>(null)

  // A view is made anew where the kind of its value axis changes; Vega itself is loaded after the first curve.
  useSignalEffect(() => {
    const shape = frame.value
    const colours = palette.value
    const series = scene.series.value
    const reference = scene.reference.value
    void scene.names.value
    // where a slider moves all curves, they come with the course
    if (!state.movesAll.value) void scene.atRest.value
    void scene.difference.value
    const element = host.current
    if (!shape || !element) return
    let abandoned = false
    const draw = async (): Promise<void> => {
      const { createVegaPanel } = await import('../../plot/vega-panel.ts')
      if (abandoned) return
      const before = held.current
      const next = before?.scale === shape.scale ? null : document.createElement('div')
      const drawn = next ? createVegaPanel(next, shape.scale) : before
      if (!drawn) return
      const course = dashboard.settled.peek() ?? dashboard.course.peek()
      const rows = {
        doses: state.doses.peek(),
        reference: reference ? rowsOf(reference, shape) : [],
        courses: course ? rowsOf(course, shape) : [],
        others: besideRows(shape),
        observations: scene.difference.peek() ? [] : observationRows(observations.peek(), quantities, shape.period),
        ...observedIn(shape),
        labels: labelsOf(course, shape),
        bands: bandsIn(bandsOf(dashboard.population.state.peek()), shape),
      }
      await drawn.show(rows, { frame: shape, series, palette: colours })
      if (abandoned) {
        if (next) drawn.finalize()
        return
      }
      if (next) {
        before?.finalize()
        element.replaceChildren(next)
        held.current = drawn
      }
      vega.value = drawn
      shownByVega.value = course
    }
    view.slowly(draw)
    return () => {
      abandoned = true
      vega.value = null
      shownByVega.value = null
    }
  })

  useEffect(() => () => held.current?.finalize(), [])

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
        labels: labelsOf(course, shape),
        doses: state.doses.peek(),
        ...(state.movesAll.peek() && { others: besideRows(shape) }),
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
    const drawn = vega.value
    const drawing = async (toSvg: () => Promise<string>): Promise<string> => {
      const svg = await toSvg()
      const fitted = dashboard.fit.course.peek()
      const shape = frame.peek()
      if (!fitted || !shape) return svg
      const { fittedSvg } = await import('../../plot/fitted-svg.ts')
      return fittedSvg(svg, shape, scene.atRest.peek()(fitted), quantities, palette.peek().ink)
    }
    exports.offer(panel.title, drawn && (() => drawing(drawn.toSvg)))
    return () => exports.offer(panel.title, null)
  })
}
