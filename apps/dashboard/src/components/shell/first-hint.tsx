import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import type { Dashboard } from '../../state/dashboard.ts'
import { createPageMemory } from '../../storage/page-memory.ts'

const key = 'first-hint'

/**
 * What to begin with, on the first visit. It stays until it is put away or another model is opened, so that nothing moves under a
 * first drag, and does not come back once anything has been made.
 */
export function FirstHint({ dashboard }: { readonly dashboard: Dashboard }) {
  const memory = useMemo(() => createPageMemory(() => localStorage), [])
  const { id } = dashboard.opened.value
  const first = useMemo(() => id, [])
  const isShown = useSignal(dashboard.history.undoable.peek().length === 0 && memory.get(key) === null)
  const isUsed = dashboard.history.undoable.value.length > 0
  useEffect(() => {
    if (isUsed) memory.set(key, 'seen')
  }, [isUsed, memory])
  if (!isShown.value || id !== first) return null
  return (
    <div class="first-hint">
      <p>Drag a slider, or drop a CSV to fit.</p>
      <button
        type="button"
        class="button small"
        onClick={() => {
          memory.set(key, 'seen')
          isShown.value = false
        }}
      >
        Got it
      </button>
    </div>
  )
}
