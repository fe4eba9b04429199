import type { EstimatedParameter, FitResult, ParameterEstimate } from '@cartkin/fitting'
import { withFixed } from '../../document/parameter-choices.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { formatNumber } from '../controls/format-number.ts'
import { unitText } from '../controls/unit-text.ts'
import { percentText, unestimatedReason } from './fit-words.ts'
import { ProfileButton } from './profile-button.tsx'

interface EstimatesTableProps {
  readonly dashboard: Dashboard
  readonly result: FitResult
  readonly problem: { readonly estimated: readonly EstimatedParameter[] }
}

/** Estimates with start, relative standard error, interval and bounds; what is not determined says why. */
export function EstimatesTable({ dashboard, result, problem }: EstimatesTableProps) {
  const held = result.steering?.held ?? []
  const bounds = result.steering?.estimated ?? problem.estimated
  return (
    <>
      <table class="estimates">
        <caption class="visually-hidden">
          Estimates with relative standard error, 95 % interval, start and bounds
        </caption>
        <thead>
          <tr>
            <th scope="col">Parameter</th>
            <th scope="col" class="number">
              Estimate
            </th>
            <th scope="col" class="number">
              RSE
            </th>
            <th scope="col">Fix</th>
          </tr>
        </thead>
        <tbody>
          {result.estimates.map((estimate) => (
            <EstimateRow
              key={estimate.name}
              dashboard={dashboard}
              result={result}
              estimate={estimate}
              bounds={bounds.find(({ name }) => name === estimate.name)}
            />
          ))}
          {held.map(({ name, value, since }) => (
            <tr key={name}>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td class="number">
                {formatNumber(value)}
                <span class="interval">held since iteration {since}</span>
              </td>
              <td class="number">held</td>
              <td />
            </tr>
          ))}
        </tbody>
      </table>
      {result.collinear.map((set) => (
        <p key={set.names.join()} class="stale">
          {`${set.message.charAt(0).toUpperCase()}${set.message.slice(1)}.`}
        </p>
      ))}
    </>
  )
}

function EstimateRow(props: {
  readonly dashboard: Dashboard
  readonly result: FitResult
  readonly estimate: ParameterEstimate
  readonly bounds: EstimatedParameter | undefined
}) {
  const { dashboard, result, estimate, bounds } = props
  const { name, relativeStandardError, lower95, upper95, atBound } = estimate
  const info = dashboard.opened.value.parameters.get(name)
  const isIdentified = Number.isFinite(relativeStandardError)
  const isFixed = dashboard.desk.value.fixed.includes(name)
  const unit = info ? unitText(info.unit) : ''
  const flag = (text: string) => <span class="flag">{text}</span>
  return (
    <>
      <tr data-estimate={name}>
        <th scope="row" title={info?.label}>
          <code>{name}</code> <span class="muted">{unit}</span>
        </th>
        <td class="number" data-value={estimate.estimate}>
          {formatNumber(estimate.estimate, 4)}
        </td>
        <td class="number">{percentText(relativeStandardError)}</td>
        <td>
          {info && (
            <label class="box-target">
              <input
                type="checkbox"
                aria-label={`Fix ${name} in the next fit`}
                checked={isFixed}
                onChange={() =>
                  dashboard.changeDesk(isFixed ? `Free ${name}` : `Fix ${name}`, (desk) =>
                    withFixed(desk, name, !isFixed),
                  )
                }
              />
            </label>
          )}
        </td>
      </tr>
      <tr class="detail">
        <td colSpan={4}>
          {isIdentified && (
            <span class="number">
              95 % CI {formatNumber(lower95)}–{formatNumber(upper95)}
            </span>
          )}
          {atBound && flag(`⊣ at ${atBound} bound`)}
          {relativeStandardError > 0.5 && isIdentified && flag('△ RSE above 50 %')}
          {!isIdentified && flag(`△ n/e: ${unestimatedReason(result, name)}`)}
          <span class="number">
            from {formatNumber(estimate.start)}
            {bounds && `, bounds ${formatNumber(bounds.lower)} to ${formatNumber(bounds.upper)}`}
          </span>
          <ProfileButton dashboard={dashboard} result={result} name={name} />
        </td>
      </tr>
    </>
  )
}
