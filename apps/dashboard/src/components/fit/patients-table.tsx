import type { Dashboard } from '../../state/dashboard.ts'

/** A subject as the table shows it. */
export interface SubjectRow {
  readonly id: string
  readonly text: string
  /** What is not determined; empty for nothing. */
  readonly detail: string
  /** Whether all of its parameters are determined. */
  readonly isWhole: boolean
}

/** Subjects that are fitted each alone; a press shows the curve of one on its data. */
export function PatientsTable({
  dashboard,
  subjects,
}: {
  readonly dashboard: Dashboard
  readonly subjects: readonly SubjectRow[]
}) {
  const { subject } = dashboard.fit
  return (
    <div class="patients">
      <table>
        <caption class="visually-hidden">Subjects</caption>
        <thead>
          <tr>
            <th scope="col">Subject</th>
            <th scope="col">Fit</th>
          </tr>
        </thead>
        <tbody>
          {subjects.map(({ id, text, detail, isWhole }) => (
            <tr key={id} data-chosen={subject.value === id ? '' : undefined}>
              <th scope="row">
                <button
                  type="button"
                  class="link"
                  aria-pressed={subject.value === id}
                  onClick={() => {
                    subject.value = subject.value === id ? null : id
                  }}
                >
                  {id}
                </button>
              </th>
              <td>
                <span class="mark" aria-hidden="true">
                  {isWhole ? '' : '△ '}
                </span>
                {text}
                {detail && <span class="flag">{detail}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
