import { type StandardColumn, standardColumns } from '@cartkin/tables'
import type { FileReading } from '../../datasets/file-reading.ts'
import { withColumn } from '../../document/data-choice.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { unitText } from '../controls/unit-text.ts'

interface ColumnMappingProps {
  readonly dashboard: Dashboard
  readonly reading: FileReading
}

const words: Readonly<Partial<Record<StandardColumn, string>>> = {
  ID: 'ID – subject',
  TIME: 'TIME',
  DV: 'DV – measured value',
  ENDPOINT: 'DVID – what was measured',
  AMT: 'AMT – dose',
  CENS: 'CENS – beyond a limit',
  LLOQ: 'LLOQ – lower limit',
  ULOQ: 'ULOQ – upper limit',
  EVID: 'EVID – kind of row',
  CMT: 'CMT – compartment',
  DVUNIT: 'Unit of values',
  TIMEUNIT: 'Unit of times',
  AMTUNIT: 'Unit of doses',
}
const order: readonly StandardColumn[] = [
  ...(['ID', 'TIME', 'DV', 'ENDPOINT', 'AMT', 'CENS', 'LLOQ', 'ULOQ', 'EVID', 'CMT', 'DVUNIT'] as const),
]
const offered = [...order, ...standardColumns.filter((name) => !order.includes(name))]

/** What each column of the file is taken for: guessed, shown, and to be changed. */
export function ColumnMapping({ dashboard, reading }: ColumnMappingProps) {
  const { data } = dashboard
  const chosen = data.choice.value
  const isMissing = !['TIME', 'DV'].every((needed) => reading.columns.some(({ meaning }) => meaning === needed))
  return (
    <section class="card" aria-labelledby="columns-title">
      <details open={isMissing}>
        <summary>
          <h3 id="columns-title">Columns</h3>
          <span class="muted"> {reading.columns.length}</span>
        </summary>
        <table class="columns">
          <caption class="visually-hidden">Columns of the file and what they are taken for</caption>
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">is taken for</th>
            </tr>
          </thead>
          <tbody>
            {reading.columns.map(({ header, meaning, unit }) => {
              const given = Object.values(chosen?.columns ?? {}).includes(header) || chosen?.ignored.includes(header)
              return (
                <tr key={header}>
                  <th scope="row">
                    <code title={header}>{header}</code>
                    {unit !== '' && <span class="muted"> {unitText(unit)}</span>}
                    {!given && order.some((name) => name === meaning) && <span class="guess">guessed</span>}
                  </th>
                  <td>
                    <select
                      aria-label={`Column ${header} is taken for`}
                      value={meaning === 'text' || meaning === 'mark' ? 'covariate' : meaning}
                      onChange={({ currentTarget }) => {
                        const wanted = [...offered, 'covariate', 'ignored'] as const
                        const next = wanted.find((name) => name === currentTarget.value)
                        if (next) data.change(`Column ${header}`, (before) => withColumn(before, header, next))
                      }}
                    >
                      {offered.map((name) => (
                        <option key={name} value={name}>
                          {words[name] ?? name}
                        </option>
                      ))}
                      <option value="covariate">
                        {meaning === 'text' ? 'Text' : meaning === 'mark' ? 'Marks of rows' : 'Covariate'}
                      </option>
                      <option value="ignored">Left out</option>
                    </select>
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </details>
    </section>
  )
}
