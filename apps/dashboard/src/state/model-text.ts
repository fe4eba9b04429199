import type { Diagnostic, ParseResult, Span } from '@cartkin/model'
import { computed, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals'
import { blankModel } from './blank-model.ts'
import type { Dashboard } from './dashboard.ts'

/** The text in the editor: what is written goes into the document at once, and is checked and drawn when typing pauses. */
export interface ModelText {
  /** What stands in the editor; lines end in a line feed. */
  readonly text: ReadonlySignal<string>
  /** What was found when it was last checked. */
  readonly diagnostics: ReadonlySignal<readonly Diagnostic[]>
  /** The first error, which keeps the curves those of an earlier text; null where they are those of this one. */
  readonly problem: ReadonlySignal<Diagnostic | null>
  /** Whether it waits to be run by hand: it is too long to be checked while it is typed. */
  readonly waits: ReadonlySignal<boolean>
  /** What became of a file, or of another text; empty where there is nothing to say. */
  readonly notice: ReadonlySignal<string>
  /** Where the editor was left. */
  readonly place: Signal<{ readonly anchor: number; readonly top: number }>
  /** A stretch that the editor is to go to as soon as it is there. */
  readonly wanted: Signal<Span | null>
  /** Takes what a person has typed. */
  edit(text: string): void
  /** Checks the text now, and draws it where it has no errors. */
  run(): void
  /** Puts a file's text into the editor. */
  load(file: Pick<File, 'name' | 'size' | 'text'>): Promise<void>
  /** Begins a new model. */
  begin(): void
}

/** What of the dashboard a text needs. */
export type TextOwner = Pick<
  Dashboard,
  'text' | 'opened' | 'ownText' | 'readText' | 'loadLanguage' | 'draftText' | 'useText' | 'endStep'
>

/** The largest text that the language takes, UTF-16 units; also bytes of a file. */
const longest = 2 * 1024 * 1024
/** The longest text that is checked while it is typed: a check takes a moment of the page's time. */
export const longestChecked = 65_536
const pauseMilliseconds = 200
/** After this long without typing, what is typed next is another step for undo. */
const restMilliseconds = 1000

export function createModelText(dashboard: TextOwner): ModelText {
  const { text, opened } = dashboard
  const notice = signal('')
  const checked = signal<{ readonly text: string; readonly diagnostics: readonly Diagnostic[] } | null>(null)
  /** The text that this module knows of. */
  let known = text.peek()
  let pausing: ReturnType<typeof setTimeout> | undefined
  let resting: ReturnType<typeof setTimeout> | undefined

  const isDrawn = computed(() => text.value === opened.value.text)
  const diagnostics = computed(() => (isDrawn.value ? opened.value.model.warnings : (checked.value?.diagnostics ?? [])))
  const problem = computed(() =>
    isDrawn.value ? null : (diagnostics.value.find(({ severity }) => severity === 'error') ?? null),
  )

  /** Reads a text, at once where the language is there. */
  const read = (present: string, take: (parsed: ParseResult) => void): void => {
    const parsed = dashboard.readText(present)
    if (parsed) {
      take(parsed)
      return
    }
    dashboard.loadLanguage().then(
      () => {
        const late = dashboard.readText(present)
        if (late && text.peek() === present) take(late)
      },
      () => {
        notice.value = 'The language could not be fetched. Reload the page; your text is kept.'
      },
    )
  }

  const check = (): void => {
    clearTimeout(pausing)
    const began = performance.now()
    const present = text.peek()
    read(present, (parsed) => {
      checked.value = { text: present, diagnostics: parsed.ok ? parsed.model.warnings : parsed.diagnostics }
      if (parsed.ok) dashboard.useText(present, began)
    })
  }

  const take = (next: string): void => {
    known = next
    dashboard.draftText(next)
    clearTimeout(pausing)
    clearTimeout(resting)
  }

  /** Another text at once, as a step of its own. */
  const replace = (next: string): void => {
    dashboard.endStep()
    take(next)
    checked.value = null
    if (next.length <= longestChecked) check()
    dashboard.endStep()
  }

  // a draft that was not typed here was saved, or came back by undo
  effect(() => {
    const present = text.value
    if (present === known) return
    known = present
    untracked(() => {
      clearTimeout(pausing)
      checked.value = null
      notice.value = ''
      if (present !== opened.peek().text && present.length <= longestChecked) {
        read(present, (parsed) => {
          checked.value = { text: present, diagnostics: parsed.ok ? [] : parsed.diagnostics }
          // to draw it now would be a change, after which nothing could be redone
          if (parsed.ok) notice.value = 'Ctrl+Enter draws this text.'
        })
      }
    })
  })
  if (!isDrawn.peek() && known.length <= longestChecked) check()

  return {
    text,
    diagnostics,
    problem,
    waits: computed(() => !isDrawn.value && text.value.length > longestChecked && checked.value?.text !== text.value),
    notice,
    place: signal({ anchor: 0, top: 0 }),
    wanted: signal(null),
    edit(next) {
      const isReplacing = !opened.peek().isOwn && dashboard.ownText.peek() !== null
      take(next)
      notice.value = isReplacing ? 'This copy takes the place of your earlier text. Undo brings that back.' : ''
      if (next.length > longestChecked) {
        checked.value = null
        return
      }
      pausing = setTimeout(check, pauseMilliseconds)
      resting = setTimeout(dashboard.endStep, restMilliseconds)
    },
    run: check,
    async load(file) {
      if (file.size > longest) {
        notice.value = `${file.name} has ${(file.size / 1024 / 1024).toFixed(1)} MiB; a model text may have 2 MiB.`
        return
      }
      // the editor itself knows no other ends of lines, and places in the text are to be those of the editor
      replace((await file.text()).replace(/\r\n?/g, '\n'))
      notice.value = `Opened ${file.name}. Undo brings back the text before.`
    },
    begin() {
      replace(blankModel)
      notice.value = 'A new model. Undo brings back the text before.'
    },
  }
}
