import type { Span } from '@cartkin/model'
import { type ReadonlySignal, type Signal, useComputed, useSignal, useSignalEffect } from '@preact/signals'
import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { Dashboard } from '../../state/dashboard.ts'
import { longestChecked, type ModelText } from '../../state/model-text.ts'
import type { Editor } from './editor/create-editor.ts'
import { type KnownParameter, type WordFacts, wordFacts } from './word-facts.ts'

/** Below this width the text is for reading. */
const narrow = '(max-width: 479.98px)'

export interface ModelEditor {
  /** The element that the editor is put into. */
  readonly host: RefObject<HTMLDivElement | null>
  readonly state: ReadonlySignal<'loading' | 'ready' | 'failed'>
  /** Why nothing can be typed; null where it can. */
  readonly isReadOnly: ReadonlySignal<'narrow' | 'locked' | null>
  readonly goTo: (span: Span) => void
}

/** Loads the editor, and keeps its text that of the document. */
export function useModelEditor(
  dashboard: Dashboard,
  modelText: ModelText,
  word: Signal<WordFacts | null>,
): ModelEditor {
  const host = useRef<HTMLDivElement>(null)
  const editor = useSignal<Editor | null>(null)
  const hasFailed = useSignal(false)
  const isNarrow = useSignal(matchMedia(narrow).matches)
  const isReadOnly = useComputed(() => (dashboard.history.locked.value ? 'locked' : isNarrow.value ? 'narrow' : null))

  useEffect(() => {
    let abandoned = false
    const load = async (element: HTMLElement): Promise<void> => {
      try {
        const { createEditor } = await import('./editor/create-editor.ts')
        if (abandoned) return
        editor.value = createEditor(element, {
          text: modelText.text.peek(),
          place: modelText.place.peek(),
          longest: longestChecked,
          describe: (hover) => wordFacts(hover, knownParameter(dashboard, hover.name)),
          onEdit: modelText.edit,
          onWord(facts) {
            word.value = facts
          },
          run: modelText.run,
          undo: dashboard.history.undo,
          redo: dashboard.history.redo,
        })
      } catch {
        if (!abandoned) hasFailed.value = true
      }
    }
    if (host.current) void load(host.current)
    const query = matchMedia(narrow)
    const follow = (): void => {
      isNarrow.value = query.matches
    }
    query.addEventListener('change', follow)
    return () => {
      abandoned = true
      query.removeEventListener('change', follow)
      const made = editor.peek()
      if (!made) return
      modelText.place.value = made.place()
      made.destroy()
    }
  }, [])

  useSignalEffect(() => editor.value?.setText(modelText.text.value))
  useSignalEffect(() => editor.value?.setReadOnly(isReadOnly.value !== null))
  useSignalEffect(() => editor.value?.setDiagnostics(modelText.diagnostics.value))
  // a place that something else on the page leads to
  useSignalEffect(() => {
    const span = modelText.wanted.value
    if (!span || !editor.value) return
    editor.value.goTo(span)
    modelText.wanted.value = null
  })

  return {
    host,
    state: useComputed(() => (hasFailed.value ? 'failed' : editor.value ? 'ready' : 'loading')),
    isReadOnly,
    goTo: (span) => editor.peek()?.goTo(span),
  }
}

function knownParameter({ opened, scenario }: Dashboard, name: string): KnownParameter | null {
  const info = opened.peek().parameters.get(name)
  const { inputs, parameters } = scenario.peek()
  return { set: parameters[name] ?? inputs[name] ?? null, evidence: info?.evidence ?? null }
}
