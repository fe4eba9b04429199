import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { Kept } from '../document/history.ts'
import type { ProjectDocument } from '../document/project-document.ts'
import { readProjectFile } from '../export/project-file.ts'
import type { Dashboard } from '../state/dashboard.ts'
import { createRunHistory, type RunHistory } from '../state/run-history.ts'
import { type Autosave, createAutosave, pendingKey, type Saving } from './autosave.ts'
import { type FoundProject, findProject, newProjectId, type Poisoned } from './found-project.ts'
import type { PageMemory } from './page-memory.ts'
import type { ProjectLock } from './project-lock.ts'
import type { ProjectEntry, ProjectStore, SavedProject } from './project-store.ts'

/** How the project of this page is kept, and the other projects of this browser. */
export interface ProjectSession {
  readonly id: string
  readonly saving: ReadonlySignal<Saving>
  readonly runs: RunHistory
  /** Whether another page has the project, so that nothing can be changed here. */
  readonly elsewhere: ReadonlySignal<boolean>
  /** What could not be gone on with. */
  readonly poisoned: Signal<Poisoned | null>
  /** What became of a link or a file, in words; empty where there is nothing to say. */
  readonly notice: Signal<string>
  takeOver(): Promise<void>
  /** Takes the project as it was saved for the present one, as when another page has changed it. */
  refresh(): Promise<void>
  /** Saves what is not saved yet. */
  flush(): Promise<void>
  list(): Promise<readonly ProjectEntry[]>
  /** Leaves this project, saved, for another; null for a new one. */
  go(id: string | null): Promise<void>
  remove(id: string): Promise<void>
  /** Takes the project of a file for the present one, as a step that can be undone. */
  openFile(file: File): Promise<void>
  /** Tries the project again that could not be gone on with. */
  tryAgain(): Promise<void>
  discardPoisoned(): Promise<void>
}

export interface SessionOptions {
  readonly found: FoundProject
  readonly dashboard: Dashboard
  readonly store: () => Promise<ProjectStore>
  readonly lock: ProjectLock
  readonly tab: PageMemory
  readonly memory: PageMemory
  readonly notice: string
  /** Whether what is there has to be saved at once. */
  readonly unsaved: boolean
  readonly title: (document: ProjectDocument) => string
}

export function createProjectSession(options: SessionOptions): ProjectSession {
  const { found, dashboard, store, lock, tab, memory } = options
  const { history } = dashboard
  const { id } = found
  const poisoned = signal(found.poisoned)
  const notice = signal(options.notice)
  const autosave: Autosave = createAutosave({
    id,
    history,
    title: options.title,
    store,
    memory,
    saved: found.pending ? null : (found.saved?.project.at ?? null),
    unsaved: options.unsaved || found.pending,
  })
  tab.set('project', id)

  const reload = async (next: string | null): Promise<void> => {
    await autosave.flush()
    if (autosave.state.peek().kind === 'failed') {
      notice.value = 'The page stays with this project, since the browser does not keep it: save it as a file first.'
      return
    }
    autosave.stop()
    tab.set('project', next ?? newProjectId())
    location.reload()
  }

  return {
    id,
    saving: autosave.state,
    runs: createRunHistory(dashboard),
    elsewhere: computed(() => !lock.held.value),
    poisoned,
    notice,
    takeOver: lock.takeOver,
    async refresh() {
      const now = await findProject(id, store, memory)
      if (!now.saved) return
      history.restart(now.saved.document)
      await rememberPast(history, now.saved.project)
    },
    flush: autosave.flush,
    list: async () => (await store()).list(),
    go: reload,
    async remove(other) {
      await (await store()).remove(other)
      memory.set(pendingKey(other), null)
    },
    async openFile(file) {
      const read = await readProjectFile(file)
      try {
        if (read.ok) await dashboard.openDocument(read.document, `Open ${file.name}`)
        notice.value = read.ok ? '' : read.problem
      } catch (error) {
        notice.value = `${file.name} cannot be opened: ${error instanceof Error ? error.message : String(error)}`
      }
    },
    async tryAgain() {
      const wanted = poisoned.peek()
      if (wanted) await reload(wanted.id)
    },
    async discardPoisoned() {
      const gone = poisoned.peek()
      if (!gone) return
      memory.set(pendingKey(gone.id), null)
      await (await store()).remove(gone.id).catch(() => {})
      poisoned.value = null
    },
  }
}

/** Brings back what undo goes back over, a step at a time, while the page does other things. */
export async function rememberPast(
  history: Pick<Dashboard['history'], 'remember'>,
  saved: SavedProject,
  between: readonly Kept<ProjectDocument>[] = [],
): Promise<void> {
  const older: Kept<ProjectDocument>[] = [...between]
  try {
    const { readPast } = await import('../document/read-past.ts')
    for (const step of readPast(saved)) {
      older.unshift(step)
      await new Promise((resolve) => setTimeout(resolve))
    }
  } catch {
    // as much of the past as can be read
  }
  history.remember(older)
}
