import { difference } from '../document/difference.ts'
import type { ProjectDocument } from '../document/project-document.ts'
import { canonicalJson } from '../document/write-document.ts'
import { pendingKey } from './autosave.ts'
import type { PageMemory } from './page-memory.ts'
import { type ProjectStore, projectOf, type SavedProject } from './project-store.ts'

/** A saved project that cannot be gone on with, and why. */
export interface Poisoned {
  readonly id: string
  readonly title: string
  /** In words, to stand after "because". */
  readonly problem: string
  /** All that was saved, as text; empty where that is out of reach. */
  readonly text: string
}

/** The project that this page begins with. */
export interface FoundProject {
  readonly id: string
  /** What was saved; null for a new project. */
  readonly saved: { readonly project: SavedProject; readonly document: ProjectDocument } | null
  /** Whether it has still to go where projects are kept. */
  readonly pending: boolean
  readonly poisoned: Poisoned | null
}

/** What a page remembers: of itself, and of all pages. */
export interface Memories {
  readonly tab: PageMemory
  readonly memory: PageMemory
}

/** Which project this page had, or the last one had. */
export function lastProject({ tab, memory }: Memories): string | null {
  return tab.get('project') ?? memory.get('project')
}

/** What was saved of a project, in the store or, newer, by a page as it was left. */
export async function findProject(
  id: string,
  store: () => Promise<Pick<ProjectStore, 'get'>>,
  { tab, memory }: Memories,
): Promise<FoundProject> {
  const left = leftProject(id, memory)
  const stored = await store()
    .then((open) => open.get(id))
    .catch(() => 'silent' as const)
  // what may be there is not to be written over: the page begins with another
  if (stored === 'silent' && left === null)
    return {
      ...{ id: newProjectId(), saved: null, pending: false },
      poisoned: [memory.get('project'), tab.get('kept')].includes(id) ? outOfReach(id) : null,
    }
  const { project, pending } = latest(left, stored === 'silent' ? null : stored)
  if (project === null) return { id, saved: null, pending: false, poisoned: null }
  const { parseDocument } = await import('../document/read-document.ts')
  const read = parseDocument(project.document)
  return read.ok
    ? { id, saved: { project, document: read.document }, pending, poisoned: null }
    : { id, saved: null, pending: false, poisoned: poisonedBy(project, read.problem) }
}

export function newProjectId(): string {
  return crypto.randomUUID()
}

/** A project that the browser does not give back now: it stays where it is. */
function outOfReach(id: string): Poisoned {
  return { id, title: 'Your project', problem: 'this browser does not give back what it keeps', text: '' }
}

export function poisonedBy(project: SavedProject, problem: string): Poisoned {
  return { id: project.id, title: project.title, problem, text: project.document }
}

/** What a page put aside of a project as it was left. */
export function leftProject(id: string, memory: PageMemory): SavedProject | null {
  const text = memory.get(pendingKey(id))
  if (text === null) return null
  try {
    return projectOf(id, JSON.parse(text))
  } catch {
    return null
  }
}

/** The newer of what was put aside and what is in the store; `pending` where that is what was put aside. */
export function latest(
  left: SavedProject | null,
  stored: SavedProject | null,
): { readonly project: SavedProject | null; readonly pending: boolean } {
  if (left === null || (stored !== null && stored.at > left.at)) return { project: stored, pending: false }
  return { project: stored === null ? left : withPastOf(left, stored), pending: true }
}

/** What was put aside without its past, where there was no room for it, goes on from what is in the store. */
function withPastOf(left: SavedProject, stored: SavedProject): SavedProject {
  if (left.past.length + left.future.length > 0) return left
  if (left.document === stored.document) return { ...stored, at: left.at }
  try {
    const back = canonicalJson(difference(JSON.parse(left.document), JSON.parse(stored.document)))
    return { ...left, past: [...stored.past, { label: 'Before the page was left', at: left.at, back }] }
  } catch {
    return left
  }
}
