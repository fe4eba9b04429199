import type { DataChoice } from '../../document/data-choice.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { FileButton } from './file-button.tsx'

interface DataSummaryProps {
  readonly dashboard: Dashboard
  readonly choice: DataChoice
}

/** The file and what is in it. */
export function DataSummary({ dashboard, choice }: DataSummaryProps) {
  const { data, observed } = dashboard
  const problem = data.problem.value
  const reading = data.reading.value
  const counts = observed.value?.counts
  return (
    <section class="card" aria-labelledby="data-title">
      <h2 id="data-title" class="data-name" title={choice.name}>
        {choice.name}
      </h2>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      {reading && (
        <p class="caption number" data-testid="data-counts">
          {reading.rows.toLocaleString('en')} rows
          {counts && reading.events && (
            <>
              {' · '}
              {counted(counts.subjects, 'subject')} · {counted(counts.doses, 'dose')} · {counts.observed} observed ·{' '}
              {counts.below} below LLOQ
              {counts.above > 0 && ` · ${counts.above} above ULOQ`}
              {counts.excluded > 0 && ` · ${counts.excluded} left out`}
            </>
          )}
        </p>
      )}
      {choice.attribution && <p class="attribution">{choice.attribution}</p>}
      <div class="row">
        <FileButton
          title="Choose another file"
          take={(file) => void data.open({ name: file.name, content: file, attribution: '' })}
        />
        <button type="button" class="button small" onClick={data.remove}>
          Remove data
        </button>
      </div>
    </section>
  )
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
