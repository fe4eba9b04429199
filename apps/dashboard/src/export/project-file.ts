import type { ProjectDocument } from '../document/project-document.ts'
import { writeDocument } from '../document/write-document.ts'
import { saveFile } from './save-file.ts'

/** The end of names of project files. */
export const projectFileEnding = '.cartkin.json'
/** The largest project file that is read, bytes. */
const largestFile = 64 * 1024 * 1024

/** Offers the project as a file: all that a person has made, data among it; no results. */
export function saveProjectFile(document: ProjectDocument, title: string): void {
  saveFile(`${fileName(title)}${projectFileEnding}`, 'application/json', writeDocument(document))
}

export type ReadProjectFile =
  | { readonly ok: true; readonly document: ProjectDocument }
  | { readonly ok: false; readonly problem: string }

/** Reads a project file, or says in words why it cannot be read. */
export async function readProjectFile(file: Pick<File, 'name' | 'size' | 'text'>): Promise<ReadProjectFile> {
  const refused = (problem: string): ReadProjectFile => ({
    ok: false,
    problem: `${file.name} cannot be opened: ${problem}.`,
  })
  if (file.size > largestFile)
    return refused(`it has ${(file.size / 1024 / 1024).toFixed(1)} MiB, and a project file may have 64 MiB`)
  const { parseDocument } = await import('../document/read-document.ts')
  const read = parseDocument(await file.text())
  return read.ok ? read : refused(read.problem)
}

/** A title as the name of a file: letters, digits and dashes. */
export function fileName(title: string): string {
  const plain = title
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  return plain.slice(0, 60) || 'project'
}
