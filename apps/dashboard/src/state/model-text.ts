import { type Diagnostic, type Model, parseModel } from '@cartkin/model'
import { type ReadonlySignal, signal } from '@preact/signals'

/** The person's own model text, as it is written. It stays when the editor is closed and when other models are opened. */
export interface ModelText {
  readonly isOpen: ReadonlySignal<boolean>
  /** What stands in the editor; lines end in a line feed. */
  readonly draft: ReadonlySignal<string>
  /** What was wrong with it when it was last checked. */
  readonly diagnostics: ReadonlySignal<readonly Diagnostic[]>
  /** Why nothing was run, or what became of a file; empty where there is nothing to say. */
  readonly notice: ReadonlySignal<string>
  /** What stood there before a file was opened; null when nothing was lost by that. */
  readonly replaced: ReadonlySignal<string | null>
  open(): void
  close(): void
  edit(text: string): void
  /** Checks the text and opens its model; with errors it stays and lists them. */
  run(): void
  /** Puts a file's text into the editor. */
  load(file: Pick<File, 'name' | 'size' | 'text'>): Promise<void>
  /** Puts the text back that a file has replaced. */
  restore(): void
}

/** The largest file that is read, bytes: the largest text that the language takes. */
const largestFile = 2 * 1024 * 1024
/** Longest text that is checked again while it is edited. */
const longestChecked = 100_000
const pauseMilliseconds = 300

export function createModelText(openModel: (model: Model) => void): ModelText {
  const isOpen = signal(false)
  const draft = signal('')
  const diagnostics = signal<readonly Diagnostic[]>([])
  const notice = signal('')
  const replaced = signal<string | null>(null)
  let checking: ReturnType<typeof setTimeout> | undefined

  const recheck = (): void => {
    const parsed = parseModel(draft.peek())
    diagnostics.value = parsed.ok ? parsed.model.warnings : parsed.diagnostics
  }

  return {
    isOpen,
    draft,
    diagnostics,
    notice,
    replaced,
    open() {
      isOpen.value = true
    },
    close() {
      isOpen.value = false
    },
    edit(text) {
      draft.value = text
      notice.value = ''
      clearTimeout(checking)
      // a text without known problems is not found fault with before it is run
      if (diagnostics.peek().length === 0) return
      if (text.length > longestChecked) diagnostics.value = []
      else checking = setTimeout(recheck, pauseMilliseconds)
    },
    run() {
      clearTimeout(checking)
      notice.value = ''
      diagnostics.value = []
      const text = draft.peek()
      if (text.trim() === '') {
        notice.value = 'There is no text yet. Paste a model, type one or open a file.'
        return
      }
      const parsed = parseModel(text)
      diagnostics.value = parsed.ok ? parsed.model.warnings : parsed.diagnostics
      if (!parsed.ok) return
      replaced.value = null
      isOpen.value = false
      openModel(parsed.model)
    },
    async load(file) {
      isOpen.value = true
      if (file.size > largestFile) {
        notice.value = `${file.name} has ${(file.size / 1024 / 1024).toFixed(1)} MiB; a model text may have 2 MiB.`
        return
      }
      // the editor itself knows no other ends of lines, and places in the text are to be those of the editor
      const text = (await file.text()).replace(/\r\n?/g, '\n')
      const before = draft.peek()
      replaced.value = before.trim() === '' || before === text ? null : before
      draft.value = text
      diagnostics.value = []
      notice.value = `Opened ${file.name}.`
    },
    restore() {
      const before = replaced.peek()
      if (before === null) return
      draft.value = before
      replaced.value = null
      diagnostics.value = []
      notice.value = ''
    },
  }
}
