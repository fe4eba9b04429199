import type { Dashboard } from '../../state/dashboard.ts'
import type { PopulationBands } from '../../state/percentile-bands.ts'
import { timeHeading } from '../../state/time-units.ts'
import { formatNumber } from '../controls/format-number.ts'

interface FailedSubjectsProps {
  readonly dashboard: Dashboard
  readonly bands: Pick<PopulationBands, 'subjects' | 'failures'>
}

/** How many virtual patients have no whole course, why, and each of them in a table. */
export function FailedSubjects({ dashboard, bands: { subjects, failures } }: FailedSubjectsProps) {
  const kinds = [...Map.groupBy(failures, ({ kind }) => kind)].map(
    ([kind, all]) => `${all.length} ${kind.replaceAll('-', ' ')}`,
  )
  return (
    <details class="stale failed-subjects">
      <summary>
        {failures.length} of {subjects} subjects failed: {kinds.join(', ')}
      </summary>
      <table>
        <caption class="visually-hidden">Subjects that failed</caption>
        <thead>
          <tr>
            <th scope="col">Subject</th>
            <th scope="col">{timeHeading(dashboard.opened.value.timeUnit)}</th>
            <th scope="col">Reason</th>
          </tr>
        </thead>
        <tbody>
          {failures.map(({ subject, time, message }) => (
            <tr key={subject}>
              <th scope="row">{subject}</th>
              <td class="number">{formatNumber(time)}</td>
              <td>{message}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
