import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import type { FileEvents } from '../../datasets/file-reading.ts'
import type { DataChoice } from '../../document/data-choice.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { ExplorationDialog } from './exploration-dialog.tsx'

interface ExploreGroupsProps {
  readonly dashboard: Dashboard
  readonly choice: DataChoice
  readonly events: FileEvents
}

/** By what subjects are grouped, and the way to their values before any model. */
export function ExploreGroups({ dashboard, choice, events }: ExploreGroupsProps) {
  const id = useId()
  const isOpen = useSignal(false)
  const isThere = events.groups.some(({ header }) => header === choice.group)
  return (
    <section class="card" aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>Groups</h3>
      <div class="row">
        <label for={`${id}-by`}>Group by</label>
        <select
          id={`${id}-by`}
          value={isThere && choice.group !== null ? choice.group : ''}
          onChange={({ currentTarget: { value } }) =>
            dashboard.data.change('Group by', (before) => ({ ...before, group: value === '' ? null : value }))
          }
        >
          <option value="">{events.groups.length === 0 ? 'no column has groups' : 'nothing'}</option>
          {events.groups.map(({ header, levels }) => (
            <option key={header} value={header}>
              {header} ({levels.length})
            </option>
          ))}
        </select>
      </div>
      <div class="row">
        <button
          type="button"
          class="button small"
          onClick={() => {
            isOpen.value = true
          }}
        >
          Explore the data
        </button>
      </div>
      {isOpen.value && (
        <ExplorationDialog
          dashboard={dashboard}
          close={() => {
            isOpen.value = false
          }}
        />
      )}
    </section>
  )
}
