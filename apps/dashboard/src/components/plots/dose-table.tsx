import { timeHeading } from '../../state/time-units.ts'
import { formatNumber } from '../controls/format-number.ts'
import type { PanelState } from './use-panel-state.ts'

/** The doses within the times shown, as the ticks at the top of the plot have them. */
export function DoseTable({ state: { dashboard, panel, doses, period } }: { readonly state: PanelState }) {
  const { low, high } = period.value
  const shown = doses.value.filter(({ time }) => time >= low && time <= high).toSorted((a, b) => a.time - b.time)
  if (shown.length === 0) return null
  return (
    // A region that scrolls has to be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section class="panel-table dose-table" tabIndex={0} aria-label={`Doses in ${panel.title}`}>
      <table>
        <caption>Given: {shown.length === 1 ? '1 dose' : `${shown.length} doses`}</caption>
        <thead>
          <tr>
            <th scope="col" class="number">
              {timeHeading(dashboard.opened.value.timeUnit)}
            </th>
            <th scope="col">What</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ time, label }, k) => (
            <tr key={`${time} ${label} ${k}`}>
              <th scope="row" class="number">
                {formatNumber(time, 4)}
              </th>
              <td>{label}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
