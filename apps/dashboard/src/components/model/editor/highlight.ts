import { type TextTokenKind, textTokens } from '@cartkin/model'
import { type Extension, StateEffect } from '@codemirror/state'
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import type { Analyser } from './analyser.ts'

/** Colours follow the text this long after the last key; until then they move with it. */
const restMilliseconds = 60

const recolour = StateEffect.define<null>()

/** The colours of a text by what the language takes each word for; the classes are those of `editor-theme.ts`. */
export function highlight(analyse: Analyser): Extension {
  const marks = new Map<TextTokenKind, Decoration>()
  const markOf = (kind: TextTokenKind): Decoration => {
    const known = marks.get(kind)
    if (known) return known
    const mark = Decoration.mark({ class: `word-${kind}` })
    marks.set(kind, mark)
    return mark
  }
  const colours = ({ state }: EditorView): DecorationSet => {
    const analysis = analyse(state.doc)
    if (!analysis) return Decoration.none
    const tokens = textTokens(analysis).filter(({ length }) => length > 0)
    return Decoration.set(tokens.map(({ kind, offset, length }) => markOf(kind).range(offset, offset + length)))
  }
  return ViewPlugin.fromClass(
    class {
      decorations: DecorationSet
      #timer: ReturnType<typeof setTimeout> | undefined

      constructor(view: EditorView) {
        this.decorations = colours(view)
      }

      update({ docChanged, changes, transactions, view }: ViewUpdate): void {
        if (transactions.some(({ effects }) => effects.some((effect) => effect.is(recolour)))) {
          this.decorations = colours(view)
        } else if (docChanged) {
          this.decorations = this.decorations.map(changes)
          clearTimeout(this.#timer)
          this.#timer = setTimeout(() => view.dispatch({ effects: recolour.of(null) }), restMilliseconds)
        }
      }

      destroy(): void {
        clearTimeout(this.#timer)
      }
    },
    { decorations: (plugin) => plugin.decorations },
  )
}
