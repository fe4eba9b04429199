import type { Dashboard } from '../../state/dashboard.ts'

/** Whether what is shown belongs to the present parameters. */
export function RunChip({ dashboard }: { readonly dashboard: Dashboard }) {
  const status = dashboard.status.value
  const words = { loading: 'Loading', running: 'Running', ready: 'Ready', waiting: 'Waiting', failed: 'Failed' }[
    status.kind
  ]
  return (
    <span
      class={`chip chip-${status.kind}`}
      role="status"
      title={status.kind === 'failed' ? status.message : undefined}
    >
      {words}
    </span>
  )
}
