import { type Signal, useSignalEffect } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useId, useRef } from 'preact/hooks'

interface DialogProps {
  readonly title: string
  readonly open: Signal<boolean>
  /** Called when it has been closed and the focus is back where it was. */
  readonly closed?: () => void
  /** What is in it; `close` closes it at once. */
  readonly children: (close: () => void) => ComponentChildren
}

/** A window over the page with a title and a way out. */
export function Dialog({ title, open, closed, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useSignalEffect(() => {
    const element = dialog.current
    if (!element) return
    if (open.value && !element.open) element.showModal()
    if (!open.value && element.open) element.close()
  })
  const close = (): void => dialog.current?.close()
  return (
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby={id}
      onClose={() => {
        // it may have been opened again since
        if (!dialog.current?.open) open.value = false
        closed?.()
      }}
    >
      {open.value && (
        <>
          <div class="row">
            <h2 id={id}>{title}</h2>
            <span class="spacer" />
            <button type="button" class="icon-button" aria-label="Close" onClick={close}>
              ×
            </button>
          </div>
          {children(close)}
        </>
      )}
    </dialog>
  )
}
