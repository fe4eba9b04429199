import type { PanelDefinition } from '@cartkin/cart-models'
import type { ComponentChildren } from 'preact'
import type { Dashboard } from '../../state/dashboard.ts'
import { DoseTable } from './dose-table.tsx'
import { PanelHeader } from './panel-header.tsx'
import { PanelTable } from './panel-table.tsx'
import { UnshownChip } from './unshown-chip.tsx'
import type { PanelState } from './use-panel-state.ts'

interface PanelFrameProps {
  readonly dashboard: Dashboard
  readonly panel: PanelDefinition
  readonly state: PanelState
  /** Names the panel in words, for the plot. */
  readonly summaryId: string
  readonly legend: ComponentChildren
  /** What is told beside the curves, in the summary and in the tables. */
  readonly more?: { readonly summary: ComponentChildren; readonly tables: ComponentChildren }
  /** The plot, which is hidden while the panel is a table. */
  readonly children: ComponentChildren
}

/** What every panel has around its plot: title and switches, what is spoken, the summary, the tables. */
export function PanelFrame({ dashboard, panel, state, summaryId, legend, more, children }: PanelFrameProps) {
  const asTable = dashboard.view.tables.value.includes(panel.title)
  return (
    <figure class="panel" data-panel={panel.title}>
      <PanelHeader dashboard={dashboard} panel={panel} scale={state.scale.value} />
      {!asTable && legend}
      <div class="panel-body">
        {children}
        <p class="visually-hidden" role="status">
          {state.spoken.value}
        </p>
        {!asTable && <UnshownChip state={state} />}
        <p id={summaryId} class="visually-hidden">
          {state.summary.value} {more?.summary}
        </p>
        {asTable && (
          <div class="panel-tables">
            <PanelTable dashboard={dashboard} panel={panel} period={state.period.value} drawn={state.drawn.value} />
            <DoseTable state={state} />
            {more?.tables}
          </div>
        )}
        {state.outside.value && !asTable && (
          <button
            type="button"
            class="outside"
            onClick={() => {
              state.roomFor.value = state.resting.value
            }}
          >
            Curves outside view: fit axes
          </button>
        )}
      </div>
    </figure>
  )
}
