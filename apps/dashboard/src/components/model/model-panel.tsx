import { useSignal } from '@preact/signals'
import { ownModel } from '../../document/project-document.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { longestChecked, type ModelText } from '../../state/model-text.ts'
import { DiagnosticList } from './diagnostic-list.tsx'
import { useModelEditor } from './use-model-editor.ts'
import { factsLine, type WordFacts } from './word-facts.ts'

export interface ModelPanelProps {
  readonly dashboard: Dashboard
  readonly modelText: ModelText
}

/** The text of the model in use, to read, to change, or to replace by another. */
export function ModelPanel({ dashboard, modelText }: ModelPanelProps) {
  const word = useSignal<WordFacts | null>(null)
  const { host, state, isReadOnly, goTo } = useModelEditor(dashboard, modelText, word)
  const openFile = (event: { readonly currentTarget: HTMLInputElement }): void => {
    const [file] = event.currentTarget.files ?? []
    if (file) void modelText.load(file)
    // the same file may be opened again after it has been changed
    event.currentTarget.value = ''
  }
  const notice = modelText.notice.value
  return (
    <section class="model-panel" aria-labelledby="model-panel-title">
      <div class="row">
        <h2 id="model-panel-title">Model text</h2>
        <span class="caption">{ownership(dashboard)}</span>
      </div>
      <div class="row">
        <label class="button small file">
          Open a file …
          <input type="file" class="visually-hidden" accept=".R,.r,.rx,.txt,text/plain" onChange={openFile} />
        </label>
        <button type="button" class="button small" onClick={modelText.begin}>
          New model
        </button>
        {modelText.waits.value && (
          <button type="button" class="button small primary" title="Ctrl+Enter" onClick={modelText.run}>
            Run
          </button>
        )}
      </div>
      {modelText.waits.value && (
        <p class="caption">
          A text of more than {longestChecked / 1024} KiB is checked and drawn when you press Ctrl+Enter.
        </p>
      )}
      {isReadOnly.value === 'narrow' && <p class="caption">On a screen this narrow the text is for reading.</p>}
      {notice && (
        <p class="caption" role="status">
          {notice}
        </p>
      )}
      <div class="editor-frame">
        {state.value === 'loading' && <p class="caption">Loading the editor …</p>}
        {state.value === 'failed' && (
          <p class="alert" role="alert">
            The editor could not be loaded. Reload the page; the text is kept.
          </p>
        )}
        <div ref={host} class="editor-host" />
      </div>
      <p class="word-line">{word.value ? factsLine(word.value) : 'A name at the cursor is explained here.'}</p>
      <DiagnosticList diagnostics={modelText.diagnostics.value} goTo={({ span }) => goTo(span)} />
      <p class="caption keys">
        <kbd>Ctrl+Space</kbd> proposals, <kbd>F12</kbd> to where a name is given, <kbd>F2</kbd> all its places,{' '}
        <kbd>Esc</kbd> then <kbd>Tab</kbd> leaves. The text is read, never executed.
      </p>
    </section>
  )
}

/** Whose text it is. */
function ownership(dashboard: Dashboard): string {
  const { open, ownBase } = dashboard.history.present.value
  if (open !== ownModel) return 'Of the library. What you change becomes your copy.'
  const { origin, title } = dashboard.opened.value
  return ownBase !== null && origin === ownBase ? `Your copy: ${title}` : 'Your own.'
}
