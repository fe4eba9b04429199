import { useEffect } from 'preact/hooks'
import type { Dashboard } from '../../state/dashboard.ts'
import { isText } from '../commands/is-text.ts'

/** Takes steps back and brings them again, over everything that can be changed on the page. */
export function UndoButtons({ dashboard }: { readonly dashboard: Dashboard }) {
  const { undoable, redoable, undo, redo, locked } = dashboard.history
  const last = undoable.value.at(-1)
  const next = redoable.value.at(-1)
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      // where text is typed, the keys take back typing
      if (!(event.ctrlKey || event.metaKey) || event.altKey || isText(event.target)) return
      const key = event.key.toLowerCase()
      if (key !== 'z' && key !== 'y') return
      event.preventDefault()
      if (key === 'y' || event.shiftKey) redo()
      else undo()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [undo, redo])
  return (
    <div class="undo">
      <button
        type="button"
        class="icon-button"
        aria-label={last ? `Undo: ${last.label}` : 'Undo: nothing to take back'}
        title={last ? `Undo: ${last.label}` : 'Nothing to take back'}
        disabled={locked.value}
        aria-disabled={last === undefined || undefined}
        onClick={undo}
      >
        ↶
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label={next ? `Redo: ${next.label}` : 'Redo: nothing to bring again'}
        title={next ? `Redo: ${next.label}` : 'Nothing to bring again'}
        disabled={locked.value}
        aria-disabled={next === undefined || undefined}
        onClick={redo}
      >
        ↷
      </button>
    </div>
  )
}
