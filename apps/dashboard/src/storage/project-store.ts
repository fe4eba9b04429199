import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { isSavedStep, type SavedHistory } from '../document/saved-history.ts'
import { inTime } from './in-time.ts'

/** A project as this browser keeps it. */
export interface SavedProject extends SavedHistory {
  readonly id: string
  readonly title: string
  /** When it was saved, milliseconds since 1970. */
  readonly at: number
}

/** Where projects are kept. Every call rejects where the browser refuses: private windows, a full disk. */
export interface ProjectStore {
  get(id: string): Promise<SavedProject | null>
  put(project: SavedProject): Promise<void>
  remove(id: string): Promise<void>
  /** The projects there are, the latest first. */
  list(): Promise<readonly ProjectEntry[]>
}

export type ProjectEntry = Pick<SavedProject, 'id' | 'title' | 'at'>

interface Schema extends DBSchema {
  readonly projects: { readonly key: string; readonly value: unknown }
}

/** How long the browser may take for anything, milliseconds: much longer than it does where much else is going on. */
const patience = 10_000

/**
 * The projects in this browser's database. It is opened again where the browser has closed it, and closed for a version of
 * the page that wants another form of it.
 */
export async function openProjectStore(): Promise<ProjectStore> {
  const held: { database: Promise<IDBPDatabase<Schema>> | null } = { database: null }
  const open = (): Promise<IDBPDatabase<Schema>> => {
    const forget = (): void => {
      held.database = null
    }
    const opening = openDB<Schema>('cartkin', 1, {
      upgrade: (opened) => void opened.createObjectStore('projects', { keyPath: 'id' }),
      blocking: (_, __, { target }) => {
        forget()
        if (target instanceof IDBDatabase) target.close()
      },
      terminated: forget,
    })
    opening.catch(forget)
    return opening
  }
  const use = async <T>(work: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T> => {
    held.database ??= open()
    const opened = held.database
    try {
      return await inTime(opened.then(work), patience)
    } catch (error) {
      // one that has been closed is of no use any more
      if (error instanceof DOMException && error.name === 'InvalidStateError' && held.database === opened)
        held.database = null
      throw error
    }
  }
  await use(async () => undefined)
  return {
    get: (id) =>
      use(async (database) => {
        const found: unknown = await database.get('projects', id)
        return found === undefined ? null : projectOf(id, found)
      }),
    put: (project) =>
      use(async (database) => {
        const change = database.transaction('projects', 'readwrite')
        const done = change.store.put(project)
        // a page that is being left waits for nothing
        change.commit()
        await Promise.all([done, change.done])
      }),
    remove: (id) => use((database) => database.delete('projects', id)),
    list: () =>
      use(async (database) => {
        const entries: ProjectEntry[] = []
        for (
          let cursor = await database.transaction('projects').store.openCursor();
          cursor;
          cursor = await cursor.continue()
        ) {
          const { id, title, at } = projectOf(cursor.key, cursor.value)
          entries.push({ id, title, at })
        }
        return entries.sort((a, b) => b.at - a.at)
      }),
  }
}

/** What was found as a project: what is not as it was written becomes a document that is refused in words. */
export function projectOf(id: string, found: unknown): SavedProject {
  const fields = new Map<string, unknown>(typeof found === 'object' && found !== null ? Object.entries(found) : [])
  const [title, at, document, past, future] = ['title', 'at', 'document', 'past', 'future'].map((name) =>
    fields.get(name),
  )
  return {
    id,
    title: typeof title === 'string' ? title : 'Unnamed',
    at: typeof at === 'number' && Number.isFinite(at) ? at : 0,
    document: typeof document === 'string' ? document : (JSON.stringify(found) ?? ''),
    past: Array.isArray(past) ? past.filter(isSavedStep) : [],
    // what earlier versions did not keep
    future: Array.isArray(future) ? future.filter(isSavedStep) : [],
  }
}
