import type { FitResult } from '@cartkin/fitting'
import { formatNumber } from '../controls/format-number.ts'

/** The fit beside the values that it began with. */
export function FitComparison({ before, after }: { readonly before: FitResult | null; readonly after: FitResult }) {
  const rows: readonly (readonly [string, string, (result: FitResult) => number])[] = [
    ['OFV', 'objective function value', ({ objective }) => objective],
    ['AIC', 'Akaike’s criterion', ({ aic }) => aic],
    ['BIC', 'Bayes criterion', ({ bic }) => bic],
    ['Parameters', 'number of estimated parameters', ({ estimates }) => estimates.length],
    ['Condition', 'condition number of the sensitivities', ({ conditionNumber }) => conditionNumber],
  ]
  return (
    <table class="fit-comparison">
      <caption class="visually-hidden">Before and after the fit</caption>
      <thead>
        <tr>
          <th scope="col">
            <span class="visually-hidden">Figure</span>
          </th>
          <th scope="col" class="number">
            Before
          </th>
          <th scope="col" class="number">
            After
          </th>
          <th scope="col" class="number">
            Change
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, meaning, read]) => (
          <tr key={name}>
            <th scope="row" title={meaning}>
              {name}
            </th>
            <td class="number">{before ? formatNumber(read(before), 5) : '…'}</td>
            <td class="number">{formatNumber(read(after), 5)}</td>
            <td class="number">{before ? signed(read(after) - read(before)) : ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function signed(change: number): string {
  return change > 0 ? `+${formatNumber(change)}` : formatNumber(change)
}
