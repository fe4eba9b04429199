import { sha256 } from '../document/document-hash.ts'
import type { ProjectDocument } from '../document/project-document.ts'
import { canonicalJson } from '../document/write-document.ts'
import { saveFile } from './save-file.ts'

/** The end of names of project files. */
export const projectFileEnding = '.cartkin.json'
/** The largest project file that is read, bytes. */
const largestFile = 64 * 1024 * 1024
/** The largest data that go into one, bytes. */
const largestData = 32 * 1024 * 1024

/** Offers the project as a file: all that a person has made, with its data where they are at hand; no results. */
export async function saveProjectFile(document: ProjectDocument, title: string): Promise<void> {
  const data = document.data && (await dataFile(document.data.hash))
  const text = canonicalJson({ ...document, ...(data && { dataFile: data }) })
  saveFile(`${fileName(title)}${projectFileEnding}`, 'application/json', text)
}

export type ReadProjectFile =
  | { readonly ok: true; readonly document: ProjectDocument }
  | { readonly ok: false; readonly problem: string }

/** Reads a project file, or says in words why it cannot be read. The data that it has are kept where data are. */
export async function readProjectFile(file: Pick<File, 'name' | 'size' | 'text'>): Promise<ReadProjectFile> {
  const refused = (problem: string): ReadProjectFile => ({
    ok: false,
    problem: `${file.name} cannot be opened: ${problem}.`,
  })
  if (file.size > largestFile)
    return refused(`it has ${(file.size / 1024 / 1024).toFixed(1)} MiB, and a project file may have 64 MiB`)
  const raw = parsed(await file.text())
  if (raw === undefined) return refused('it is not JSON')
  const { readDocument } = await import('../document/read-document.ts')
  const read = readDocument(raw)
  if (!read.ok) return refused(read.problem)
  if (read.document.data) await keepData(read.document.data.hash, raw)
  return read
}

/** The bytes of a data file in base64; null where they are not in this browser, or too many. */
async function dataFile(hash: string): Promise<string | null> {
  try {
    const { openDataStore } = await import('../datasets/data-store.ts')
    const file = await (await openDataStore()).get(hash)
    return file && file.size <= largestData ? base64Of(file) : null
  } catch {
    return null
  }
}

/** Keeps the data of a project file, where it has those that the project names; else the page asks for them. */
async function keepData(hash: string, raw: unknown): Promise<void> {
  try {
    const text = typeof raw === 'object' && raw !== null && 'dataFile' in raw ? raw.dataFile : null
    if (typeof text !== 'string') return
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
    if ((await sha256(bytes)) !== hash) return
    const { openDataStore } = await import('../datasets/data-store.ts')
    await (await openDataStore()).put(hash, new Blob([bytes]))
  } catch {
    // no base64, or a browser that keeps nothing
  }
}

function base64Of(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''))
    reader.onerror = () => reject(new Error('the data cannot be read'))
    reader.readAsDataURL(file)
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A title as the name of a file: letters, digits and dashes. */
export function fileName(title: string): string {
  const plain = title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  return plain.slice(0, 60) || 'project'
}
