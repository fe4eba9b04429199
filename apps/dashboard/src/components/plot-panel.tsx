import type { Observation, PanelDefinition } from '@cartkin/cart-models'
import { type ReadonlySignal, useComputed, useSignal, useSignalEffect } from '@preact/signals'
import { useEffect, useId, useRef } from 'preact/hooks'
import type { PanelExports } from '../export/panel-exports.ts'
import { courseAt } from '../plot/course-at.ts'
import { type HoverItem, hoverItem } from '../plot/hover-item.ts'
import { type Curve, paintCurves, prepareCanvas } from '../plot/paint-curves.ts'
import { readPalette, seriesColour, seriesDash } from '../plot/palette.ts'
import { dayRange, leavesView, panelDomain, panelSummary } from '../plot/panel-model.ts'
import { bandRows, courseRows, doseRows, mostPoints, observationRows } from '../plot/panel-rows.ts'
import { type PlotFrame, padding, pixelScales, plotFrame } from '../plot/plot-frame.ts'
import type { VegaPanel } from '../plot/vega-panel.ts'
import type { Course } from '../state/course.ts'
import type { Dashboard } from '../state/dashboard.ts'
import { bandsOf } from '../state/population-session.ts'
import { formatNumber } from './format-number.ts'
import { HoverCard } from './hover-card.tsx'
import { PanelHeader } from './panel-header.tsx'
import { PanelLegend } from './panel-legend.tsx'
import { PanelTable } from './panel-table.tsx'
import { spokenUnit } from './unit-text.ts'

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
  const { view, project } = dashboard
  const box = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const vegaHost = useRef<HTMLDivElement>(null)
  const summaryId = useId()
  const size = useSignal<{ readonly width: number; readonly height: number } | null>(null)
  const palette = useSignal(readPalette())
  const vega = useSignal<VegaPanel | null>(null)
  /** The course that the Vega view shows; any other is drawn on the canvas. */
  const shownByVega = useSignal<Course | null>(null)
  /** A course that the axes were asked to make room for. */
  const roomFor = useSignal<Course | null>(null)
  const hovered = useSignal<HoverItem | null>(null)

  const scale = useComputed(() => view.scales.value[panel.title] ?? panel.scale)
  const days = useComputed(() => {
    const { start, horizon } = project.value.library
    return dayRange(start, horizon, view.lastDay.value)
  })
  const frame = useComputed((): PlotFrame | null => {
    const reference = dashboard.reference.value
    if (!size.value || !reference) return null
    const courses = roomFor.value ? [reference, roomFor.value] : [reference]
    const values = panelDomain(panel, scale.value, days.value, courses, observations.value)
    return plotFrame(size.value.width, size.value.height, { days: days.value, values, scale: scale.value })
  })
  const outside = useComputed(() => {
    const course = dashboard.settled.value
    return (
      frame.value !== null && course !== null && leavesView(panel, scale.value, days.value, frame.value.values, course)
    )
  })
  const summary = useComputed(() =>
    panelSummary(
      { ...panel, unit: spokenUnit(panel.unit) },
      days.value,
      dashboard.settled.value,
      (quantity) => project.value.quantities.get(quantity)?.label ?? quantity,
      (value) => formatNumber(value),
    ),
  )

  /** What the arrow keys speak: the day under the crosshair and the values there. */
  const reading = useComputed(() => {
    const day = view.cursor.value
    const course = dashboard.course.value
    if (day === null || !course) return 'no day chosen'
    const values = panel.quantities.map((quantity) => {
      const { label = quantity, unit = '' } = project.value.quantities.get(quantity) ?? {}
      const value = courseAt(course.times, course.values.get(quantity) ?? new Float64Array(), day)
      return `${label} ${formatNumber(value)} ${spokenUnit(unit)}`.trim()
    })
    return `day ${formatNumber(day)}: ${values.join(', ')}`
  })

  useEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(([entry]) => {
      if (!entry) return
      const { width, height } = entry.contentRect
      if (width > 0 && height > 0) size.value = { width: Math.floor(width), height: Math.floor(height) }
    })
    observer.observe(element)
    const dark = matchMedia('(prefers-color-scheme: dark)')
    const recolour = (): void => {
      palette.value = readPalette()
    }
    dark.addEventListener('change', recolour)
    return () => {
      observer.disconnect()
      dark.removeEventListener('change', recolour)
    }
  }, [])

  const rowsOf = (course: Course, shape: PlotFrame): readonly object[] => {
    const curves = project.peek().panels.flatMap(({ quantities }) => quantities).length
    return courseRows(course, panel.quantities, shape, mostPoints / curves)
  }

  // The canvas: whatever Vega does not show.
  useSignalEffect(() => {
    const element = canvas.current
    const shape = frame.value
    if (!element || !shape) return
    const context = prepareCanvas(element, shape)
    if (!context) return
    const own = pixelScales(shape)
    const scales = vega.value?.scales ?? own
    const course = dashboard.course.value
    const curves: Curve[] = []
    if (!vega.value && dashboard.reference.value && dashboard.reference.value !== course)
      curves.push(
        ...curvesOf(
          dashboard.reference.value,
          () => palette.value.reference,
          1.5,
          () => [],
        ),
      )
    if (course && course !== shownByVega.value)
      curves.push(...curvesOf(course, (k) => seriesColour(palette.value, k), 2.25, seriesDash))
    const fitted = dashboard.fit.course.value
    if (fitted)
      curves.push(
        ...curvesOf(
          fitted,
          () => palette.value.ink,
          1.75,
          () => [5, 3],
        ),
      )
    paintCurves(context, shape, scales, curves)
    if (course) markDrawn(dashboard, panel)
    const day = view.cursor.value
    if (day !== null && day >= shape.days.low && day <= shape.days.high) {
      context.fillStyle = palette.value.muted
      context.fillRect(Math.round(own.x(day)), 0, 1, shape.height)
    }
  })

  const curvesOf = (
    course: Course,
    colour: (k: number) => string,
    width: number,
    dash: (k: number) => readonly number[],
  ): Curve[] =>
    panel.quantities.flatMap((quantity, k) => {
      const values = course.values.get(quantity)
      return values ? [{ times: course.times, values, colour: colour(k), width, dash: dash(k) }] : []
    })

  // The Vega view is made anew when the panel's shape or axes change; Vega itself is loaded after the first curve.
  useSignalEffect(() => {
    const shape = frame.value
    const colours = palette.value
    const host = vegaHost.current
    if (!shape || !host) return
    let current: VegaPanel | null = null
    let abandoned = false
    const make = async (): Promise<void> => {
      const { createVegaPanel } = await import('../plot/vega-panel.ts')
      if (abandoned) return
      const next = document.createElement('div')
      const made = createVegaPanel(next, shape, panel.quantities, colours)
      const reference = dashboard.reference.peek()
      const course = dashboard.settled.peek() ?? dashboard.course.peek()
      const bands = bandsOf(dashboard.population.state.peek())
      await made.show({
        doses: doseRows(project.peek().library),
        reference: reference ? rowsOf(reference, shape) : [],
        courses: course ? rowsOf(course, shape) : [],
        observations: observationRows(observations.peek(), panel.quantities, shape.days),
        bands: bands ? bandRows(bands, panel.quantities, shape.days, shape.scale, shape.values.low) : [],
      })
      if (abandoned) {
        made.finalize()
        return
      }
      current = made
      host.replaceChildren(next)
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
        bands: bands ? bandRows(bands, panel.quantities, shape.days, shape.scale, shape.values.low) : [],
      })
    })
  })

  useSignalEffect(() => {
    exports.offer(panel.title, vega.value ? vega.value.toSvg : null)
    return () => exports.offer(panel.title, null)
  })

  const live = useComputed(() => dashboard.course.value !== shownByVega.value)
  const bandsStale = useComputed(() => {
    const { state, of } = dashboard.population
    return state.value.kind === 'done' && of.value !== dashboard.scenario.value
  })

  const point = (event: PointerEvent & { readonly currentTarget: HTMLElement }): void => {
    const shape = frame.peek()
    if (!shape) return
    const { left, top } = event.currentTarget.getBoundingClientRect()
    const x = event.clientX - left - padding.left
    const y = event.clientY - top - padding.top
    const scales = pixelScales(shape)
    view.cursor.value = x >= 0 && x <= shape.width ? scales.day(x) : null
    const marks = {
      observations: observations.peek().filter(({ quantity }) => panel.quantities.includes(quantity)),
      library: project.peek().library,
    }
    hovered.value = hoverItem(marks, scales, x, y, (value) => formatNumber(value))
  }
  const leave = (): void => {
    view.cursor.value = null
    hovered.value = null
  }
  const trace = (event: KeyboardEvent): void => {
    const { low, high } = days.value
    const step = (high - low) / (event.shiftKey ? 20 : 200)
    const at = view.cursor.value ?? low
    const next = {
      ArrowRight: at + step,
      ArrowLeft: at - step,
      Home: low,
      End: high,
      Escape: null,
    }[event.key]
    if (next === undefined) return
    event.preventDefault()
    view.cursor.value = next === null ? null : Math.min(high, Math.max(low, next))
  }

  const asTable = view.tables.value.has(panel.title)
  return (
    <figure class="panel" data-panel={panel.title}>
      <PanelHeader dashboard={dashboard} panel={panel} scale={scale.value} />
      <div class="panel-body">
        <div
          ref={box}
          class="plot"
          data-live={live.value ? '' : undefined}
          data-stale={bandsStale.value ? '' : undefined}
          hidden={asTable}
          tabIndex={0}
          role="slider"
          aria-orientation="horizontal"
          aria-label={`${panel.title}, value by day`}
          aria-describedby={summaryId}
          aria-valuemin={days.value.low}
          aria-valuemax={days.value.high}
          aria-valuenow={view.cursor.value ?? days.value.low}
          aria-valuetext={reading.value}
          onPointerMove={point}
          onPointerLeave={leave}
          onKeyDown={trace}
          onBlur={leave}
        >
          <div class="layers" aria-hidden="true">
            <div ref={vegaHost} class="vega-host" />
            <canvas ref={canvas} class="curves" />
          </div>
          <PanelLegend dashboard={dashboard} panel={panel} palette={palette.value} />
          <HoverCard shown={hovered} frame={frame} />
        </div>
        <p id={summaryId} class="visually-hidden">
          {summary.value}
        </p>
        {asTable && <PanelTable dashboard={dashboard} panel={panel} days={days.value} />}
        {outside.value && !asTable && (
          <button
            type="button"
            class="outside"
            onClick={() => {
              roomFor.value = dashboard.course.value
            }}
          >
            Curves outside view: fit axes
          </button>
        )}
      </div>
    </figure>
  )
}

/** Notes when the first curve of the page has been drawn. */
function markDrawn(dashboard: Dashboard, panel: PanelDefinition): void {
  if (dashboard.project.peek().panels[0] !== panel) return
  if (performance.getEntriesByName('first-curve').length === 0) performance.mark('first-curve')
}
