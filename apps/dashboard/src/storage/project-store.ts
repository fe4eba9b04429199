import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { SavedHistory } from '../document/saved-history.ts'

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

export async function openProjectStore(): Promise<ProjectStore> {
  const database: IDBPDatabase<Schema> = await openDB<Schema>('cartkin', 1, {
    upgrade: (opened) => void opened.createObjectStore('projects', { keyPath: 'id' }),
  })
  return {
    async get(id) {
      const found: unknown = await database.get('projects', id)
      return found === undefined ? null : projectOf(id, found)
    },
    async put(project) {
      const change = database.transaction('projects', 'readwrite')
      const done = change.store.put(project)
      // a page that is being left waits for nothing
      change.commit()
      await Promise.all([done, change.done])
    },
    remove: (id) => database.delete('projects', id),
    async list() {
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
    },
  }
}

/** What was found as a project: what is not as it was written becomes a document that is refused in words. */
export function projectOf(id: string, found: unknown): SavedProject {
  const fields = new Map<string, unknown>(typeof found === 'object' && found !== null ? Object.entries(found) : [])
  const [title, at, document, past] = ['title', 'at', 'document', 'past'].map((name) => fields.get(name))
  return {
    id,
    title: typeof title === 'string' ? title : 'Unnamed',
    at: typeof at === 'number' && Number.isFinite(at) ? at : 0,
    document: typeof document === 'string' ? document : (JSON.stringify(found) ?? ''),
    past: Array.isArray(past) ? past.filter(isStep) : [],
  }
}

function isStep(step: unknown): step is SavedHistory['past'][number] {
  return (
    typeof step === 'object' &&
    step !== null &&
    'label' in step &&
    typeof step.label === 'string' &&
    'at' in step &&
    typeof step.at === 'number' &&
    'back' in step &&
    typeof step.back === 'string'
  )
}
