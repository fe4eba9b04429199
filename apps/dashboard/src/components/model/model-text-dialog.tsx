import type { Diagnostic } from '@cartkin/model'
import { useSignalEffect } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { ModelText } from '../../state/model-text.ts'
import { DiagnosticList } from './diagnostic-list.tsx'
import { LineNumbers } from './line-numbers.tsx'

/** Where a person pastes, types or drops a model text and has it run. */
export function ModelTextDialog({ modelText }: { readonly modelText: ModelText }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const numbers = useRef<HTMLPreElement>(null)
  const editor = useRef<HTMLTextAreaElement>(null)

  useSignalEffect(() => {
    const element = dialog.current
    if (!element) return
    if (modelText.isOpen.value && !element.open) element.showModal()
    if (!modelText.isOpen.value && element.open) element.close()
  })

  const goTo = ({ span }: Diagnostic): void => {
    const area = editor.current
    if (!area) return
    area.focus()
    area.setSelectionRange(span.offset, span.offset + span.length)
    const lineHeight = Number.parseFloat(getComputedStyle(area).lineHeight)
    area.scrollTop = Math.max(0, (span.line - 4) * lineHeight)
  }
  const openFile = (event: { readonly currentTarget: HTMLInputElement }): void => {
    const [file] = event.currentTarget.files ?? []
    if (file) void modelText.load(file)
    // the same file may be opened again after it has been changed
    event.currentTarget.value = ''
  }

  const notice = modelText.notice.value
  return (
    <dialog ref={dialog} class="model-text" aria-labelledby="model-text-title" onClose={modelText.close}>
      <div class="row">
        <h2 id="model-text-title">Model text</h2>
        <span class="caption">
          rxode2 or nlmixr2, with or without <code>d/dt</code>. It is read, never executed, and stays on this page.
        </span>
        <span class="spacer" />
        <button type="button" class="icon-button" aria-label="Close" onClick={modelText.close}>
          ×
        </button>
      </div>
      <div class="editor">
        <LineNumbers ref={numbers} text={modelText.draft.value} />
        <textarea
          ref={editor}
          aria-label="Model text"
          spellcheck={false}
          autoCapitalize="off"
          autoComplete="off"
          wrap="off"
          placeholder="Paste a model, type one, or drop a file."
          value={modelText.draft.value}
          onInput={(event) => modelText.edit(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
            event.preventDefault()
            modelText.run()
          }}
          onScroll={(event) => {
            if (numbers.current) numbers.current.scrollTop = event.currentTarget.scrollTop
          }}
        />
      </div>
      <DiagnosticList diagnostics={modelText.diagnostics.value} goTo={goTo} />
      <div class="row">
        <button type="button" class="button primary" title="Ctrl+Enter" onClick={modelText.run}>
          Run
        </button>
        <label class="button file">
          Open a file …
          <input type="file" class="visually-hidden" accept=".R,.r,.rx,.txt,text/plain" onChange={openFile} />
        </label>
        {notice && <span role="status">{notice}</span>}
        {modelText.replaced.value !== null && (
          <button type="button" class="button quiet" onClick={modelText.restore}>
            Bring back the text before
          </button>
        )}
      </div>
    </dialog>
  )
}
