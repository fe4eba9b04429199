import { useSignal } from '@preact/signals'
import type { ObservedMark } from '../../datasets/observed-data.ts'
import { shownMarks } from '../../plot/observed-rows.ts'
import { timeHeading } from '../../state/time-units.ts'
import { formatNumber } from '../controls/format-number.ts'
import { unitText } from '../controls/unit-text.ts'
import type { PanelState } from '../plots/use-panel-state.ts'

const words: Readonly<Record<ObservedMark['kind'], string>> = {
  observed: '',
  below: '<',
  above: '>',
  excluded: '',
}
/** Rows of the table at first. */
const first = 100

/** The data on a panel as numbers: what is drawn as a mark, row by row of the file. */
export function ObservedTable({ state }: { readonly state: PanelState }) {
  const { dashboard, panel } = state
  const all = useSignal(false)
  const shown = { period: state.period.value, scale: state.scale.value }
  const marks = state.scene.difference.value ? [] : shownMarks(state.marks.value, shown)
  if (marks.length === 0) return null
  const { quantities, timeUnit } = dashboard.opened.value
  const unit = unitText(quantities.get(panel.quantities[0] ?? '')?.unit ?? '')
  const isMixed = panel.quantities.length > 1
  const rows = all.value ? marks : marks.slice(0, first)
  return (
    // A region that scrolls has to be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section class="panel-table observed-table" tabIndex={0} aria-label={`Data of ${panel.title}`}>
      <table>
        <caption>
          Data: {marks.length} {marks.length === 1 ? 'value' : 'values'} of {dashboard.data.choice.value?.name}
        </caption>
        <thead>
          <tr>
            <th scope="col">Subject</th>
            <th scope="col" class="number">
              {timeHeading(timeUnit)}
            </th>
            {isMixed && <th scope="col">Quantity</th>}
            <th scope="col" class="number">
              Value {!isMixed && <span class="muted">{unit}</span>}
            </th>
            <th scope="col" class="number">
              Row
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ kind, subject, time, quantity, value, line }) => (
            <tr key={line}>
              <th scope="row">{subject}</th>
              <td class="number">{formatNumber(time, 4)}</td>
              {isMixed && <td>{quantity}</td>}
              <td class="number">
                {words[kind]}
                {formatNumber(value, 4)}
                {kind === 'excluded' && <span class="muted"> left out</span>}
              </td>
              <td class="number">{line}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {marks.length > rows.length && (
        <button
          type="button"
          class="button small"
          onClick={() => {
            all.value = true
          }}
        >
          Show all {marks.length}
        </button>
      )}
    </section>
  )
}
