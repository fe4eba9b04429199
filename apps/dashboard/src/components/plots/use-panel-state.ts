import type { Observation, PanelDefinition } from '@cartkin/cart-models'
import { type ReadonlySignal, type Signal, useComputed, useSignal, useSignalEffect } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import type { ObservedMark } from '../../datasets/observed-data.ts'
import type { Difference } from '../../document/desk.ts'
import { axisDomain, ratioDomain, type ValueRange } from '../../plot/axis-domain.ts'
import { dosesText } from '../../plot/dose-ticks.ts'
import { createHeldDomain } from '../../plot/held-domain.ts'
import { type Palette, readPalette } from '../../plot/palette.ts'
import {
  type Curves,
  leavesView,
  type NamedCurves,
  outerCurves,
  panelDomain,
  panelSummary,
  shownPeriod,
  valuesWithin,
} from '../../plot/panel-model.ts'
import type { DoseRow } from '../../plot/panel-rows.ts'
import { type PlotFrame, plotFrame } from '../../plot/plot-frame.ts'
import { type TracedCurve, tracedCurvesOf, tracedValue } from '../../plot/traced-curves.ts'
import { unshownCount } from '../../plot/unshown-count.ts'
import type { VegaPanel } from '../../plot/vega-panel.ts'
import type { Course } from '../../state/course.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { timeText } from '../../state/time-units.ts'
import { formatNumber } from '../controls/format-number.ts'
import { spokenUnit } from '../controls/unit-text.ts'
import { differenceUnit } from './difference-unit.ts'
import { usePanelDoses } from './use-panel-doses.ts'
import { type PanelScene, usePanelScene } from './use-panel-scene.ts'

/** What a panel shows, and the signals its two layers share. */
export interface PanelState {
  readonly dashboard: Dashboard
  readonly panel: PanelDefinition
  readonly observations: ReadonlySignal<readonly Observation[]>
  /** Values of the data that are of its quantities. */
  readonly marks: ReadonlySignal<readonly ObservedMark[]>
  readonly size: Signal<{ readonly width: number; readonly height: number } | null>
  readonly palette: Signal<Palette>
  readonly scene: PanelScene
  /** The present Vega view; null until it has been made for the present frame. */
  readonly vega: Signal<VegaPanel | null>
  /** The course that the Vega view shows; any other is drawn on the canvas. */
  readonly shownByVega: Signal<Course | null>
  /** Curves that the axes were asked to make room for. */
  readonly roomFor: Signal<readonly Curves[]>
  /** All curves that are there now, once the sliders rest. */
  readonly resting: ReadonlySignal<readonly Curves[]>
  /** Whether a slider moves every curve, as where all are compared with the active scenario. */
  readonly movesAll: ReadonlySignal<boolean>
  readonly scale: ReadonlySignal<'linear' | 'log'>
  readonly period: ReadonlySignal<ValueRange>
  readonly frame: ReadonlySignal<PlotFrame | null>
  /** Whether some of them leave the axes. */
  readonly outside: ReadonlySignal<boolean>
  /** The curves of all scenarios that are drawn, the active one first, as they are drawn, once the sliders rest. */
  readonly drawn: ReadonlySignal<readonly NamedCurves[]>
  /** What is given when. */
  readonly doses: ReadonlySignal<readonly DoseRow[]>
  /** Values that a log axis cannot show. */
  readonly unshown: ReadonlySignal<number>
  /** The curves that keys go along, and which of them they go along now; null while they do not. */
  readonly tracedCurves: ReadonlySignal<readonly TracedCurve[]>
  readonly traced: Signal<number | null>
  /** The traced curve's name, time and value; empty while none is traced. */
  readonly spoken: ReadonlySignal<string>
  /** The panel in words. */
  readonly summary: ReadonlySignal<string>
}

/**
 * The axes hold the reference and the observations, not the present course: they stay where they are while sliders move.
 */
export function usePanelState(
  dashboard: Dashboard,
  panel: PanelDefinition,
  observations: ReadonlySignal<readonly Observation[]>,
): PanelState {
  const { view, opened, scenario } = dashboard
  const size = useSignal<{ readonly width: number; readonly height: number } | null>(null)
  const palette = useSignal(readPalette())
  const scene = usePanelScene(dashboard, panel, palette)
  const everyMark = useComputed(() =>
    (dashboard.observed.value?.marks ?? []).filter(({ quantity }) => panel.quantities.includes(quantity)),
  )
  /** Those of the subject that is looked at, where there is one; the axes hold them all. */
  const marks = useComputed(() => {
    const own = everyMark.value.filter(({ subject }) => subject === dashboard.fit.subject.value)
    return own.length > 0 ? own : everyMark.value
  })
  const vega = useSignal<VegaPanel | null>(null)
  const shownByVega = useSignal<Course | null>(null)
  const roomFor = useSignal<readonly Curves[]>([])
  const resting = useComputed(() => {
    const course = dashboard.settled.value
    const population = dashboard.population.state.value
    const hasBands = population.kind === 'done' && scene.difference.value === null
    return [
      ...(course ? [course] : []),
      ...scene.others.value.map((other) => other.course),
      ...(hasBands ? outerCurves(population.bands) : []),
      ...(dashboard.scene.comparison.value === 'multiples' ? scene.others.value : []).flatMap((other) => {
        const bands = dashboard.population.bandsFor(other.scenario)
        return bands ? outerCurves(bands) : []
      }),
    ]
  })
  const activeName = useComputed(() => scenario.value.name)
  const movesAll = useComputed(() => scene.difference.value !== null && scene.reference.value === null)
  const scale = useComputed(() => {
    const difference = scene.difference.value
    if (difference) return difference === 'ratio' ? 'log' : 'linear'
    return view.scales.value[panel.title] ?? panel.scale
  })
  const period = useComputed(() => {
    return shownPeriod(opened.value.start, scenario.value.horizon, view.lastTime.value, view.period.value)
  })
  const differenceDomain = (difference: Difference, drawn: readonly Curves[]): ValueRange => {
    const values = valuesWithin(panel, period.value, drawn)
    return difference === 'ratio' ? ratioDomain(values) : axisDomain('linear', values, [0])
  }
  // a difference has axes of its own, which hold what there is when it is asked for
  const asked = useComputed(() => {
    const difference = scene.difference.value
    return difference && dashboard.settled.value ? `${difference} ${dashboard.desk.value.reference}` : null
  })
  useSignalEffect(() => {
    roomFor.value = asked.value === null ? [] : resting.peek()
  })
  const held = useMemo(createHeldDomain, [])
  const frame = useComputed((): PlotFrame | null => {
    const reference = dashboard.reference.value
    // other marks are drawn anew, on the same axes
    void marks.value
    if (!size.value || !reference) return null
    const difference = scene.difference.value
    const others = scene.others.value.map((other) => other.course)
    const values = difference
      ? differenceDomain(difference, [...roomFor.value, ...others].map(scene.atRest.value))
      : held(
          [scale.value, period.value.low, period.value.high, roomFor.value, observations.value, everyMark.value],
          { id: dashboard.desk.value.active, curves: dashboard.settled.peek() ?? reference },
          scene.others.value.map((other) => ({ id: other.scenario.id, curves: other.course })),
          (curves) =>
            panelDomain(
              panel,
              scale.value,
              period.value,
              [reference, ...curves, ...roomFor.value],
              [...observations.value, ...everyMark.value],
            ),
        )
    return plotFrame(size.value.width, size.value.height, {
      period: period.value,
      timeUnit: opened.value.timeUnit,
      values,
      scale: scale.value,
    })
  })
  const outside = useComputed(() => {
    const { values } = frame.value ?? {}
    return (
      values !== undefined &&
      resting.value
        .map(scene.atRest.value)
        .some((curves) => leavesView(panel, scale.value, period.value, values, curves))
    )
  })
  const unit = useComputed(() =>
    differenceUnit(spokenUnit(panel.unit), scene.difference.value, dashboard.scene.reference.value.name),
  )
  const drawn = useComputed((): readonly NamedCurves[] => {
    const course = dashboard.settled.value
    const transform = scene.atRest.value
    const own = course ? [{ name: activeName.value, curves: transform(course) }] : []
    return [
      ...own,
      ...scene.others.value.map((other) => ({ name: other.scenario.name, curves: transform(other.course) })),
    ]
  })
  const label = (quantity: string): string => opened.value.quantities.get(quantity)?.label ?? quantity
  const doses = usePanelDoses(dashboard)
  const unshown = useComputed(() =>
    scale.value === 'linear' || scene.difference.value
      ? 0
      : unshownCount(
          panel.quantities,
          period.value,
          drawn.value.map(({ curves }) => curves),
          [...observations.value, ...marks.value],
        ),
  )
  const summary = useComputed(() => {
    const { timeUnit } = opened.value
    const told = panelSummary({ ...panel, unit: unit.value }, period.value, timeUnit, drawn.value, label, (value) =>
      formatNumber(value),
    )
    return `${told} ${dosesText(doses.value, period.value, timeUnit)}`.trim()
  })
  const tracedCurves = useComputed(() => {
    const compared = scene.reference.value
    const grey = compared ? [{ name: dashboard.scene.reference.value.name, curves: scene.atRest.value(compared) }] : []
    return tracedCurvesOf([...drawn.value, ...grey], panel.quantities, label)
  })
  const traced = useSignal<number | null>(null)
  const spoken = useComputed(() => {
    const time = view.cursor.value
    const curve = traced.value === null ? undefined : tracedCurves.value[traced.value]
    if (time === null || !curve) return ''
    const { timeUnit, quantities } = opened.value
    const own = differenceUnit(
      spokenUnit(quantities.get(curve.quantity)?.unit ?? ''),
      scene.difference.value,
      dashboard.scene.reference.value.name,
    )
    const at = timeText(timeUnit, formatNumber(time))
    const value = `${formatNumber(tracedValue(curve, time))} ${own}`.trim()
    const near = (period.value.high - period.value.low) / 400
    const given = dosesText(doses.value, { low: time - near, high: time + near }, timeUnit)
    return `${at.charAt(0).toUpperCase()}${at.slice(1)}, ${value}, ${curve.name}${given && `. ${given}`}`
  })
  return {
    dashboard,
    panel,
    observations,
    marks,
    size,
    palette,
    scene,
    vega,
    shownByVega,
    roomFor,
    resting,
    movesAll,
    scale,
    period,
    frame,
    outside,
    drawn,
    doses,
    unshown,
    tracedCurves,
    traced,
    spoken,
    summary,
  }
}
