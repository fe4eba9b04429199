import { type Signal, useSignal } from '@preact/signals'
import type { Dashboard } from '../../state/dashboard.ts'
import { parameterTable } from '../../state/parameter-table.ts'
import { type ParameterOrder, parameterOrders } from './matching-parameters.ts'
import { PasteParameters } from './paste-parameters.tsx'

interface ParameterToolsProps {
  readonly dashboard: Dashboard
  readonly order: Signal<ParameterOrder>
  readonly selected: Signal<ReadonlySet<string> | null>
}

/** What is done with all parameters at once. */
export function ParameterTools({ dashboard, order, selected }: ParameterToolsProps) {
  const notice = useSignal('')
  const pasting = useSignal(false)
  const { usuallyFixed } = dashboard.opened.value
  const { fixed } = dashboard.desk.value
  const isUsual = fixed.length === usuallyFixed.length && fixed.every((name) => usuallyFixed.includes(name))

  const copy = async (): Promise<void> => {
    const { parameters } = dashboard.opened.peek()
    const text = parameterTable(parameters.values(), dashboard.scenario.peek(), dashboard.desk.peek())
    try {
      await navigator.clipboard.writeText(text)
      notice.value = `${parameters.size} parameters copied, with tabs between the columns.`
    } catch {
      notice.value = 'This browser does not let the page copy.'
    }
  }
  return (
    <>
      <div class="parameter-tools">
        <select
          aria-label="Order of parameters"
          value={order.value}
          onChange={(event) => {
            const chosen = parameterOrders.find(({ id }) => id === event.currentTarget.value)
            if (chosen) order.value = chosen.id
          }}
        >
          {parameterOrders.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
        <button
          type="button"
          class="button tiny"
          aria-pressed={selected.value !== null}
          onClick={() => {
            selected.value = selected.value === null ? new Set() : null
          }}
        >
          Select
        </button>
        <button type="button" class="button tiny" title="As lines of a spreadsheet" onClick={() => void copy()}>
          Copy
        </button>
        <button
          type="button"
          class="button tiny"
          aria-haspopup="dialog"
          title="Lines of a spreadsheet: name, value"
          onClick={() => {
            pasting.value = true
          }}
        >
          Paste…
        </button>
        {!isUsual && (
          <button
            type="button"
            class="button tiny"
            title="As at first: which parameters fits keep, and which they estimate"
            onClick={() => dashboard.changeDesk('Usual choice of fits', (desk) => ({ ...desk, fixed: usuallyFixed }))}
          >
            Reset Fix
          </button>
        )}
      </div>
      <p class="caption" role="status">
        {notice.value}
      </p>
      {pasting.value && (
        <PasteParameters
          dashboard={dashboard}
          close={() => {
            pasting.value = false
          }}
        />
      )}
    </>
  )
}
