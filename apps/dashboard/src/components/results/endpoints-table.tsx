import type { EndpointDefinition } from '@cartkin/simulation'
import { useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import type { Dashboard } from '../../state/dashboard.ts'
import { type EndpointColumn, endpointChange, endpointColumns, endpointsTsv } from '../../state/endpoint-columns.ts'
import type { EndpointSpread } from '../../state/percentile-bands.ts'
import { bandsOf } from '../../state/population-session.ts'
import { formatNumber } from '../controls/format-number.ts'
import { unitText } from '../controls/unit-text.ts'

/** What is read off the courses: a column for each scenario with its difference to the reference, and one for the population. */
export function EndpointsTable({ dashboard }: { readonly dashboard: Dashboard }) {
  const { endpoints } = dashboard.opened.value
  const shown = useMemo(() => endpointColumns(dashboard), [dashboard])
  const columns = shown.value
  const reference = columns.find(({ role }) => role === 'reference')
  const population = bandsOf(dashboard.population.state.value)
  const told = useSignal('')
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(endpointsTsv(endpoints, shown.value))
      told.value = 'Copied'
    } catch {
      told.value = 'The browser refused; allow this page to use the clipboard.'
    }
  }
  if (endpoints.length === 0) return <p class="card muted">Nothing is read off the courses of this model.</p>
  return (
    <section class="card" aria-labelledby="endpoints-title">
      <div class="row">
        <h2 id="endpoints-title">Endpoints</h2>
        <span class="spacer" />
        <span class="muted" role="status">
          {told.value}
        </span>
        <button
          type="button"
          class="button small"
          title="For a spreadsheet, with full digits and differences (TSV)"
          onClick={() => void copy()}
          onBlur={() => {
            told.value = ''
          }}
        >
          Copy table
        </button>
      </div>
      {dashboard.live.stale.value !== '' && <p class="stale">From before {dashboard.live.stale.value}.</p>}
      {/* A region that scrolls has to be reachable by keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
      <section class="endpoints-box" tabIndex={0} aria-label="Endpoints by scenario">
        <table class="endpoints">
          <thead>
            <tr>
              <th scope="col">Endpoint</th>
              {columns.map(({ id, name, role }) => (
                <th key={id} scope="col" class="number" data-role={role} title={name}>
                  <span class="endpoints-name">{name}</span>
                </th>
              ))}
              {population && (
                <th scope="col" class="number">
                  5–95 %
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {endpoints.map((endpoint) => {
              const spread = population?.endpoints.get(endpoint.name)
              return (
                <tr key={endpoint.name}>
                  <th scope="row">
                    {unitText(endpoint.label)}{' '}
                    {hasOwnUnit(endpoint.unit) && <span class="muted">{unitText(endpoint.unit)}</span>}
                  </th>
                  {columns.map((column) => (
                    <Cell key={column.id} endpoint={endpoint} column={column} reference={reference} />
                  ))}
                  {population && <td class="number muted">{spread && spreadText(spread, endpoint.kind)}</td>}
                </tr>
              )
            })}
          </tbody>
        </table>
      </section>
    </section>
  )
}

interface CellProps {
  readonly endpoint: EndpointDefinition
  readonly column: EndpointColumn
  readonly reference: EndpointColumn | undefined
}

function Cell({ endpoint: { name, unit }, column, reference }: CellProps) {
  const found = column.values.value?.get(name)
  const base = reference?.values.value?.get(name)
  const isReference = column === reference
  return (
    <td class={isReference ? 'number muted' : 'number'} title={found?.note}>
      {found ? formatNumber(found.value) : '…'}
      {!isReference && found && base && <Change unit={unit} from={base.value} to={found.value} />}
    </td>
  )
}

/** From the fifth to the 95th percentile; of a yes or no, how many say yes. */
function spreadText({ p5, p95, mean }: EndpointSpread, kind: EndpointDefinition['kind']): string {
  return kind === 'extinct' ? `${(100 * mean).toFixed(0)} %` : `${formatNumber(p5)}–${formatNumber(p95)}`
}

/** Days, scores and grades are named by their labels. */
function hasOwnUnit(unit: string): boolean {
  return !['1', '', 'day', 'score', 'grade'].includes(unit)
}

function Change({ unit, from, to }: { readonly unit: string; readonly from: number; readonly to: number }) {
  const change = endpointChange(unit, from, to)
  if (!change) return null
  const { kind, value } = change
  const size = Math.abs(value)
  if (size < (kind === 'percent' ? 0.05 : 0.005)) return null
  const digits = kind === 'percent' ? (size < 10 ? 1 : 0) : size < 1 ? 2 : 1
  return (
    <span class="change">{`${value > 0 ? '+' : '−'}${size.toFixed(digits)}${kind === 'percent' ? ' %' : ''}`}</span>
  )
}
