import type { ExploredKind } from '../../datasets/explore.ts'
import { timeHeading } from '../../state/time-units.ts'
import { formatNumber } from '../controls/format-number.ts'

interface GroupTableProps {
  readonly kind: ExploredKind
  readonly timeUnit: string
}

/** What each group has at each time. */
export function GroupTable({ kind, timeUnit }: GroupTableProps) {
  const shown = (value: number): string => (value === Number.NEGATIVE_INFINITY ? '< LLOQ' : formatNumber(value))
  return (
    // A region that scrolls has to be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section class="group-table" tabIndex={0} aria-label="Summary of each group">
      <table>
        <caption class="visually-hidden">
          Number, quartiles and values below quantification of each group over time
        </caption>
        <thead>
          <tr>
            <th scope="col">Group</th>
            <th scope="col" class="number">
              {timeHeading(timeUnit)}
            </th>
            <th scope="col" class="number">
              n
            </th>
            <th scope="col" class="number">
              below LLOQ
            </th>
            <th scope="col" class="number">
              25 %
            </th>
            <th scope="col" class="number">
              median
            </th>
            <th scope="col" class="number">
              75 %
            </th>
          </tr>
        </thead>
        <tbody>
          {kind.groups.flatMap(({ summaries }) =>
            summaries.map(({ group, time, count, below, p25, p50, p75 }) => (
              <tr key={`${group}/${time}`}>
                <th scope="row">{group}</th>
                <td class="number">{formatNumber(time)}</td>
                <td class="number">{count}</td>
                <td class="number">{below}</td>
                <td class="number">{shown(p25)}</td>
                <td class="number">{shown(p50)}</td>
                <td class="number">{shown(p75)}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </section>
  )
}
