import type { PanelDefinition } from '@cartkin/cart-models'
import type { ValueRange } from '../../plot/axis-domain.ts'
import { courseAt } from '../../plot/course-at.ts'
import { firstAtOrAfter } from '../../plot/decimate.ts'
import type { NamedCurves } from '../../plot/panel-model.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { timeHeading } from '../../state/time-units.ts'
import { formatNumber } from '../controls/format-number.ts'
import { unitText } from '../controls/unit-text.ts'
import { differenceUnit } from './difference-unit.ts'
import { toggleTable } from './plot-actions.ts'
import { focusIn } from './use-plot-keys.ts'

interface PanelTableProps {
  readonly dashboard: Dashboard
  readonly panel: PanelDefinition
  readonly period: ValueRange
  /** What is drawn, the active scenario first. */
  readonly drawn: readonly NamedCurves[]
}

/**
 * The numbers behind a panel: every time that was computed of the active scenario, within the times shown. Another scenario
 * that was computed at other times stands with its values between them.
 */
export function PanelTable({ dashboard, panel, period, drawn }: PanelTableProps) {
  const [first] = drawn
  if (!first) return <p class="empty muted">Not computed yet.</p>
  const { quantities, timeUnit } = dashboard.opened.value
  const { difference, reference } = dashboard.scene
  const { times } = first.curves
  const from = firstAtOrAfter(times, period.low)
  const rows = [...times.subarray(from, firstAtOrAfter(times, period.high) + 1)]
  const unitOf = (quantity: string): string =>
    differenceUnit(unitText(quantities.get(quantity)?.unit ?? ''), difference.value, reference.value.name)
  const columns = drawn.flatMap(({ name, curves }, scenario) =>
    panel.quantities.map((quantity) => ({
      key: `${scenario}/${quantity}`,
      scenario: drawn.length > 1 ? name : '',
      label: quantities.get(quantity)?.label ?? quantity,
      unit: unitOf(quantity),
      at: valueAt(curves, quantity),
    })),
  )
  return (
    <section
      class="panel-table"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
      tabIndex={0}
      aria-label={`${panel.title} as a table`}
      onKeyDown={({ key, ctrlKey, metaKey }) => {
        const isLetter = key.toLowerCase() === 't' && dashboard.view.letters.value
        if (ctrlKey || metaKey || (key !== 'Escape' && !isLetter)) return
        toggleTable(dashboard, panel.title)
        focusIn(panel.title, '.plot')
      }}
    >
      <table>
        <caption class="visually-hidden">
          {panel.title}, {unitText(panel.unit) || 'no unit'}
        </caption>
        <thead>
          <tr>
            <th scope="col" class="number">
              {timeHeading(timeUnit)}
            </th>
            {columns.map(({ key, scenario, label, unit }) => (
              <th key={key} scope="col" class="number">
                {scenario && <span class="panel-table-scenario">{scenario}</span>}
                {label} <span class="muted">{unit}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((time) => (
            <tr key={time}>
              <th scope="row" class="number">
                {time}
              </th>
              {columns.map(({ key, at }) => (
                <td key={key} class="number">
                  {formatNumber(at(time), 4)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function valueAt({ times, values }: NamedCurves['curves'], quantity: string): (time: number) => number {
  const column = values.get(quantity) ?? new Float64Array()
  return (time) => courseAt(times, column, time)
}
