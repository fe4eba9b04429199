import type { Observation, PanelDefinition } from '@cartkin/cart-models'
import { activated } from '../../document/scenes.ts'
import { curvePath } from '../../plot/curve-path.ts'
import type { MultiplesCell as Cell, MultiplesLayout } from '../../plot/multiples-layout.ts'
import { seriesColour, seriesDash } from '../../plot/palette.ts'
import type { Curves } from '../../plot/panel-model.ts'
import { activeWidth, otherWidth } from '../../plot/panel-series.ts'
import type { PanelSignals } from '../../plot/panel-spec.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { bandsOf } from '../../state/population-session.ts'
import type { OtherScenario } from '../../state/scene.ts'
import { ObservedMarks } from '../datasets/observed-marks.tsx'
import { MultiplesBands } from './multiples-bands.tsx'
import { MultiplesReading } from './multiples-reading.tsx'
import { PublishedMarks } from './published-marks.tsx'
import type { PanelState } from './use-panel-state.ts'

interface MultiplesCellProps {
  readonly dashboard: Dashboard
  readonly panel: PanelDefinition
  readonly state: PanelState
  readonly layout: MultiplesLayout
  readonly cell: Cell
  readonly signals: PanelSignals
  /** Null for the active scenario, whose course moves with the sliders. */
  readonly other: OtherScenario | null
  readonly observations: readonly Observation[]
  readonly clip: string
}

/** One small plot: axes where it stands at the edge, the reference, what was observed, the curves and the crosshair. */
export function MultiplesCell(props: MultiplesCellProps) {
  const { dashboard, panel, state, layout, cell, signals, other, observations, clip } = props
  const { frame, scales } = layout
  const { width, height } = frame
  const { quantities } = panel
  const palette = state.palette.value
  const scenario = other?.scenario ?? dashboard.scenario.value
  const course = other ? other.course : dashboard.course.value
  const reference = state.scene.reference.value
  const isActive = other === null
  const fitted = isActive ? dashboard.fit.course.value : null

  const point = (event: PointerEvent & { readonly currentTarget: SVGElement }): void => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left
    dashboard.view.cursor.value = scales.time(Math.min(width, Math.max(0, x)))
  }
  const activate = (): void => {
    if (other) dashboard.changeDesk(`Scenario ${scenario.name}`, (desk) => activated(desk, scenario.id))
  }
  const line = (curves: Curves, quantity: string) => curvePath(curves, quantity, frame, scales)
  const colourOf = (series: number): string => seriesColour(palette, quantities.length > 1 ? series : scenario.look)
  const { population } = dashboard
  const bands = isActive ? bandsOf(population.state.value) : population.bandsFor(scenario)
  const paths = course ? quantities.map((quantity) => line(course, quantity)) : []

  return (
    <g transform={`translate(${cell.left} ${cell.top})`} data-cell={scenario.id}>
      {signals.valueTicks.map((tick) => (
        <g key={tick} transform={`translate(0 ${scales.y(tick).toFixed(1)})`}>
          <line x2={width} stroke={palette.grid} />
          {cell.isFirst && (
            <text x="-6" y="4" text-anchor="end" fill={palette.muted}>
              {signals.valueLabels[String(tick)]}
            </text>
          )}
        </g>
      ))}
      <line y1={height} x2={width} y2={height} stroke={palette.muted} />
      {cell.isLast &&
        signals.timeTicks.map((tick) => (
          <g key={tick} transform={`translate(${scales.x(tick).toFixed(1)} ${height})`}>
            <line y2="4" stroke={palette.muted} />
            <text y="15" text-anchor={anchorAt(scales.x(tick), width)} fill={palette.muted}>
              {tick}
            </text>
          </g>
        ))}
      <g clip-path={clip} fill="none" stroke-linejoin="round">
        {bands && (
          <MultiplesBands
            bands={bands}
            quantities={quantities}
            layout={layout}
            colourOf={colourOf}
            isStale={isActive && population.stale.value}
          />
        )}
        {reference &&
          reference !== course &&
          quantities.map((quantity) => (
            <path key={quantity} d={line(reference, quantity)} stroke={palette.reference} stroke-width={1} />
          ))}
        <PublishedMarks quantities={quantities} observations={observations} layout={layout} palette={palette} />
        <ObservedMarks state={state} frame={frame} scales={scales} />
        {paths.map((path, k) => (
          <path
            key={quantities[k]}
            class="multiples-curve"
            d={path}
            stroke={colourOf(k)}
            stroke-width={isActive ? activeWidth : otherWidth}
            stroke-dasharray={quantities.length > 1 ? seriesDash(k).join(' ') : undefined}
          />
        ))}
        {fitted &&
          quantities.map((quantity) => (
            <path
              key={quantity}
              d={line(fitted, quantity)}
              stroke={palette.ink}
              stroke-width={otherWidth}
              stroke-dasharray="5 3"
            />
          ))}
      </g>
      {course && paths.every((path) => path === '') && (
        <text
          x={width / 2}
          y={height / 2}
          text-anchor="middle"
          fill={palette.muted}
          stroke={palette.ground}
          stroke-width={3}
          paint-order="stroke"
        >
          nothing above 0
        </text>
      )}
      <MultiplesReading
        view={dashboard.view}
        name={scenario.name}
        isActive={isActive}
        curves={course}
        quantities={quantities}
        layout={layout}
        palette={palette}
      />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the chip of the scenario does the same by keyboard */}
      <rect
        class="multiples-target"
        width={width}
        height={height}
        fill="transparent"
        onPointerMove={point}
        onClick={activate}
      />
    </g>
  )
}

/** Labels at the edges stay within them. */
function anchorAt(x: number, width: number): 'start' | 'middle' | 'end' {
  if (x < 10) return 'start'
  return x > width - 10 ? 'end' : 'middle'
}
