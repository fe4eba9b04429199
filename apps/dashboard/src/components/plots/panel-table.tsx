import type { PanelDefinition } from '@cartkin/cart-models'
import type { ValueRange } from '../../plot/axis-domain.ts'
import { firstAtOrAfter } from '../../plot/decimate.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { timeHeading } from '../../state/time-units.ts'
import { formatNumber } from '../controls/format-number.ts'
import { unitText } from '../controls/unit-text.ts'

interface PanelTableProps {
  readonly dashboard: Dashboard
  readonly panel: PanelDefinition
  readonly period: ValueRange
}

/** The numbers behind a panel: every time that was computed, within the times shown. */
export function PanelTable({ dashboard, panel, period }: PanelTableProps) {
  const course = dashboard.settled.value
  if (!course) return <p class="empty muted">Not computed yet.</p>
  const { quantities, timeUnit } = dashboard.opened.value
  const from = firstAtOrAfter(course.times, period.low)
  const rows = [...course.times.subarray(from, firstAtOrAfter(course.times, period.high) + 1)]
  const columns = panel.quantities.map((quantity) => course.values.get(quantity))
  return (
    // A region that scrolls has to be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section class="panel-table" tabIndex={0} aria-label={`${panel.title} as a table`}>
      <table>
        <caption class="visually-hidden">{panel.title}</caption>
        <thead>
          <tr>
            <th scope="col" class="number">
              {timeHeading(timeUnit)}
            </th>
            {panel.quantities.map((name) => {
              const info = quantities.get(name)
              return (
                <th key={name} scope="col" class="number">
                  {info?.label ?? name} <span class="muted">{unitText(info?.unit ?? '')}</span>
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody>
          {rows.map((time, k) => (
            <tr key={time}>
              <th scope="row" class="number">
                {time}
              </th>
              {columns.map((values, column) => (
                <td key={panel.quantities[column]} class="number">
                  {formatNumber(values?.[from + k] ?? Number.NaN, 4)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
