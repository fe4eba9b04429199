import { useComputed, useSignal, useSignalEffect } from '@preact/signals'
import type { Dashboard } from '../../state/dashboard.ts'
import type { ParameterGroup } from '../../state/opened-model.ts'
import { InputsGroup } from './inputs-group.tsx'
import { matchingParameters, orderedParameters } from './matching-parameters.ts'
import type { ParameterList } from './parameter-list.ts'
import { ParameterRow } from './parameter-row.tsx'
import { ParameterTools } from './parameter-tools.tsx'
import { SelectionBar } from './selection-bar.tsx'

interface ParametersPanelProps {
  readonly dashboard: Dashboard
  readonly list: ParameterList
}

/** All parameters of the model, by process unless another order was chosen, with a search. */
export function ParametersPanel({ dashboard, list }: ParametersPanelProps) {
  const { query, order, selected } = list
  const opened = dashboard.opened.value
  const found = useComputed(() => {
    // what is changed as they stand in this order now: a row does not move away under the hand that changes it
    const changed = order.value === 'changed' ? Object.keys(dashboard.scenario.peek().parameters) : []
    const { groups } = dashboard.opened.value
    return matchingParameters(orderedParameters(groups, order.value, new Set(changed)), query.value)
  })
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
            aria-disabled={changed === 0 || undefined}
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
        <ParameterTools dashboard={dashboard} order={order} selected={selected} />
        {selected.value !== null && <SelectionBar dashboard={dashboard} selected={selected} />}
      </div>
      <div class="parameters-list">
        {opened.inputs.length > 0 && <InputsGroup key={opened.text} dashboard={dashboard} />}
        {found.value.map((group) => (
          <Group
            key={`${opened.id}/${group.name}`}
            dashboard={dashboard}
            list={list}
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
  readonly list: ParameterList
  readonly group: ParameterGroup
  readonly open: boolean
  readonly searching: boolean
}

function Group({ dashboard, list, group, open, searching }: GroupProps) {
  const chosen = useSignal<boolean | null>(null)
  useSignalEffect(() => {
    if (group.parameters.some(({ name }) => name === list.wanted.value)) chosen.value = true
  })
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
      {isOpen &&
        group.parameters.map((info) => <ParameterRow key={info.name} dashboard={dashboard} info={info} list={list} />)}
    </details>
  )
}
