import { effect, type ReadonlySignal, signal } from '@preact/signals'
import type { History } from '../document/history.ts'
import type { ProjectDocument } from '../document/project-document.ts'
import { historyWriter } from '../document/saved-history.ts'
import { finishTyping } from './finish-typing.ts'
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
  /** Puts what is not saved yet where the next start finds it, at once: whether that could be done. */
  putAside(): boolean
  /** Takes the past that is there now for saved: it has just been read. */
  settle(): void
  /** Takes all that is there now for saved, at this time. */
  adopt(at: number): void
  /** Keeps what is not saved as another project: what that is called, or empty where all is saved. */
  rescue(newId: string): Promise<string>
  /** Saves nothing more. */
  stop(): void
}

interface AutosaveOptions {
  readonly id: string
  readonly history: Pick<History<ProjectDocument>, 'present' | 'past' | 'future' | 'locked'>
  readonly title: (document: ProjectDocument) => string
  readonly store: () => Promise<Pick<ProjectStore, 'put'>>
  readonly memory: PageMemory
  /** When what is there now was saved; null for what is not worth it, or not yet. */
  readonly saved: number | null
  /** Whether what is there now has to be saved though nothing has changed. */
  readonly unsaved: boolean
}

/** How long a change may lie before it is saved, milliseconds; and how long the page may be too busy for it beyond. */
const delay = 300
const patience = 500
/** After this long what could not be saved is tried again, milliseconds. */
const retryDelay = 4000

const pendingPrefix = 'pending.'

/** The name under which a page that is being left puts what it could not save. */
export const pendingKey = (id: string): string => pendingPrefix + id

/** The projects that pages have put aside as they were left. */
export function pendingProjects(memory: PageMemory): readonly string[] {
  return memory.keys(pendingPrefix).map((key) => key.slice(pendingPrefix.length))
}

/**
 * Saves the project and its past after every change, and at once when the page is left: then into a memory that is written
 * before the page goes, from where the next start takes it. Where neither keeps it, the browser asks before it goes.
 */
export function createAutosave({ id, history, title, store, memory, saved, unsaved }: AutosaveOptions): Autosave {
  const state = signal<Saving>(saved === null ? { kind: 'nothing' } : { kind: 'saved', at: saved })
  const write = historyWriter()
  const now = () => ({ document: history.present.peek(), past: history.past.peek(), future: history.future.peek() })
  /** What is kept, wherever that is. */
  const last = { ...now(), ...(unsaved && { document: null }) }
  let waiting: ReturnType<typeof setTimeout> | undefined
  let retrying: ReturnType<typeof setTimeout> | undefined
  let work: Promise<void> | null = null

  const isSaved = (): boolean => {
    const { document, past, future } = now()
    return last.document === document && last.past === past && last.future === future
  }
  const isDone = (): boolean => history.locked.peek() || isSaved()

  const project = (): SavedProject => {
    const { document, past, future } = now()
    return { id, title: title(document), at: Date.now(), ...write(document, past, future) }
  }

  /** Puts into the store what is there; the store takes one after the other. */
  const save = async (): Promise<void> => {
    if (isDone()) return
    const saving = now()
    const next = project()
    try {
      await (await store()).put(next)
    } catch (error) {
      state.value = { kind: 'failed', problem: problemOf(error) }
      clearTimeout(retrying)
      retrying = setTimeout(() => void flush(), retryDelay)
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
    clearTimeout(retrying)
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

  const putAside = (): boolean => {
    if (isDone()) return true
    memory.set('project', id)
    const next = project()
    // with less of a past where there is no room for all of it: what the store has of the past stays
    return (
      memory.set(pendingKey(id), JSON.stringify(next)) ||
      memory.set(pendingKey(id), JSON.stringify({ ...next, past: [], future: [] }))
    )
  }
  const leave = (): void => {
    if (isDone()) return
    putAside()
    // a page that goes waits for nothing, not even for what is being saved
    void save()
  }
  const go = (): void => {
    finishTyping()
    leave()
  }
  const hide = (): void => {
    if (document.visibilityState === 'hidden') leave()
  }
  const ask = (event: Event): void => {
    if (!putAside()) event.preventDefault()
  }
  addEventListener('beforeunload', ask)
  addEventListener('pagehide', go)
  document.addEventListener('visibilitychange', hide)

  const end = effect(() => {
    void history.present.value
    void history.past.value
    void history.future.value
    if (history.locked.value || isSaved()) return
    if (state.peek().kind !== 'failed') state.value = { kind: 'unsaved' }
    schedule()
  })

  return {
    state,
    flush,
    putAside,
    settle() {
      const { past, future } = now()
      Object.assign(last, { past, future })
    },
    adopt(at) {
      Object.assign(last, now())
      state.value = { kind: 'saved', at }
    },
    async rescue(newId) {
      if (isSaved()) return ''
      const name = `${title(history.present.peek())} (other tab)`
      const { past, future } = now()
      const copy = { ...history.present.peek(), name }
      try {
        await (await store()).put({ id: newId, title: name, at: Date.now(), ...write(copy, past, future) })
        return name
      } catch {
        return ''
      }
    },
    stop() {
      end()
      clearTimeout(waiting)
      clearTimeout(retrying)
      removeEventListener('beforeunload', ask)
      removeEventListener('pagehide', go)
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
