import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals'
import type { Run, RunHistory } from '../state/run-history.ts'
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
}

/** How long nothing may have been changed before runs are kept, milliseconds; and how long the page may be too busy for it beyond. */
const delay = 1000
/** The same while somebody waits for the hashes. */
const lookDelay = 100
const patience = 2000

/** Keeps the runs of a saved project, each with the hash and the bytes of its course, one after the other while the page rests. */
export function keepRuns({ id, history, document, wanted, locked, files }: KeepOptions): KeptRuns {
  const isKept = signal<boolean | null>(null)
  const results = signal<ReadonlySet<string>>(new Set())
  const isLookedAt = signal(false)
  const isRead = signal(false)
  const state: { waiting?: ReturnType<typeof setTimeout>; written: string; busy: boolean } = {
    written: '',
    busy: false,
  }

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
  const read = async (): Promise<void> => {
    const text = await tried((open) => open.readList(id))
    if (text) {
      const { readRuns } = await import('./written-runs.ts')
      history.remember(readRuns(text))
    }
    isRead.value = true
    results.value = (await tried((open) => open.results())) ?? new Set()
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
    const { writeRuns } = await import('./written-runs.ts')
    const text = writeRuns(history.runs.peek())
    if (text === state.written || text === '') return
    await tried((open) => open.writeList(id, text))
    if (isKept.peek()) state.written = text
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
    refresh: read,
  }
}
