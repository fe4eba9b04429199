import { useComputed, useSignal } from '@preact/signals'
import type { Dashboard } from '../../state/dashboard.ts'
import type { ParameterGroup, ParameterInfo } from '../../state/opened-model.ts'
import { InputsGroup } from './inputs-group.tsx'
import { ParameterRow } from './parameter-row.tsx'

/** All parameters of the model by process, with a search. */
export function ParametersPanel({ dashboard }: { readonly dashboard: Dashboard }) {
  const query = useSignal('')
  const opened = dashboard.opened.value
  const found = useComputed(() => matching(dashboard.opened.value.groups, query.value))
  const changed = useComputed(() => Object.keys(dashboard.scenario.value.parameters).length).value
  return (
    <section class="parameters" aria-labelledby="parameters-title">
      <div class="parameters-top">
        <div class="row">
          <h2 id="parameters-title">Parameters</h2>
          <span class="muted">{changed === 0 ? `${opened.parameters.size}` : `${changed} changed`}</span>
          <button
            type="button"
            class="button small"
            aria-disabled={changed === 0}
            onClick={() => changed > 0 && dashboard.resetParameters()}
          >
            Reset all
          </button>
        </div>
        <input
          class="search"
          type="search"
          placeholder="Search name or meaning"
          aria-label="Search parameters"
          value={query.value}
          onInput={(event) => {
            query.value = event.currentTarget.value
          }}
        />
      </div>
      <div class="parameters-list">
        {opened.inputs.length > 0 && <InputsGroup key={opened.text} dashboard={dashboard} />}
        {found.value.map((group) => (
          <Group
            key={`${opened.id}/${group.name}`}
            dashboard={dashboard}
            group={group}
            open={query.value !== '' || group.open}
            searching={query.value !== ''}
          />
        ))}
        {query.value !== '' && found.value.length === 0 && (
          <p class="muted empty">No parameter matches “{query.value}”.</p>
        )}
      </div>
    </section>
  )
}

interface GroupProps {
  readonly dashboard: Dashboard
  readonly group: ParameterGroup
  readonly open: boolean
  readonly searching: boolean
}

function Group({ dashboard, group, open, searching }: GroupProps) {
  const chosen = useSignal<boolean | null>(null)
  const isOpen = searching ? open : (chosen.value ?? open)
  const changed = useComputed(() => {
    const { parameters } = dashboard.scenario.value
    return group.parameters.filter(({ name }) => name in parameters).length
  }).value
  return (
    <details
      class="group"
      open={isOpen}
      onToggle={(event) => {
        if (!searching) chosen.value = event.currentTarget.open
      }}
    >
      <summary>
        <h3>{group.name}</h3>
        <span class="muted">{changed > 0 ? `${changed} changed` : group.parameters.length}</span>
      </summary>
      {isOpen && group.parameters.map((info) => <ParameterRow key={info.name} dashboard={dashboard} info={info} />)}
    </details>
  )
}

function matching(groups: readonly ParameterGroup[], query: string): readonly ParameterGroup[] {
  const words = query.toLowerCase().split(' ').filter(Boolean)
  if (words.length === 0) return groups
  const matches = (group: string, { name, label }: ParameterInfo): boolean => {
    const text = `${name} ${label} ${group}`.toLowerCase()
    return words.every((word) => text.includes(word))
  }
  return groups
    .map((group) => ({ ...group, parameters: group.parameters.filter((info) => matches(group.name, info)) }))
    .filter(({ parameters }) => parameters.length > 0)
}
