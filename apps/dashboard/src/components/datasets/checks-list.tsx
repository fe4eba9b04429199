import { useSignal } from '@preact/signals'
import type { DataCheck } from '../../datasets/observed-data.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { LineLinks } from './line-links.tsx'

const marks = { fault: '✕', doubt: '!', done: '✓' } as const
const names = { fault: 'Cannot be used', doubt: 'Check', done: 'Done' } as const
/** Longest run that is offered for late values, in usual runs of the model. */
const longestRun = 20
/** Most remarks shown at first. */
const mostAtFirst = 6

/** What was found in the data, what is wrong first. */
export function ChecksList({ dashboard }: { readonly dashboard: Dashboard }) {
  const all = useSignal(false)
  const checks = dashboard.observed.value?.checks ?? []
  const of = (kind: DataCheck['kind']): readonly DataCheck[] => checks.filter((check) => check.kind === kind)
  const [faults, doubts, notes] = [of('fault'), of('doubt'), of('done')]
  const serious = [...faults, ...doubts]
  const shown = all.value ? serious : serious.slice(0, mostAtFirst)
  return (
    <section class="card" aria-labelledby="checks-title" data-testid="data-checks">
      <h3 id="checks-title">Checks</h3>
      <p class="caption" role="status">
        {faults.length === 0 && doubts.length === 0
          ? 'Nothing found that is wrong.'
          : [
              ...(faults.length > 0 ? [`${faults.length} that keep the data from being used`] : []),
              ...(doubts.length > 0 ? [`${doubts.length} to look at`] : []),
            ].join(', ')}
      </p>
      <ul class="checks">
        {shown.map((check, k) => (
          <CheckItem key={k} dashboard={dashboard} check={check} />
        ))}
      </ul>
      {serious.length > mostAtFirst && (
        <button
          type="button"
          class="button small quiet"
          onClick={() => {
            all.value = !all.value
          }}
        >
          {all.value ? 'Show fewer' : `Show all ${serious.length}`}
        </button>
      )}
      {notes.length > 0 && (
        <details>
          <summary>How the file was read ({notes.length})</summary>
          <ul class="checks">
            {notes.map((check, k) => (
              <CheckItem key={k} dashboard={dashboard} check={check} />
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

function CheckItem({ dashboard, check }: { readonly dashboard: Dashboard; readonly check: DataCheck }) {
  const last = check.runUntil ?? Number.POSITIVE_INFINITY
  const until = Number.isFinite(last) && last <= longestRun * dashboard.opened.value.horizon ? Math.ceil(last) : null
  return (
    <li class={`check check-${check.kind}`}>
      <span class="check-mark" role="img" aria-label={names[check.kind]}>
        {marks[check.kind]}
      </span>
      <span>
        {check.text} <LineLinks data={dashboard.data} lines={check.lines} />
        {until !== null && (
          <button type="button" class="link-button" onClick={() => dashboard.setHorizon(until)}>
            Run until {until}
          </button>
        )}
      </span>
    </li>
  )
}
