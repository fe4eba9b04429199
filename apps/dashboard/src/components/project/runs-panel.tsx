import { useSignal, useSignalEffect } from '@preact/signals'
import { added } from '../../document/scenes.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { mostRuns, type Run, type RunHistory } from '../../state/run-history.ts'

export interface RunsPanelProps {
  readonly dashboard: Dashboard
  readonly history: RunHistory
}

/** What was computed since the page was opened: back to any of it, or beside the present. */
export function RunsPanel({ dashboard, history }: RunsPanelProps) {
  const hashes = useSignal<ReadonlyMap<number, string>>(new Map())
  const runs = history.runs.value

  // reckoned only while somebody looks, one after the other
  useSignalEffect(() => {
    const next = history.runs.value.find(({ number, course }) => course && !hashes.value.has(number))
    if (!next?.course) return
    const { number, course } = next
    void import('../../export/course-hash.ts').then(async ({ courseHash }) => {
      const hash = await courseHash(course)
      hashes.value = new Map([...hashes.value, [number, hash]])
    })
  })

  const restore = (run: Run): void =>
    void dashboard.openDocument(run.document, `Restore run ${run.number}`).catch(() => undefined)
  const compare = ({ number, scenario }: Run): void =>
    dashboard.changeDesk(`Compare with run ${number}`, (desk) => added(desk, { ...scenario, name: `Run ${number}` }))

  const { title } = dashboard.opened.value
  return (
    <section class="card" aria-labelledby="runs-title">
      <h2 id="runs-title">
        Runs <span class="muted">{runs.length}</span>
      </h2>
      <p class="caption">
        The last {mostRuns} since the page was opened. Equal hashes are equal courses, to the last bit, here and in
        Node.
      </p>
      <ol class="runs">
        {runs.map((run) => (
          <li key={run.number}>
            <div>
              <strong>Run {run.number}</strong> <time class="muted number">{clock(run.at)}</time>
              <div>
                {run.kind === 'population' && 'Virtual population: '}
                {run.name}, after “{run.after}”
              </div>
              <div class="muted">
                {run.model !== title && `${run.model} · `}
                {run.seed !== null && `seed ${run.seed} `}
                {run.kind === 'course' && (
                  <code title={hashes.value.get(run.number)}>{hashText(run, hashes.value)}</code>
                )}
              </div>
            </div>
            <div class="row">
              <button
                type="button"
                class="button small"
                aria-label={`Restore run ${run.number}`}
                onClick={() => restore(run)}
              >
                Restore
              </button>
              {run.kind === 'course' && run.model === title && (
                <button
                  type="button"
                  class="button small"
                  aria-label={`Compare with run ${run.number}`}
                  onClick={() => compare(run)}
                >
                  Compare
                </button>
              )}
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}

function hashText({ number, course }: Run, hashes: ReadonlyMap<number, string>): string {
  const hash = hashes.get(number)
  if (hash !== undefined) return hash.slice(0, 16)
  return course ? '…' : 'let go'
}

function clock(at: number): string {
  return new Date(at).toLocaleTimeString(undefined, {
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
    hourCycle: 'h23',
  })
}
