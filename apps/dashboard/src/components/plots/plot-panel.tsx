import type { Observation, PanelDefinition } from '@cartkin/cart-models'
import { type ReadonlySignal, useComputed, useSignal } from '@preact/signals'
import { useId, useRef } from 'preact/hooks'
import { sameCourse } from '../../document/scenario.ts'
import type { PanelExports } from '../../export/panel-exports.ts'
import { type HoverItem, hoverItem } from '../../plot/hover-item.ts'
import { nearestQuantity } from '../../plot/nearest-quantity.ts'
import { observedHover } from '../../plot/observed-hover.ts'
import { shownMarks } from '../../plot/observed-rows.ts'
import { padding, pixelScales } from '../../plot/plot-frame.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { formatNumber } from '../controls/format-number.ts'
import { spokenUnit } from '../controls/unit-text.ts'
import { ObservedLegend } from '../datasets/observed-legend.tsx'
import { ObservedSummary } from '../datasets/observed-summary.tsx'
import { ObservedTable } from '../datasets/observed-table.tsx'
import { observedWords } from '../datasets/observed-words.ts'
import { BrushBand } from './brush-band.tsx'
import { HoverCard } from './hover-card.tsx'
import { PanelFrame } from './panel-frame.tsx'
import { PanelLegend } from './panel-legend.tsx'
import { PanelReadings } from './panel-readings.tsx'
import { SelectionBox } from './selection-box.tsx'
import { useCanvasLayer } from './use-canvas-layer.ts'
import { useObservedLayer } from './use-observed-layer.ts'
import { usePanelState } from './use-panel-state.ts'
import { usePatientSelection } from './use-patient-selection.ts'
import { usePatientsLayer } from './use-patients-layer.ts'
import { usePlotKeys } from './use-plot-keys.ts'
import { usePlotZoom } from './use-plot-zoom.ts'
import { useSelectedLayer } from './use-selected-layer.ts'
import { useSurroundings } from './use-surroundings.ts'
import { useVegaLayer } from './use-vega-layer.ts'

interface PlotPanelProps {
  readonly dashboard: Dashboard
  readonly panel: PanelDefinition
  readonly observations: ReadonlySignal<readonly Observation[]>
  readonly exports: PanelExports
}

/**
 * One panel: a Vega view for axes, observations, bands and the settled curves, and above it a canvas that draws each new
 * course as it arrives, the fit's course and the crosshair.
 */
export function PlotPanel({ dashboard, panel, observations, exports }: PlotPanelProps) {
  const { view, opened } = dashboard
  const box = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const observedCanvas = useRef<HTMLCanvasElement>(null)
  const patientsCanvas = useRef<HTMLCanvasElement>(null)
  const selectedCanvas = useRef<HTMLCanvasElement>(null)
  const vegaHost = useRef<HTMLDivElement>(null)
  const summaryId = useId()
  const hovered = useSignal<HoverItem | null>(null)
  const state = usePanelState(dashboard, panel, observations)
  const { frame, palette } = state
  useSurroundings(box, state)
  useCanvasLayer(canvas, state)
  useVegaLayer(vegaHost, state, exports)
  useObservedLayer(observedCanvas, state)
  usePatientsLayer(patientsCanvas, state)
  useSelectedLayer(selectedCanvas, state)
  const isOfPresent = useComputed(() => {
    const { of } = dashboard.patients.patients.value ?? {}
    return of !== undefined && sameCourse(of, dashboard.scenario.value)
  })
  const isAnySelected = useComputed(() => view.selected.value.virtual.length > 0)
  const zoom = usePlotZoom(box, state)
  const selection = usePatientSelection(state)
  const onKeyDown = usePlotKeys(state)

  const axes = useComputed(() => {
    const shape = frame.value
    return shape ? [shape.period.low, shape.period.high, shape.values.low, shape.values.high].join() : undefined
  })
  const live = useComputed(() => dashboard.course.value !== state.shownByVega.value)
  const nearby = useComputed(() => {
    const shape = frame.value
    return shape && !state.scene.difference.value ? shownMarks(state.marks.value, shape) : []
  })
  const point = (event: PointerEvent & { readonly currentTarget: HTMLElement }): void => {
    const shape = frame.peek()
    if (!shape) return
    const { left, top } = event.currentTarget.getBoundingClientRect()
    const x = event.clientX - left - padding.left
    const y = event.clientY - top - padding.top
    const scales = pixelScales(shape)
    const isInside = x >= 0 && x <= shape.width
    view.cursor.value = isInside ? scales.time(x) : null
    const course = dashboard.settled.peek()
    if (isInside && course) view.pointed.value = nearestQuantity(course, panel.quantities, scales, x, y)
    const marks = {
      observations: observations.peek().filter(({ quantity }) => panel.quantities.includes(quantity)),
      doses: state.doses.peek(),
      timeUnit: opened.peek().timeUnit,
    }
    hovered.value =
      observedHover(nearby.value, scales, x, y, observedWords(dashboard)) ??
      hoverItem(marks, scales, x, y, (value) => formatNumber(value))
  }
  const leave = (): void => {
    view.cursor.value = null
    hovered.value = null
    state.traced.value = null
  }
  const asTable = view.tables.value.includes(panel.title)
  return (
    <PanelFrame
      dashboard={dashboard}
      panel={panel}
      state={state}
      summaryId={summaryId}
      legend={
        <>
          <PanelLegend dashboard={dashboard} panel={panel} palette={palette.value} scene={state.scene} />
          <ObservedLegend dashboard={dashboard} state={state} />
        </>
      }
      more={{ summary: <ObservedSummary state={state} />, tables: <ObservedTable state={state} /> }}
    >
      <div
        ref={box}
        class="plot"
        data-live={live.value ? '' : undefined}
        data-moves-all={live.value && (state.movesAll.value || !state.vega.value) ? '' : undefined}
        data-axes={axes.value}
        data-stale={dashboard.population.stale.value ? '' : undefined}
        hidden={asTable}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys go along the curves
        tabIndex={0}
        role="application"
        aria-label={`${panel.title}, value by ${spokenUnit(opened.value.timeUnit) || 'time'}`}
        aria-describedby={summaryId}
        onPointerDown={(event) => {
          zoom.onPointerDown(event)
          selection.onPointerDown(event)
        }}
        onPointerMove={(event) => {
          zoom.onPointerMove(event)
          selection.onPointerMove(event)
          point(event)
        }}
        onPointerUp={(event) => {
          // before the zoom, whose drag is no click
          selection.onPointerUp(event)
          zoom.onPointerUp(event)
        }}
        onPointerCancel={() => {
          zoom.onPointerCancel()
          selection.onPointerCancel()
        }}
        onDblClick={zoom.onDblClick}
        onPointerLeave={leave}
        onKeyDown={onKeyDown}
        onBlur={leave}
      >
        <div class="layers" aria-hidden="true">
          <canvas
            ref={patientsCanvas}
            class="patients-canvas"
            data-faded={dashboard.patients.patients.value && !isOfPresent.value ? '' : undefined}
            data-behind={isAnySelected.value ? '' : undefined}
          />
          <div ref={vegaHost} class="vega-host" />
          <canvas ref={canvas} class="curves" />
          <canvas ref={observedCanvas} class="observed-canvas" />
          <canvas ref={selectedCanvas} class="selected-canvas" />
        </div>
        <PanelReadings dashboard={dashboard} panel={panel} palette={palette.value} state={state} />
        <HoverCard shown={hovered} frame={frame} />
        <BrushBand view={view} frame={frame} />
        <SelectionBox box={selection.box} />
      </div>
    </PanelFrame>
  )
}
