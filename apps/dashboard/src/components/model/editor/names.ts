import { definitionsAt, nameAt, referencesTo } from '@cartkin/model'
import { EditorSelection, type Extension } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import { type Analyser, atCursor } from './analyser.ts'

/** F12 or Ctrl+click goes to where a name is given; F2 puts a cursor on every place of it, so that typing renames it. */
export function names(analyse: Analyser): Extension {
  const goToDefinition = (view: EditorView, pos: number): boolean => {
    const analysis = analyse(view.state.doc)
    const found = analysis ? atCursor((offset) => nonEmpty(definitionsAt(analysis, offset)), pos) : undefined
    const places = found ?? []
    const place = places.find(({ offset, length }) => pos < offset || pos > offset + length) ?? places[0]
    if (!place) return false
    view.dispatch({ selection: { anchor: place.offset, head: place.offset + place.length }, scrollIntoView: true })
    return true
  }
  const selectAll = (view: EditorView): boolean => {
    const analysis = analyse(view.state.doc)
    const name = analysis ? atCursor((offset) => nameAt(analysis, offset), view.state.selection.main.head) : undefined
    if (!analysis || name === undefined) return false
    const places = referencesTo(analysis, name)
    const { head } = view.state.selection.main
    const main = places.findIndex(({ offset, length }) => offset <= head && head <= offset + length)
    const ranges = places.map(({ offset, length }) => EditorSelection.range(offset, offset + length))
    view.dispatch({ selection: EditorSelection.create(ranges, Math.max(0, main)) })
    return true
  }
  return [
    keymap.of([
      { key: 'F12', run: (view) => goToDefinition(view, view.state.selection.main.head) },
      { key: 'F2', run: selectAll },
    ]),
    EditorView.domEventHandlers({
      mousedown(event, view) {
        if (!(event.ctrlKey || event.metaKey)) return false
        const pos = view.posAtCoords({ x: event.clientX, y: event.clientY })
        if (pos === null || !goToDefinition(view, pos)) return false
        event.preventDefault()
        return true
      },
    }),
  ]
}

function nonEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined
}
