import { type Diagnostic, type Hover, hoverAt, type Span } from '@cartkin/model'
import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, indentWithTab, toggleComment } from '@codemirror/commands'
import { bracketMatching, indentUnit } from '@codemirror/language'
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint'
import { searchKeymap } from '@codemirror/search'
import { Annotation, Compartment, EditorState, Prec } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  tooltips,
} from '@codemirror/view'
import type { WordFacts } from '../word-facts.ts'
import { atCursor, createAnalyser } from './analyser.ts'
import { completion } from './completion.ts'
import { editorTheme } from './editor-theme.ts'
import { factsTooltip } from './facts-tooltip.ts'
import { highlight } from './highlight.ts'
import { names } from './names.ts'
import { textChange } from './text-change.ts'

/** Where a reader was, for when the editor is opened again. */
export interface EditorPlace {
  readonly anchor: number
  readonly top: number
}

export interface EditorOptions {
  readonly text: string
  readonly place: EditorPlace
  /** Texts longer than this have no colours, proposals and cards. */
  readonly longest: number
  readonly describe: (hover: Hover) => WordFacts
  readonly onEdit: (text: string) => void
  /** The word at the cursor is another, or none. */
  readonly onWord: (facts: WordFacts | null) => void
  readonly run: () => void
  readonly undo: () => void
  readonly redo: () => void
}

export interface Editor {
  /** Shows a text that was not typed here. */
  setText(text: string): void
  setDiagnostics(diagnostics: readonly Diagnostic[]): void
  setReadOnly(isReadOnly: boolean): void
  /** Selects a stretch, brings it into view and takes the focus. */
  goTo(span: Span): void
  place(): EditorPlace
  destroy(): void
}

/** Escape is for others, too: it closes cards and panels. */
function releaseTab(view: EditorView): boolean {
  view.setTabFocusMode(true)
  return false
}

/** A longer change is another text. */
const farChange = 2000

/** What comes from elsewhere is not told as typed. */
const external = Annotation.define<true>()

/**
 * The editor in a shadow root of its own: its style sheets are constructed and adopted there, which `style-src 'self'`
 * allows. It has no history: what is typed goes into the document, whose undo and redo come back as texts.
 */
export function createEditor(host: HTMLElement, options: EditorOptions): Editor {
  const { describe, onEdit, onWord, run, undo, redo } = options
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
  const analyse = createAnalyser(options.longest)
  const access = new Compartment()
  const command = (act: () => void) => () => {
    act()
    return true
  }
  let noticing: ReturnType<typeof setTimeout> | undefined
  /** The text as it was last told or shown: a long one is not compared with itself. */
  let told = options.text

  const wordAtCursor = ({ state }: EditorView): void => {
    const analysis = analyse(state.doc)
    const hover = analysis ? atCursor((offset) => hoverAt(analysis, offset), state.selection.main.head) : undefined
    onWord(hover ? describe(hover) : null)
  }

  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      doc: options.text,
      selection: { anchor: Math.min(options.place.anchor, options.text.length) },
      extensions: [
        access.of([]),
        Prec.high(
          keymap.of([
            { key: 'Mod-Enter', run: command(run) },
            { key: 'Mod-z', run: command(undo), stopPropagation: true, preventDefault: true },
            { key: 'Mod-y', run: command(redo), stopPropagation: true, preventDefault: true },
            { key: 'Mod-Shift-z', run: command(redo), stopPropagation: true, preventDefault: true },
          ]),
        ),
        lineNumbers(),
        lintGutter(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        drawSelection(),
        EditorState.allowMultipleSelections.of(true),
        EditorState.languageData.of(() => [
          { commentTokens: { line: '#' }, closeBrackets: { brackets: ['(', '{', '['] } },
        ]),
        EditorView.lineWrapping,
        indentUnit.of('  '),
        bracketMatching(),
        closeBrackets(),
        completion(analyse),
        names(analyse),
        highlight(analyse),
        factsTooltip(analyse, describe),
        // cards stay within the editor, which cuts off what leaves it
        tooltips({ tooltipSpace: ({ dom }) => dom.getBoundingClientRect() }),
        keymap.of([
          ...closeBracketsKeymap,
          { key: 'Mod-/', run: toggleComment },
          // Escape gives Tab back to the page, until something is typed or the editor is left
          { key: 'Escape', run: releaseTab },
          ...searchKeymap,
          ...lintKeymap,
          ...defaultKeymap,
          indentWithTab,
        ]),
        EditorView.contentAttributes.of({
          'aria-label': 'Model text',
          'aria-description': 'Tab indents. Press Escape, then Tab, to leave the editor.',
          // editable content is reachable anyway, which checkers of what scrolls do not know
          tabindex: '0',
          spellcheck: 'false',
          autocapitalize: 'off',
          autocorrect: 'off',
          translate: 'no',
        }),
        EditorView.domEventHandlers({
          blur: (_, target) => {
            target.setTabFocusMode(false)
          },
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) {
            update.view.setTabFocusMode(false)
            if (!update.transactions.some((transaction) => transaction.annotation(external))) {
              told = update.state.doc.toString()
              onEdit(told)
            }
          }
          if (!update.docChanged && !update.selectionSet) return
          clearTimeout(noticing)
          noticing = setTimeout(() => wordAtCursor(update.view), 150)
        }),
        editorTheme,
      ],
    }),
  })
  view.scrollDOM.scrollTop = options.place.top

  return {
    setText(text) {
      if (text === told) return
      told = text
      const changes = textChange(view.state.doc.toString(), text)
      if (!changes) return
      const end = changes.from + changes.insert.length
      view.dispatch({
        changes,
        annotations: external.of(true),
        // undo leads to what it has changed, unless that is nearly everything
        ...(view.hasFocus && changes.insert.length < farChange && { selection: { anchor: end }, scrollIntoView: true }),
      })
    },
    setDiagnostics(diagnostics) {
      const { length } = view.state.doc
      const within = (offset: number): number => Math.min(Math.max(0, offset), length)
      const shown = diagnostics.map(({ severity, message, span }) => ({
        severity,
        message,
        from: within(span.offset),
        to: within(span.offset + span.length),
      }))
      view.dispatch(setDiagnostics(view.state, shown))
    },
    setReadOnly(isReadOnly) {
      const refused = [EditorState.readOnly.of(true), EditorView.editable.of(false)]
      const told = EditorView.contentAttributes.of({ 'aria-readonly': 'true' })
      view.dispatch({ effects: access.reconfigure(isReadOnly ? [...refused, told] : []) })
    },
    goTo({ offset, length }) {
      const most = view.state.doc.length
      const anchor = Math.min(offset, most)
      view.dispatch({
        selection: { anchor, head: Math.min(offset + length, most) },
        effects: EditorView.scrollIntoView(anchor, { y: 'center' }),
      })
      view.focus()
    },
    place: () => ({ anchor: view.state.selection.main.anchor, top: view.scrollDOM.scrollTop }),
    destroy() {
      clearTimeout(noticing)
      view.destroy()
    },
  }
}
