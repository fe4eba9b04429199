import type { EndpointDefinition } from '@cartkin/simulation'
import type { Dashboard } from '../../state/dashboard.ts'
import type { EndpointSpread } from '../../state/percentile-bands.ts'
import { bandsOf } from '../../state/population-session.ts'
import { formatNumber } from '../controls/format-number.ts'
import { unitText } from '../controls/unit-text.ts'

/** What is read off the course, for the reference, the present parameters and the population where there is one. */
export function EndpointsTable({ dashboard }: { readonly dashboard: Dashboard }) {
  const { endpoints } = dashboard.opened.value
  const course = dashboard.course.value
  const reference = dashboard.reference.value
  const population = bandsOf(dashboard.population.state.value)
  const changed = course !== reference
  return (
    <section class="card" aria-labelledby="endpoints-title">
      <h2 id="endpoints-title">Endpoints</h2>
      <table class="endpoints">
        <thead>
          <tr>
            <th scope="col">Endpoint</th>
            <th scope="col" class="number">
              Now
            </th>
            <th scope="col" class="number">
              {population ? '5–95 %' : 'Reference'}
            </th>
          </tr>
        </thead>
        <tbody>
          {endpoints.map(({ name, label, unit, kind }) => {
            const now = course?.endpoints.get(name)
            const before = reference?.endpoints.get(name)
            const spread = population?.endpoints.get(name)
            return (
              <tr key={name}>
                <th scope="row">
                  {unitText(label)} {hasOwnUnit(unit) && <span class="muted">{unitText(unit)}</span>}
                </th>
                <td class="number" title={now?.note}>
                  {now ? formatNumber(now.value) : ''}
                  {changed && now && before && <Change from={before.value} to={now.value} />}
                </td>
                <td class="number muted" title={before?.note}>
                  {population ? spread && spreadText(spread, kind) : before && formatNumber(before.value)}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
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

function Change({ from, to }: { readonly from: number; readonly to: number }) {
  const percent = 100 * (to / from - 1)
  if (!Number.isFinite(percent) || Math.abs(percent) < 0.05) return null
  const text = Math.abs(percent) < 10 ? percent.toFixed(1) : percent.toFixed(0)
  return <span class="change">{`${percent > 0 ? '+' : ''}${text} %`}</span>
}
