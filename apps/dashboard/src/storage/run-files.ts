/** The lists of runs, and their results, in the browser's private file system. Every call rejects where the browser refuses. */
export interface RunFiles {
  /** The list of a project; null where there is none. */
  readList(project: string): Promise<string | null>
  writeList(project: string, text: string): Promise<void>
  removeList(project: string): Promise<void>
  /** The hashes of the results that are there. */
  results(): Promise<ReadonlySet<string>>
  /** A result by the SHA-256 of its bytes; null where it is not there. */
  readResult(hash: string): Promise<Blob | null>
  /** Keeps a result; the oldest go where there are too many bytes of all projects. */
  writeResult(hash: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>
}

/** Most bytes of results in a browser, those of all projects taken together. */
export const mostResultBytes = 64 * 1024 * 1024
/** A longer list is not one of the page's. */
const longestList = 16 * 1024 * 1024

const resultEnding = '.arrow'

export async function openRunFiles(most = mostResultBytes): Promise<RunFiles> {
  const root = await navigator.storage.getDirectory()
  const lists = await root.getDirectoryHandle('runs', { create: true })
  const courses = await root.getDirectoryHandle('results', { create: true })

  const read = async (folder: FileSystemDirectoryHandle, name: string): Promise<File | null> => {
    try {
      return await (await folder.getFileHandle(name)).getFile()
    } catch (error) {
      // what cannot be read now is not gone
      if (error instanceof DOMException && error.name === 'NotFoundError') return null
      throw error
    }
  }
  const write = async (
    folder: FileSystemDirectoryHandle,
    name: string,
    content: string | Uint8Array<ArrayBuffer>,
  ): Promise<void> => {
    const file = await folder.getFileHandle(name, { create: true })
    const stream = await file.createWritable()
    try {
      await stream.write(content)
      // only now does the file become what was written
      await stream.close()
    } catch (error) {
      await stream.abort().catch(() => undefined)
      throw error
    }
  }
  const makeRoom = async (bytes: number): Promise<void> => {
    const files: File[] = []
    for await (const name of courses.keys()) {
      const file = await read(courses, name)
      if (file) files.push(file)
    }
    let total = bytes + files.reduce((sum, { size }) => sum + size, 0)
    for (const { name, size } of files.sort((a, b) => a.lastModified - b.lastModified)) {
      if (total <= most) return
      await courses.removeEntry(name)
      total -= size
    }
  }
  const listName = (project: string): string => `${project.replaceAll(/[^\w-]/g, '')}.json`

  return {
    async readList(project) {
      const file = await read(lists, listName(project))
      return file && file.size <= longestList ? file.text() : null
    },
    writeList: (project, text) => write(lists, listName(project), text),
    removeList: (project) => lists.removeEntry(listName(project)),
    async results() {
      const hashes = new Set<string>()
      for await (const name of courses.keys())
        if (name.endsWith(resultEnding)) hashes.add(name.slice(0, -resultEnding.length))
      return hashes
    },
    readResult: (hash) => read(courses, `${hash}${resultEnding}`),
    async writeResult(hash, bytes) {
      if (bytes.byteLength > most) return
      await makeRoom(bytes.byteLength)
      await write(courses, `${hash}${resultEnding}`, bytes)
    },
  }
}
