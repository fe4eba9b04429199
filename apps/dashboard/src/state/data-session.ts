import type { EventDataOptions } from '@cartkin/tables'
import { effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals'
import { createDataReader, type WorkerPort } from '../datasets/data-reader.ts'
import type { DataStore } from '../datasets/data-store.ts'
import type { FilePage, FileReading } from '../datasets/file-reading.ts'
import type { DataChoice } from '../document/data-choice.ts'
import { firstChoice } from '../document/data-choice.ts'
import { sha256 } from '../document/document-hash.ts'
import { canonicalJson } from '../document/write-document.ts'

/** A file to be read as data. */
export interface DataFile {
  readonly name: string
  readonly content: Blob
  /** Sources and licence; empty for a person's own. */
  readonly attribution: string
  /** Limits of quantification that are known, by endpoint. */
  readonly limits?: Readonly<Record<string, number>>
}

/** The data of the project: the file, what was read of it, and what is read now. */
export interface DataSession {
  readonly choice: ReadonlySignal<DataChoice | null>
  /** What was last read; null before, and while there are no data. */
  readonly reading: ReadonlySignal<FileReading | null>
  /** Rows shown of it. */
  readonly page: ReadonlySignal<FilePage | null>
  /** The row (a line of the file) that was asked for; null for none. */
  readonly line: Signal<number | null>
  /** A file that is being read, and how many rows have been; null for none. */
  readonly busy: ReadonlySignal<{ readonly name: string; readonly rows: number } | null>
  /** Why there is nothing: the file is not in this browser, or could not be read; empty while all is well. */
  readonly problem: ReadonlySignal<string>
  /** Takes a file for the project's data, by a step that can be undone. */
  open(file: DataFile): Promise<void>
  /** The file itself; null where it is not in this browser. */
  file(): Promise<Blob | null>
  cancel(): void
  change(label: string, change: (choice: DataChoice) => DataChoice, merge?: string): void
  /** Takes the data away, by a step. */
  remove(): void
  /** Shows the rows that begin with one (from 0). */
  turnTo(row: number): void
  /** Shows the row of a line. */
  showLine(line: number): void
}

/** What the session takes from elsewhere. */
export interface DataSource {
  readonly spawn: () => WorkerPort
  readonly openStore: () => Promise<DataStore>
  readonly commit: (data: DataChoice | null, label: string, merge?: string) => void
}

/** How long the browser may take to keep a file before its data are used without, milliseconds. */
const keepingPatience = 5000

export function createDataSession(
  choice: ReadonlySignal<DataChoice | null>,
  { spawn, openStore, commit }: DataSource,
): DataSession {
  const reader = createDataReader(spawn)
  const reading = signal<FileReading | null>(null)
  const page = signal<FilePage | null>(null)
  const line = signal<number | null>(null)
  const busy = signal<{ readonly name: string; readonly rows: number } | null>(null)
  const problem = signal('')
  /** Files of this visit, by hash. */
  const files = new Map<string, Blob>()
  const held: { key?: string | undefined; store?: Promise<DataStore | null> } = {}

  const store = (): Promise<DataStore | null> => {
    held.store ??= openStore().catch(() => null)
    return held.store
  }
  const fileOf = async (hash: string): Promise<Blob | null> => {
    const here = files.get(hash)
    if (here) return here
    const found = await (await store())?.get(hash).catch(() => null)
    if (found) files.set(hash, found)
    return found ?? null
  }
  /** Reads a file; false where something else came in between. */
  const read = async (file: Blob, wanted: DataChoice): Promise<boolean> => {
    busy.value = { name: wanted.name, rows: 0 }
    problem.value = ''
    held.key = keyOf(wanted)
    const mine = held.key
    try {
      const found = await reader.read(file, wanted.name, optionsOf(wanted), (rows) => {
        busy.value = { name: wanted.name, rows }
      })
      if (found === null || held.key !== mine) return false
      reading.value = found.reading
      page.value = found.page
      busy.value = null
      return true
    } catch (error) {
      if (held.key !== mine) return false
      busy.value = null
      reading.value = null
      page.value = null
      problem.value = `${wanted.name} could not be read: ${error instanceof Error ? error.message : String(error)}`
      return false
    }
  }
  const forget = (): void => {
    reader.cancel()
    held.key = undefined
    busy.value = null
    reading.value = null
    page.value = null
    line.value = null
    problem.value = ''
  }
  /** What is read is what the document says, whatever made it so. */
  const follow = async (wanted: DataChoice | null): Promise<void> => {
    if (wanted === null) return forget()
    if (keyOf(wanted) === held.key) return
    held.key = keyOf(wanted)
    const mine = held.key
    const file = await fileOf(wanted.hash)
    if (held.key !== mine) return
    if (file) {
      const before = page.peek()?.from ?? 0
      if ((await read(file, wanted)) && before > 0) await turn({ row: before })
      return
    }
    forget()
    held.key = mine
    problem.value = `${wanted.name} is not in this browser: choose the same file again.`
  }
  const turn = async (to: { readonly row: number } | { readonly line: number }): Promise<void> => {
    const found = await reader.page(to)
    if (found) page.value = found
  }
  effect(() => {
    const wanted = choice.value
    untracked(() => void follow(wanted))
  })

  return {
    choice,
    reading,
    page,
    line,
    busy,
    problem,
    async open({ name, content, attribution, limits = {} }) {
      const mine = { name, rows: 0 }
      busy.value = mine
      const hash = await sha256(new Uint8Array(await content.arrayBuffer()))
      files.set(hash, content)
      // a page that is left once the data are shown has them when it is opened again
      const kept = store().then((opened) => opened?.put(hash, content).catch(() => undefined))
      await Promise.race([kept, new Promise((resolve) => setTimeout(resolve, keepingPatience))])
      if (busy.peek() !== mine) return
      const before = choice.peek()
      if (before?.hash === hash && problem.peek() !== '') {
        held.key = undefined
        return follow(before)
      }
      const next = { ...firstChoice({ name, hash, size: content.size, attribution }), limits }
      line.value = null
      if (await read(content, next)) commit(next, `Data ${name}`)
    },
    async file() {
      const wanted = choice.peek()
      return wanted && fileOf(wanted.hash)
    },
    cancel() {
      reader.cancel()
      held.key = undefined
      busy.value = null
      void follow(choice.peek())
    },
    change(label, change, merge) {
      const before = choice.peek()
      const after = before && change(before)
      if (after && after !== before) commit(after, label, merge)
    },
    remove: () => commit(null, 'Remove data'),
    turnTo(row) {
      line.value = null
      void turn({ row })
    },
    showLine(wanted) {
      line.value = wanted
      void turn({ line: wanted })
    },
  }
}

/** What of a choice decides how its file is read. */
function keyOf(choice: DataChoice): string {
  const { hash, columns, ignored, decimal, logarithmic, missing, limits } = choice
  return canonicalJson({ hash, columns, ignored, decimal, logarithmic, missing, limits })
}

function optionsOf({ columns, ignored, decimal, logarithmic, missing, limits }: DataChoice): EventDataOptions {
  return {
    columns,
    ignore: ignored,
    ...(decimal !== null && { decimalSeparator: decimal }),
    logarithmic,
    missing,
    lloq: new Map(Object.entries(limits)),
  }
}
