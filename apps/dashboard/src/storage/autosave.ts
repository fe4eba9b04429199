import { effect, type ReadonlySignal, signal } from '@preact/signals'
import type { History } from '../document/history.ts'
import type { ProjectDocument } from '../document/project-document.ts'
import { historyWriter } from '../document/saved-history.ts'
import type { PageMemory } from './page-memory.ts'
import type { ProjectStore, SavedProject } from './project-store.ts'

export type Saving =
  /** Nothing has been changed that is not kept elsewhere. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unsaved' }
  | { readonly kind: 'saved'; readonly at: number }
  | { readonly kind: 'failed'; readonly problem: string }

export interface Autosave {
  readonly state: ReadonlySignal<Saving>
  /** Saves what is not saved yet. */
  flush(): Promise<void>
  /** Saves nothing more. */
  stop(): void
}

interface AutosaveOptions {
  readonly id: string
  readonly history: Pick<History<ProjectDocument>, 'present' | 'past' | 'locked'>
  readonly title: (document: ProjectDocument) => string
  readonly store: () => Promise<ProjectStore>
  readonly memory: PageMemory
  /** When what is there now was saved; null for what is not worth it, or not yet. */
  readonly saved: number | null
  /** Whether what is there now has to be saved though nothing has changed. */
  readonly unsaved: boolean
}

/** How long a change may lie before it is saved, milliseconds; and how long the page may be too busy for it beyond. */
const delay = 300
const patience = 500

/** The name under which a page that is being left puts what it could not save. */
export const pendingKey = (id: string): string => `pending.${id}`

/**
 * Saves the project and its past after every change, and at once when the page is left: then into a memory that is written
 * before the page goes, from where the next start takes it.
 */
export function createAutosave({ id, history, title, store, memory, saved, unsaved }: AutosaveOptions): Autosave {
  const state = signal<Saving>(saved === null ? { kind: 'nothing' } : { kind: 'saved', at: saved })
  const write = historyWriter()
  /** What is kept, wherever that is. */
  const last = { document: unsaved ? null : history.present.peek(), past: history.past.peek() }
  let waiting: ReturnType<typeof setTimeout> | undefined
  let work: Promise<void> | null = null

  const isSaved = (): boolean => last.document === history.present.peek() && last.past === history.past.peek()

  const project = (): SavedProject => ({
    id,
    title: title(history.present.peek()),
    at: Date.now(),
    ...write(history.present.peek(), history.past.peek()),
  })

  const save = async (): Promise<void> => {
    if (history.locked.peek() || isSaved()) return
    const saving = { document: history.present.peek(), past: history.past.peek() }
    const next = project()
    try {
      await (await store()).put(next)
    } catch (error) {
      state.value = { kind: 'failed', problem: problemOf(error) }
      return
    }
    // only now: a page that is left while this is under way puts its project where the next start finds it
    Object.assign(last, saving)
    memory.set('project', id)
    if (!isSaved()) return
    memory.set(pendingKey(id), null)
    state.value = { kind: 'saved', at: next.at }
  }
  /** One at a time. */
  const flush = async (): Promise<void> => {
    clearTimeout(waiting)
    waiting = undefined
    await work
    work = save()
    await work
  }
  const schedule = (): void => {
    waiting ??= setTimeout(() => {
      if ('requestIdleCallback' in globalThis) requestIdleCallback(() => void flush(), { timeout: patience })
      else void flush()
    }, delay)
  }

  const leave = (): void => {
    if (history.locked.peek() || isSaved()) return
    const next = project()
    if (!memory.set(pendingKey(id), JSON.stringify(next)))
      memory.set(pendingKey(id), JSON.stringify({ ...next, past: [] }))
    memory.set('project', id)
    void flush()
  }
  const hide = (): void => {
    if (document.visibilityState === 'hidden') leave()
  }
  addEventListener('pagehide', leave)
  document.addEventListener('visibilitychange', hide)

  const end = effect(() => {
    void history.present.value
    void history.past.value
    if (history.locked.value || isSaved()) return
    if (state.peek().kind !== 'failed') state.value = { kind: 'unsaved' }
    schedule()
  })

  return {
    state,
    flush,
    stop() {
      end()
      clearTimeout(waiting)
      removeEventListener('pagehide', leave)
      document.removeEventListener('visibilitychange', hide)
    },
  }
}

function problemOf(error: unknown): string {
  if (error instanceof DOMException && error.name === 'QuotaExceededError') return 'its storage is full'
  if (error instanceof DOMException && ['SecurityError', 'InvalidStateError', 'UnknownError'].includes(error.name))
    return 'it keeps nothing in private windows, or where storage is turned off'
  return error instanceof Error ? error.message : String(error)
}
