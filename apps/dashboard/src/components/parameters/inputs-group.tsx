import type { Dashboard } from '../../state/dashboard.ts'
import { InputRow } from './input-row.tsx'

/** The names that the text leaves open, each with room for its value. */
export function InputsGroup({ dashboard }: { readonly dashboard: Dashboard }) {
  const { inputs } = dashboard.opened.value
  const given = dashboard.scenario.value.inputs
  const open = inputs.filter(({ name }) => !(name in given)).length
  return (
    <details class="group" open>
      <summary>
        <h3>Inputs</h3>
        <span class="muted">{open > 0 ? `${open} without a value` : inputs.length}</span>
      </summary>
      {inputs.map((input) => (
        <InputRow key={input.name} dashboard={dashboard} input={input} />
      ))}
    </details>
  )
}
