import { windowFigures } from '../../plot/window-figures.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { timeText } from '../../state/time-units.ts'
import { formatNumber } from '../controls/format-number.ts'
import { unitText } from '../controls/unit-text.ts'
import { periodsOf } from '../plots/plot-actions.ts'

/** What is read off the active scenario's curves within the times zoomed into, or under a drag as it goes; nothing is simulated for it. */
export function WindowCard({ dashboard }: { readonly dashboard: Dashboard }) {
  const { view, settled, opened, panels } = dashboard
  const { brush, period } = view
  const course = settled.value
  if (!course || (!brush.value && !period.value)) return null
  const times = brush.value ?? periodsOf(dashboard).shown
  const { timeUnit, quantities } = opened.value
  const at = (time: number): string => timeText(timeUnit, formatNumber(time))
  const shown = panels.value.flatMap((panel) => panel.quantities)
  return (
    <section class="card window-card" aria-labelledby="window-title">
      <h2 id="window-title">
        From {at(times.low)} to {at(times.high)}
      </h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard */}
      <section class="endpoints-box" tabIndex={0} aria-label="Figures of the times shown">
        <table>
          <thead>
            <tr>
              {['Quantity', 'Highest', 'At', 'Lowest', 'AUC', 'Last'].map((head, k) => (
                <th key={head} scope="col" class={k > 0 ? 'number' : undefined}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((name) => {
              const found = windowFigures(course, name, times)
              const cells = found
                ? [found.highest, found.highestAt, found.lowest, found.area, found.last].map((value) =>
                    formatNumber(value),
                  )
                : ['–', '–', '–', '–', '–']
              return (
                <tr key={name}>
                  <th scope="row" title={quantities.get(name)?.label}>
                    {name} <span class="muted">{unitText(quantities.get(name)?.unit ?? '')}</span>
                  </th>
                  {cells.map((cell, k) => (
                    <td key={['highest', 'at', 'lowest', 'area', 'last'][k]} class="number">
                      {cell}
                    </td>
                  ))}
                </tr>
              )
            })}
          </tbody>
        </table>
      </section>
    </section>
  )
}
