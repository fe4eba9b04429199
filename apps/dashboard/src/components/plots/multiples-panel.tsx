import type { Observation, PanelDefinition } from '@cartkin/cart-models'
import { type ReadonlySignal, useComputed, useSignalEffect } from '@preact/signals'
import { useId, useRef } from 'preact/hooks'
import type { PanelExports } from '../../export/panel-exports.ts'
import { multiplesLayout } from '../../plot/multiples-layout.ts'
import { panelSignals } from '../../plot/panel-signals.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { spokenUnit } from '../controls/unit-text.ts'
import { MultiplesCell } from './multiples-cell.tsx'
import { PanelFrame } from './panel-frame.tsx'
import { showAll } from './plot-actions.ts'
import { QuantityLegend } from './quantity-legend.tsx'
import { usePanelState } from './use-panel-state.ts'
import { usePlotKeys } from './use-plot-keys.ts'
import { useSurroundings } from './use-surroundings.ts'

export interface MultiplesPanelProps {
  readonly dashboard: Dashboard
  readonly panel: PanelDefinition
  readonly observations: ReadonlySignal<readonly Observation[]>
  readonly exports: PanelExports
}

/** A panel in which each scenario has a small plot of its own, all with the same axes; the reference is grey in each. */
export function MultiplesPanel({ dashboard, panel, observations, exports }: MultiplesPanelProps) {
  const { view, opened, desk } = dashboard
  const box = useRef<HTMLDivElement>(null)
  const drawing = useRef<SVGSVGElement>(null)
  const summaryId = useId()
  const clipId = useId()
  const state = usePanelState(dashboard, panel, observations)
  const { scene, palette } = state
  useSurroundings(box, state)
  const onKeyDown = usePlotKeys(state)
  const activeId = useComputed(() => desk.value.active)
  const order = useComputed(() => desk.value.scenarios.map(({ id }) => id).join())
  const layout = useComputed(() => {
    const shape = state.frame.value
    const size = state.size.value
    return shape && size ? multiplesLayout(size.width, size.height, scene.others.value.length + 1, shape) : null
  })
  useSignalEffect(() => {
    const toSvg = async (): Promise<string> =>
      drawing.current ? new XMLSerializer().serializeToString(drawing.current) : ''
    exports.offer(panel.title, layout.value ? toSvg : null)
    return () => exports.offer(panel.title, null)
  })

  const asTable = view.tables.value.includes(panel.title)
  const shown = layout.value
  const signals = shown && panelSignals(shown.frame, [], palette.value)
  const others = new Map(scene.others.value.map((other) => [other.scenario.id, other]))
  const cells = order.value.split(',').filter((id) => id === activeId.value || others.has(id))
  return (
    <PanelFrame
      dashboard={dashboard}
      panel={panel}
      state={state}
      summaryId={summaryId}
      legend={<QuantityLegend quantities={panel.quantities} palette={palette.value} />}
    >
      <div
        ref={box}
        class="plot multiples"
        hidden={asTable}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys go along the curves
        tabIndex={0}
        role="application"
        aria-label={`${panel.title}, scenarios side by side, value by ${spokenUnit(opened.value.timeUnit) || 'time'}`}
        aria-describedby={summaryId}
        onKeyDown={onKeyDown}
        onDblClick={() => showAll(dashboard)}
        onPointerLeave={() => {
          view.cursor.value = null
        }}
        onBlur={() => {
          view.cursor.value = null
          state.traced.value = null
        }}
      >
        {shown && signals && (
          <svg
            ref={drawing}
            xmlns="http://www.w3.org/2000/svg"
            width={shown.width}
            height={shown.height}
            viewBox={`0 0 ${shown.width} ${shown.height}`}
            font-family='system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif'
            font-size="11"
            aria-hidden="true"
          >
            <clipPath id={clipId}>
              <rect width={shown.frame.width} height={shown.frame.height} />
            </clipPath>
            {cells.map((id, k) => {
              const cell = shown.cells[k]
              return (
                cell && (
                  <MultiplesCell
                    key={id}
                    dashboard={dashboard}
                    panel={panel}
                    state={state}
                    layout={shown}
                    cell={cell}
                    signals={signals}
                    other={others.get(id) ?? null}
                    observations={observations.value}
                    clip={`url(#${clipId})`}
                  />
                )
              )
            })}
          </svg>
        )}
      </div>
    </PanelFrame>
  )
}
