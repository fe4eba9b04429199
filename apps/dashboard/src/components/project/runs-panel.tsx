import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { added } from '../../document/scenes.ts'
import { fileName } from '../../export/project-file.ts'
import { saveFile } from '../../export/save-file.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { mostRuns, type Run } from '../../state/run-history.ts'
import type { KeptRuns } from '../../storage/kept-runs.ts'

export interface RunsPanelProps {
  readonly dashboard: Dashboard
  readonly history: KeptRuns
}

/** What was computed in this project: back to any of it, or beside the present. */
export function RunsPanel({ dashboard, history }: RunsPanelProps) {
  const problem = useSignal('')
  const runs = history.runs.value
  const results = history.results.value
  useEffect(history.look, [history])

  const restore = (run: Run): void =>
    void dashboard.openDocument(run.document, `Restore run ${run.number}`).catch(() => undefined)
  const compare = ({ number, scenario }: Run): void =>
    dashboard.changeDesk(`Compare with run ${number}`, (desk) => added(desk, { ...scenario, name: `Run ${number}` }))
  const save = async (run: Run): Promise<void> => {
    const file = await history.result(run)
    problem.value = file ? '' : `The result of run ${run.number} was let go. Restore the run to compute it again.`
    if (file) saveFile(`${fileName(run.model)}-run-${run.number}.arrow`, 'application/vnd.apache.arrow.file', file)
  }

  const { title } = dashboard.opened.value
  return (
    <section class="card" aria-labelledby="runs-title">
      <h2 id="runs-title">
        Runs <span class="muted">{runs.length}</span>
      </h2>
      <p class="caption">
        The last {mostRuns} of this project. Equal hashes are equal courses, to the last bit, here and in Node.{' '}
        {history.isKept.value === false && 'This browser keeps them no longer than the page is open.'}
      </p>
      {problem.value && (
        <p class="caption" role="status">
          {problem.value}
        </p>
      )}
      <ol class="runs">
        {runs.map((run) => (
          <li key={run.number}>
            <div>
              <strong>Run {run.number}</strong>{' '}
              <time class="muted number" dateTime={new Date(run.at).toISOString()}>
                {moment(run.at)}
              </time>
              <div>
                {run.kind === 'population' && 'Virtual population: '}
                {run.name}, after “{run.after}”
              </div>
              <div class="muted">
                {run.model !== title && `${run.model} · `}
                {run.seed !== null && `seed ${run.seed} `}
                {run.kind === 'course' && (
                  <code title={run.hash ?? undefined}>{run.hash?.slice(0, 16) ?? (run.course ? '…' : 'let go')}</code>
                )}
              </div>
            </div>
            <div class="row">
              <button
                type="button"
                class="button small"
                disabled={dashboard.history.locked.value}
                aria-label={`Restore run ${run.number}`}
                onClick={() => restore(run)}
              >
                Restore
              </button>
              {run.kind === 'course' && run.model === title && (
                <button
                  type="button"
                  class="button small"
                  disabled={dashboard.history.locked.value}
                  aria-label={`Compare with run ${run.number}`}
                  onClick={() => compare(run)}
                >
                  Compare
                </button>
              )}
              {(run.course || (run.hash !== null && results.has(run.hash))) && (
                <button
                  type="button"
                  class="button small"
                  aria-label={`Save the curves of run ${run.number} as Arrow`}
                  onClick={() => void save(run)}
                >
                  Arrow
                </button>
              )}
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** The time of today, the day of another day. */
function moment(at: number): string {
  const date = new Date(at)
  const time = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const
  const day = { day: 'numeric', month: 'short' } as const
  const isToday = date.toDateString() === new Date().toDateString()
  return date.toLocaleString(undefined, isToday ? time : { ...day, ...time })
}
