import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Dashboard } from '../../state/dashboard.ts'

/** A run that takes longer is told to who cannot see the curves, milliseconds; others would talk over the slider. */
const longRun = 1000

/** Whether what is shown belongs to the present parameters. */
export function RunChip({ dashboard }: { readonly dashboard: Dashboard }) {
  const status = dashboard.status.value
  const { kind } = status
  const words = { loading: 'Loading', running: 'Running', ready: 'Ready', waiting: 'Waiting', failed: 'Failed' }[kind]
  const told = useSignal('')
  useEffect(() => {
    const isBusy = kind === 'loading' || kind === 'running'
    // what was not told to begin needs no end
    if (!isBusy && (kind !== 'ready' || told.peek() !== '')) told.value = words
    if (!isBusy) return
    const waiting = setTimeout(() => {
      told.value = words
    }, longRun)
    return () => clearTimeout(waiting)
  }, [kind])
  return (
    <>
      <span class={`chip chip-${kind}`} title={status.kind === 'failed' ? status.message : undefined}>
        {words}
      </span>
      <span class="visually-hidden" role="status">
        {told.value}
      </span>
    </>
  )
}
