import type { Dashboard } from '../../state/dashboard.ts'
import { exampleTitle, useExample } from '../../state/example-data.ts'
import type { Regions } from '../shell/regions.ts'
import { FileButton } from './file-button.tsx'

interface DataStartProps {
  readonly dashboard: Dashboard
  readonly regions: Regions
}

/** What data look like, and where to get some: shown while there are none. */
export function DataStart({ dashboard, regions }: DataStartProps) {
  const { data, opened, fit } = dashboard
  const problem = data.problem.value
  const published = fit.data.value?.kind === 'medians' ? fit.data.value : null
  return (
    <section class="card" aria-labelledby="data-title">
      <h2 id="data-title">Data</h2>
      {published && (
        <div class="published-data">
          <p>{published.title}</p>
          <p class="caption">Published, behind the curves, and what a fit is made to until there is a file of yours.</p>
          <button
            type="button"
            class="button"
            onClick={() => {
              regions.right.value = 'fit'
            }}
          >
            Go to the fit
          </button>
        </div>
      )}
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
        <button
          type="button"
          class="button"
          onClick={() =>
            void useExample(dashboard).then((place) => {
              if (place === 'fit') regions.right.value = 'fit'
            })
          }
        >
          Use example data
        </button>
      </div>
      <p class="caption">{exampleTitle(opened.value)}</p>
      <p class="caption">The file stays in this browser. Nothing leaves this page.</p>
    </section>
  )
}
