import { type DBSchema, openDB } from 'idb'

/** Data files by the hash of their bytes. */
export interface DataStore {
  get(hash: string): Promise<Blob | null>
  put(hash: string, file: Blob): Promise<void>
}

interface DataFiles extends DBSchema {
  files: { key: string; value: { readonly file: Blob; readonly at: number } }
}

/** Most files that are kept beside those that projects have; the oldest go first. */
const mostFiles = 20

/** What tells of a hash whether a project has data of it. */
type InUse = () => Promise<(hash: string) => boolean>

/** Files in this browser's database; nothing leaves it. */
export async function openDataStore(now: () => number = Date.now, inUse: InUse = dataInUse): Promise<DataStore> {
  const database = await openDB<DataFiles>('cartkin-data', 1, {
    upgrade: (opened) => void opened.createObjectStore('files'),
  })
  return {
    async get(hash) {
      const found = await database.get('files', hash)
      return found?.file instanceof Blob ? found.file : null
    },
    async put(hash, file) {
      await database.put('files', { file, at: now() }, hash)
      const keys = await database.getAllKeys('files')
      if (keys.length <= mostFiles) return
      const dated = await Promise.all(
        keys.map(async (key) => ({ key, at: (await database.get('files', key))?.at ?? 0 })),
      )
      const oldest = dated.sort((a, b) => a.at - b.at).slice(0, keys.length - mostFiles)
      const isInUse = await inUse()
      for (const { key } of oldest) if (!isInUse(key)) await database.delete('files', key)
    },
  }
}

/** Reads the projects of this browser with their pasts; where they are out of reach everything is in use. */
async function dataInUse(): Promise<(hash: string) => boolean> {
  try {
    const { openProjectStore } = await import('../storage/project-store.ts')
    const projects = await openProjectStore()
    const texts: string[] = []
    for (const { id } of await projects.list()) texts.push(JSON.stringify(await projects.get(id)))
    return (hash) => texts.some((text) => text.includes(hash))
  } catch {
    return () => true
  }
}
