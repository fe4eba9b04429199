import { effect } from '@preact/signals'
import type { Workers } from '../compute/workers.ts'
import { blankProject, type ProjectDocument } from '../document/project-document.ts'
import { createDashboard, type Dashboard } from '../state/dashboard.ts'
import type { ModelShelf } from '../state/model-shelf.ts'
import {
  type FoundProject,
  findProject,
  lastProject,
  type Memories,
  newProjectId,
  type Poisoned,
  poisonedBy,
} from './found-project.ts'
import { once } from './once.ts'
import { createPageMemory } from './page-memory.ts'
import { lockProject, type ProjectLock } from './project-lock.ts'
import { createProjectSession, type ProjectSession } from './project-session.ts'
import type { ProjectStore } from './project-store.ts'
import { createStartMark, type StartMark } from './start-mark.ts'

export interface StartedProject {
  readonly dashboard: Dashboard
  readonly session: ProjectSession
}

export interface StartOptions {
  readonly shelf: ModelShelf
  readonly workers: Workers
  /** The model of a new project. */
  readonly firstModel: string
  /** A project to begin with in place of the saved one, which undo brings back. */
  readonly linked: ProjectDocument | null
  /** What is to be said at the start; empty for nothing. */
  readonly notice: string
}

/**
 * The page as it was left: the saved project with its past. A project that cannot be gone on with, since it cannot be read,
 * has a model that is not there, or did not come to the end of its last start, is put aside, and the page begins anew.
 */
export async function startProject(options: StartOptions): Promise<StartedProject> {
  const { shelf, workers, firstModel } = options
  const memories: Memories = {
    tab: createPageMemory(() => sessionStorage),
    memory: createPageMemory(() => localStorage),
  }
  const mark = createStartMark(memories.memory)
  const store = once(async () => {
    const { openProjectStore } = await import('./project-store.ts')
    return openProjectStore()
  })
  const title = ({ name, open }: ProjectDocument): string =>
    name || (shelf.index.flatMap(({ models }) => models).find(({ id }) => id === open)?.title ?? 'Your text')
  const page: { session?: ProjectSession; isOld?: boolean } = {}

  const begin = async (
    found: FoundProject,
    lock: ProjectLock,
    linked: ProjectDocument | null,
    notice: string,
  ): Promise<StartedProject> => {
    const dashboard = await createDashboard(shelf, linked ?? found.saved?.document ?? blankProject(firstModel), workers)
    const { history } = dashboard
    effect(() => {
      history.locked.value = !lock.held.value
    })
    const session = createProjectSession({
      ...{ found, dashboard, store, lock, memories, notice, title },
      unsaved: linked !== null,
    })
    page.session = session
    const before = found.saved?.document ?? null
    const replaced = linked && before ? [{ step: { label: 'Open the link', at: Date.now() }, state: before }] : []
    if (found.saved) void session.recall(found.saved.project, replaced)
    if (page.isOld) await session.refresh()
    return { dashboard, session }
  }
  const lockOf = (id: string): Promise<ProjectLock> =>
    lockProject(id, {
      beforeLoss: async () => page.session?.yield(),
      async beforeGain() {
        // the page that had it may have saved after this one read
        page.isOld = true
        await page.session?.refresh()
      },
      afterTheft: () => void page.session?.rescue(),
      onChange: () => void page.session?.refresh(),
    })
  const beginAnew = async (
    poisoned: Poisoned | null,
    notice: string,
    linked: ProjectDocument | null = null,
  ): Promise<StartedProject> => {
    const id = newProjectId()
    return begin({ id, saved: null, pending: false, poisoned }, await lockOf(id), linked, notice)
  }

  const known = lastProject(memories) ?? (await latestKept(store, memories))
  const id = known ?? newProjectId()
  const lock = await lockOf(id)
  const found: FoundProject =
    known === null ? { id, saved: null, pending: false, poisoned: null } : await findProject(id, store, memories)
  if (found.poisoned || found.id !== id) return beginAnew(found.poisoned, options.notice)
  if (found.saved && lock.held.peek()) {
    const left = mark.wasLeft(found.id)
    mark.clear()
    if (left)
      return beginAnew(
        poisonedBy(found.saved.project, 'the page did not finish opening it the last time'),
        options.notice,
      )
    mark.set(found.id)
  }
  const started = await firstOf([
    // beside a tab that has the project, a link is a project of its own
    ...(options.linked && !lock.held.peek() ? [() => beginAnew(null, options.notice, options.linked)] : []),
    ...(options.linked && lock.held.peek() ? [() => begin(found, lock, options.linked, options.notice)] : []),
    (problem) => begin(found, lock, null, problem ? `The link cannot be opened: ${problem}` : options.notice),
    (problem) => beginAnew(found.saved && poisonedBy(found.saved.project, problem), options.notice),
  ])
  endOfStart(started.dashboard, mark)
  // a page that the browser had set aside whole may be older than what other pages have made since
  addEventListener('pageshow', ({ persisted }) => persisted && location.reload())
  return started
}

/** What the first of some ways comes to that comes to anything; each is told why the one before did not. */
async function firstOf<T>(ways: readonly ((problem: string) => Promise<T>)[]): Promise<T> {
  let problem = ''
  for (const [k, way] of ways.entries())
    try {
      return await way(problem)
    } catch (error) {
      if (k === ways.length - 1) throw error
      problem = error instanceof Error ? error.message : String(error)
    }
  throw new RangeError('there is no way')
}

/** The project that was saved last, for a browser that does not keep which one that was. */
async function latestKept(store: () => Promise<ProjectStore>, { memory }: Memories): Promise<string | null> {
  if (memory.works()) return null
  return store()
    .then((open) => open.list())
    .then(([latest]) => latest?.id ?? null)
    .catch(() => null)
}

/** Takes the mark away once the first course has been drawn, or has turned out to be none. */
function endOfStart({ status }: Dashboard, mark: StartMark): void {
  const end = effect(() => {
    if (['loading', 'running'].includes(status.value.kind)) return
    mark.computed()
    requestAnimationFrame(() => setTimeout(mark.clear))
    queueMicrotask(() => end())
  })
}
