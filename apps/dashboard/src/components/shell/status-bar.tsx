import type { Dashboard } from '../../state/dashboard.ts'
import type { ProjectSession } from '../../storage/project-session.ts'
import { formatNumber } from '../controls/format-number.ts'
import { SavingStatus } from '../project/saving-status.tsx'

interface StatusBarProps {
  readonly dashboard: Dashboard
  readonly session: ProjectSession
}

/** The line at the foot of the page. */
export function StatusBar({ dashboard, session }: StatusBarProps) {
  const { id, model, parameters, reference } = dashboard.opened.value
  const status = dashboard.status.value
  const counts = dashboard.observed.value?.counts
  return (
    <footer class="status-bar">
      <span>
        <code>{id}</code> · {counted(model.states.length, 'state')} · {counted(parameters.size, 'parameter')}
      </span>
      {counts && (
        <span class="number">
          data {counted(counts.subjects, 'subject')} · {counts.observed} obs · {counts.below} BLQ
        </span>
      )}
      <span class="reference-line">{reference}</span>
      {status.kind === 'ready' && <span class="number">run {formatNumber(status.milliseconds, 2)} ms</span>}
      <SavingStatus session={session} />
    </footer>
  )
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
