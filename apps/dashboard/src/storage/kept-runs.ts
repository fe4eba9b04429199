import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals'
import type { Run, RunHistory } from '../state/run-history.ts'
import type { PageMemory } from './page-memory.ts'
import type { RunFiles } from './run-files.ts'

/** The runs of a project, which outlive the page. */
export interface KeptRuns extends RunHistory {
  /** Whether this browser keeps them; null while nobody knows. */
  readonly isKept: ReadonlySignal<boolean | null>
  /** The hashes of results that are kept. */
  readonly results: ReadonlySignal<ReadonlySet<string>>
  /** Somebody looks at them: their hashes are reckoned, whether or not the project is saved. */
  look(): void
  /** The course of a run as an Arrow file; null where it was let go. */
  result(run: Run): Promise<Blob | null>
  /** Reads again what other pages have made of them. */
  refresh(): Promise<void>
}

interface KeepOptions {
  readonly id: string
  readonly history: RunHistory
  /** What a person changes: while that goes on nothing is reckoned. */
  readonly document: ReadonlySignal<unknown>
  /** Whether the project is one that is saved; nothing is kept of others. */
  readonly wanted: ReadonlySignal<boolean>
  /** Whether another page has the project. */
  readonly locked: ReadonlySignal<boolean>
  readonly files: () => Promise<RunFiles>
  /** Takes the list of a page that is left before it was written. */
  readonly memory: Pick<PageMemory, 'get' | 'set'>
}

/** How long nothing may have been changed before runs are kept, milliseconds; and how long the page may be too busy for it beyond. */
const delay = 1000
/** The same while somebody waits for the hashes. */
const lookDelay = 100
/** After this long a list that could not be read is tried again, milliseconds. */
const retryDelay = 2000
const patience = 2000

interface KeepState {
  waiting?: ReturnType<typeof setTimeout>
  /** The list as it was last written. */
  written: string
  busy: boolean
  /** Writes runs as text, once that has been fetched. */
  toText?: (runs: readonly Run[]) => string
}

/** Keeps the runs of a saved project, each with the hash and the bytes of its course, one after the other while the page rests. */
export function keepRuns({ id, history, document, wanted, locked, files, memory }: KeepOptions): KeptRuns {
  const isKept = signal<boolean | null>(null)
  const results = signal<ReadonlySet<string>>(new Set())
  const isLookedAt = signal(false)
  const isRead = signal(false)
  const state: KeepState = { written: '', busy: false }
  const asideKey = `runs.${id}`

  /** A run whose hash nobody has reckoned. */
  const unnamed = (): Run | undefined => history.runs.peek().find(({ course, hash }) => course && hash === null)
  /** Refusals change nothing but what is told of them. */
  const tried = async <T>(work: (open: RunFiles) => Promise<T>): Promise<T | null> => {
    try {
      const done = await work(await files())
      isKept.value = true
      return done
    } catch {
      isKept.value = false
      return null
    }
  }
  /** Nothing is written before the list has been read: what cannot be read now is tried again. */
  const read = async (tries = 5): Promise<void> => {
    const found = await tried(async (open) => ({ text: await open.readList(id), results: await open.results() }))
    if (!found) {
      if (tries > 1) setTimeout(() => void read(tries - 1), retryDelay)
      return
    }
    const { readRuns, writeRuns } = await import('./written-runs.ts')
    state.toText = writeRuns
    const text = memory.get(asideKey) ?? found.text
    if (text) history.remember(readRuns(text))
    results.value = found.results
    isRead.value = true
  }
  /** Reckons the hash of a course, and keeps its bytes. */
  const reckon = async (run: Run): Promise<void> => {
    if (!run.course) return
    const { courseFile } = await import('../export/course-file.ts')
    const { bytes, hash } = await courseFile(run.course)
    history.named(run, hash)
    if (!wanted.peek() || locked.peek() || results.peek().has(hash)) return
    await tried((open) => open.writeResult(hash, bytes))
    if (isKept.peek()) results.value = new Set([...results.peek(), hash])
  }
  const write = async (): Promise<void> => {
    if (!wanted.peek() || locked.peek() || !isRead.peek()) return
    const text = state.toText?.(history.runs.peek()) ?? ''
    if (text === state.written || text === '') return
    await tried((open) => open.writeList(id, text))
    if (!isKept.peek()) return
    state.written = text
    memory.set(asideKey, null)
  }
  const work = async (): Promise<void> => {
    if (state.busy) return schedule()
    state.busy = true
    try {
      const isWanted = isLookedAt.peek() || wanted.peek()
      const next = isWanted ? unnamed() : undefined
      if (next) await reckon(next)
      else await write()
    } finally {
      state.busy = false
    }
  }
  const schedule = (): void => {
    clearTimeout(state.waiting)
    state.waiting = setTimeout(
      () => {
        if ('requestIdleCallback' in globalThis) requestIdleCallback(() => void work(), { timeout: patience })
        else void work()
      },
      isLookedAt.peek() && unnamed() ? lookDelay : delay,
    )
  }

  effect(() => {
    void [history.runs.value, isLookedAt.value, isRead.value, document.value]
    if (wanted.value || isLookedAt.value) untracked(schedule)
  })
  // once the first course of this visit is there; of a project that has not been saved there is nothing to be read
  const end = effect(() => {
    if (history.runs.value.length === 0 || !(wanted.value || isLookedAt.value)) return
    untracked(() => void read())
    queueMicrotask(() => end())
  })

  addEventListener('pagehide', () => {
    if (!wanted.peek() || locked.peek() || !isRead.peek()) return
    const text = state.toText?.(history.runs.peek()) ?? ''
    if (text !== '' && text !== state.written) memory.set(asideKey, text)
  })

  return {
    ...history,
    isKept,
    results,
    look() {
      isLookedAt.value = true
    },
    async result(run) {
      if (run.course) {
        const { courseFile } = await import('../export/course-file.ts')
        return new Blob([(await courseFile(run.course)).bytes])
      }
      const { hash } = run
      return hash === null ? null : tried((open) => open.readResult(hash))
    },
    refresh: () => read(),
  }
}
