import type { MedianEstimate } from '../../state/median-estimates.ts'
import { formatNumber } from '../controls/format-number.ts'

/** Parameters over the subjects that were fitted each alone. */
export function MediansTable({ medians }: { readonly medians: readonly MedianEstimate[] }) {
  return (
    <table class="estimates">
      <caption class="visually-hidden">Estimates over all subjects</caption>
      <thead>
        <tr>
          <th scope="col">Parameter</th>
          <th scope="col" class="number">
            Median, range
          </th>
          <th scope="col" class="number">
            Identified
          </th>
        </tr>
      </thead>
      <tbody>
        {medians.map(({ name, median, lowest, highest, identified, count }) => (
          <tr key={name}>
            <th scope="row">
              <code>{name}</code>
            </th>
            <td class="number">
              {formatNumber(median)}
              <span class="interval">
                {formatNumber(lowest)}–{formatNumber(highest)}
              </span>
            </td>
            <td class="number">
              {identified} of {count}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
