import type { Dashboard } from '../state/dashboard.ts'
import { formatNumber } from './format-number.ts'

/** The line at the foot of the page. */
export function StatusBar({ dashboard }: { readonly dashboard: Dashboard }) {
  const { states, parameters, library } = dashboard.project.value
  const status = dashboard.status.value
  return (
    <footer class="status-bar">
      <span>
        <code>{library.id}</code> · {states} states · {parameters.size} parameters
      </span>
      <span class="reference-line">{library.reference}</span>
      {status.kind === 'ready' && <span class="number">run {formatNumber(status.milliseconds, 2)} ms</span>}
      <span class="private">Nothing leaves this page</span>
    </footer>
  )
}
