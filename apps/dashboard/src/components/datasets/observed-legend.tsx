import { useComputed } from '@preact/signals'
import { groupName } from '../../datasets/explore.ts'
import type { MarkKind } from '../../datasets/observed-data.ts'
import { groupShape, groupShapes, shownMarks } from '../../plot/observed-rows.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import type { PanelState } from '../plots/use-panel-state.ts'
import { markPaths } from './mark-paths.ts'

interface ObservedLegendProps {
  readonly dashboard: Dashboard
  readonly state: PanelState
}

const names: Readonly<Record<MarkKind, string>> = {
  observed: 'observed',
  below: 'below LLOQ',
  above: 'above ULOQ',
  excluded: 'left out',
}
const kinds: readonly MarkKind[] = ['observed', 'below', 'above', 'excluded']

/** What the marks of the data on a panel mean, and how many there are. */
export function ObservedLegend({ dashboard, state }: ObservedLegendProps) {
  const { marks, frame, scene } = state
  const counts = useComputed(() => {
    const shape = frame.value
    const shown = shape && !scene.difference.value ? shownMarks(marks.value, shape) : []
    return kinds.map((kind) => ({ kind, count: shown.filter((mark) => mark.kind === kind).length }))
  })
  if (counts.value.every(({ count }) => count === 0)) return null
  const levels = dashboard.observed.value?.groupLevels ?? []
  const header = dashboard.data.choice.value?.group ?? ''
  return (
    <ul class="legend observed-legend" aria-label="Data">
      {counts.value
        .filter(({ count }) => count > 0)
        .map(({ kind, count }) => (
          <li key={kind} class="legend-entry" data-kind={kind} data-count={count}>
            <Mark shape={kind === 'observed' ? 'circle' : kind} />
            <span>
              {names[kind]} <span class="number">{count}</span>
            </span>
          </li>
        ))}
      {levels.slice(0, groupShapes.length).map((level, k) => (
        <li key={level} class="legend-entry">
          <Mark shape={groupShape(k)} />
          <span class="legend-name">{groupName(header, level)}</span>
        </li>
      ))}
      {levels.length > groupShapes.length && (
        <li class="legend-entry muted">{levels.length - groupShapes.length} more: circles</li>
      )}
    </ul>
  )
}

function Mark({ shape }: { readonly shape: keyof typeof markPaths }) {
  return (
    <svg class="observed-mark" viewBox="0 0 12 12" aria-hidden="true">
      <path d={markPaths[shape]} />
    </svg>
  )
}
