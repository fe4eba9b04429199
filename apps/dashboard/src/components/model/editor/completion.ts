import { completionsAt, type Completion as Proposal } from '@cartkin/model'
import {
  acceptCompletion,
  autocompletion,
  type Completion,
  type CompletionSource,
  completionStatus,
  selectedCompletionIndex,
  setSelectedCompletion,
} from '@codemirror/autocomplete'
import { type Extension, Prec } from '@codemirror/state'
import { type EditorView, keymap } from '@codemirror/view'
import type { Analyser } from './analyser.ts'

/**
 * Proposals for the word at the cursor: names of the text with unit, value and meaning, functions, statements. Tab takes the
 * first; Enter stays a new line until one has been chosen with the arrows.
 */
export function completion(analyse: Analyser): Extension {
  const source: CompletionSource = ({ state, pos, explicit }) => {
    const analysis = analyse(state.doc)
    if (!analysis) return null
    const { offset, length, proposals } = completionsAt(analysis, pos)
    const written = state.sliceDoc(offset, pos)
    const others = proposals.filter(({ text }) => text !== written)
    if (others.length === 0 || (length === 0 && !explicit)) return null
    return { from: offset, options: others.map(option), validFor: /^[\w.]*$/ }
  }
  return [
    autocompletion({
      override: [source],
      icons: false,
      selectOnOpen: false,
      // nothing is chosen by chance, so nothing has to be waited for
      interactionDelay: 0,
      maxRenderedOptions: 50,
      addToOptions: [{ position: 90, render: ({ type = '' }) => words('kind', type) }],
    }),
    Prec.highest(keymap.of([{ key: 'Tab', run: acceptFirst }])),
  ]
}

function option({ kind, text, detail, summary }: Proposal): Completion {
  return {
    label: text,
    type: kind,
    ...(detail !== '' && { detail }),
    ...(summary !== '' && { info: () => words('meaning', summary) }),
    ...(kind === 'function' && { apply: applyCall }),
  }
}

/** Puts a function's name with brackets, and the cursor between them. */
function applyCall(view: EditorView, { label }: Completion, from: number, to: number): void {
  const hasBracket = view.state.sliceDoc(to, to + 1) === '('
  view.dispatch({
    changes: { from, to, insert: hasBracket ? label : `${label}()` },
    selection: { anchor: from + label.length + 1 },
    userEvent: 'input.complete',
  })
}

function acceptFirst(view: EditorView): boolean {
  if (completionStatus(view.state) !== 'active') return false
  if (selectedCompletionIndex(view.state) === null) view.dispatch({ effects: setSelectedCompletion(0) })
  return acceptCompletion(view)
}

function words(name: string, text: string): HTMLElement {
  const element = document.createElement('span')
  element.className = name
  element.textContent = text
  return element
}
