import { useSignal } from '@preact/signals'
import { typedRows } from '../../datasets/typed-rows.ts'
import { type DataChoice, withExcluded } from '../../document/data-choice.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { LineLinks } from './line-links.tsx'

interface RowsLeftOutProps {
  readonly dashboard: Dashboard
  readonly choice: DataChoice
}

/** Rows that are left out: typed as numbers and ranges, and taken in again. */
export function RowsLeftOut({ dashboard, choice }: RowsLeftOutProps) {
  const { data } = dashboard
  const text = useSignal('')
  const problem = useSignal('')
  const leaveOut = (): void => {
    const rows = typedRows(text.value)
    if (rows === null) {
      problem.value = 'Type rows as 17 or 20-25, with commas between.'
      return
    }
    problem.value = ''
    text.value = ''
    const label = rows.length === 1 ? `Leave out row ${rows.join()}` : `Leave out ${rows.length} rows`
    data.change(label, (before) => withExcluded(before, rows, true))
  }
  return (
    <section class="card" aria-labelledby="out-title">
      <h3 id="out-title">Rows left out</h3>
      <form
        class="row"
        onSubmit={(event) => {
          event.preventDefault()
          leaveOut()
        }}
      >
        <input
          class="text-box"
          type="text"
          aria-label="Rows to leave out"
          placeholder="17, 20-25"
          autocomplete="off"
          value={text.value}
          onInput={({ currentTarget }) => {
            text.value = currentTarget.value
          }}
        />
        <button type="submit" class="button small">
          Leave out
        </button>
      </form>
      {problem.value && (
        <p class="problem" role="alert">
          {problem.value}
        </p>
      )}
      {choice.excluded.length > 0 && (
        <div class="row">
          <span class="caption">
            {choice.excluded.length} left out: <LineLinks data={data} lines={choice.excluded} />
          </span>
          <button
            type="button"
            class="button small"
            onClick={() => data.change('Take in all rows', (before) => ({ ...before, excluded: [] }))}
          >
            Take all in
          </button>
        </div>
      )}
    </section>
  )
}
