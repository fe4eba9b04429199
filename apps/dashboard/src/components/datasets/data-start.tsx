import type { Dashboard } from '../../state/dashboard.ts'
import { exampleTitle, loadExample } from '../../state/example-data.ts'
import { FileButton } from './file-button.tsx'

/** What data look like, and where to get some: shown while there are none. */
export function DataStart({ dashboard }: { readonly dashboard: Dashboard }) {
  const { data, opened } = dashboard
  const problem = data.problem.value
  const { id } = opened.value
  return (
    <section class="card" aria-labelledby="data-title">
      <h2 id="data-title">Data</h2>
      <div class="drop-zone">
        <p>
          <strong>Drop a CSV file anywhere on the page</strong>
        </p>
        <p class="caption">or</p>
        <FileButton
          title="Choose a file"
          primary
          take={(file) => void data.open({ name: file.name, content: file, attribution: '' })}
        />
      </div>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <p class="caption">
        One row for each dose or value: <code>ID</code>, <code>TIME</code>, <code>DV</code> (or <code>y</code>).
        <br />
        Optional: <code>DVID</code> or <code>y_ID</code>, <code>AMT</code>, <code>CENS</code>, <code>LLOQ</code>, units,
        covariates.
        <br />
        Comma, semicolon or tab; decimal point or comma; <code>&lt;50</code> and <code>BLQ</code> are understood.
      </p>
      <div class="row">
        <button type="button" class="button" onClick={() => void loadExample(id).then(data.open)}>
          Use example data
        </button>
      </div>
      <p class="caption">{exampleTitle(id)}</p>
      <p class="caption">The file stays in this browser. Nothing leaves this page.</p>
    </section>
  )
}
