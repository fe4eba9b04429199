import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { Kept } from '../document/history.ts'
import type { ProjectDocument } from '../document/project-document.ts'
import type { SavedStep } from '../document/saved-history.ts'
import { readProjectFile } from '../export/project-file.ts'
import type { Dashboard } from '../state/dashboard.ts'
import { createRunHistory } from '../state/run-history.ts'
import { adoptPending } from './adopt-pending.ts'
import { type Autosave, createAutosave, pendingKey, type Saving } from './autosave.ts'
import { type FoundProject, findProject, type Memories, newProjectId, type Poisoned } from './found-project.ts'
import { type KeptRuns, keepRuns } from './kept-runs.ts'
import { once } from './once.ts'
import type { ProjectLock } from './project-lock.ts'
import type { ProjectEntry, ProjectStore, SavedProject } from './project-store.ts'

/** How the project of this page is kept, and the other projects of this browser. */
export interface ProjectSession {
  readonly id: string
  readonly saving: ReadonlySignal<Saving>
  readonly runs: KeptRuns
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
  /** Puts what is not saved yet where the next start finds it, and saves it. */
  yield(): Promise<void>
  /** Keeps what was not saved, now that another page has the project, as a project of its own. */
  rescue(): Promise<void>
  list(): Promise<readonly ProjectEntry[]>
  /** Leaves this project, saved, for another; null for a new one. */
  go(id: string | null): Promise<void>
  remove(id: string): Promise<void>
  /** Takes the project of a file for the present one, as a step that can be undone. */
  openFile(file: File): Promise<void>
  /** Tries the project again that could not be gone on with. */
  tryAgain(): Promise<void>
  discardPoisoned(): Promise<void>
  /** Brings back the past and future of a project that has been read; `between` are steps that have been made since. */
  recall(project: SavedProject, between?: readonly Kept<ProjectDocument>[]): Promise<void>
}

export interface SessionOptions {
  readonly found: FoundProject
  readonly dashboard: Dashboard
  readonly store: () => Promise<ProjectStore>
  readonly lock: ProjectLock
  readonly memories: Memories
  readonly notice: string
  /** Whether what is there has to be saved at once. */
  readonly unsaved: boolean
  readonly title: (document: ProjectDocument) => string
}

/** How long the browser may take to save a project that is left for another, milliseconds. */
const patience = 3000

export function createProjectSession(options: SessionOptions): ProjectSession {
  const { found, dashboard, store, lock, memories } = options
  const { tab, memory } = memories
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
  let readings = 0
  const runFiles = once(async () => (await import('./run-files.ts')).openRunFiles())
  const isSaved = signal(found.saved !== null)
  const runs = keepRuns({
    id,
    history: createRunHistory(dashboard),
    document: history.present,
    wanted: isSaved,
    locked: history.locked,
    files: runFiles,
    memory,
  })

  effect(() => {
    if (autosave.state.value.kind !== 'saved') return
    isSaved.value = true
    // of what was kept once it is said when it is out of reach
    tab.set('kept', id)
    lock.tell()
  })

  const recall: ProjectSession['recall'] = async (project, between) => {
    const mine = readings
    // unless the project has been read again meanwhile
    const remember: typeof history.remember = (older, later) => {
      if (mine === readings) history.remember(older, later)
    }
    await rememberSteps({ remember }, project, between)
    if (mine === readings) autosave.settle()
  }
  const reload = async (next: string | null): Promise<void> => {
    await Promise.race([autosave.flush(), new Promise((resolve) => setTimeout(resolve, patience))])
    if (!autosave.putAside()) {
      notice.value = 'The page stays with this project, since the browser does not keep it: save it as a file first.'
      return
    }
    tab.set('project', next ?? newProjectId())
    location.reload()
  }

  return {
    id,
    saving: autosave.state,
    runs,
    elsewhere: computed(() => !lock.held.value),
    poisoned,
    notice,
    takeOver: lock.takeOver,
    async refresh() {
      const mine = ++readings
      const now = await findProject(id, store, memories)
      if (!now.saved || mine !== readings) return
      const { project, document } = now.saved
      history.restart(document)
      autosave.adopt(project.at)
      await recall(project)
      await runs.refresh()
    },
    flush: autosave.flush,
    async yield() {
      autosave.putAside()
      await autosave.flush()
    },
    rescue: () =>
      autosave.rescue(newProjectId()).then((title) => {
        if (title)
          notice.value = `Another tab took this project before it was saved here. What you had is kept as ${title}.`
      }),
    async list() {
      await adoptPending(id, store, memory).catch(() => undefined)
      return (await store()).list()
    },
    go: reload,
    async remove(other) {
      await (await store()).remove(other)
      memory.set(pendingKey(other), null)
      memory.set(`runs.${other}`, null)
      await runFiles()
        .then((files) => files.removeList(other))
        .catch(() => undefined)
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
    recall,
  }
}

/** Brings back what undo goes back over and redo brings again, a step at a time, while the page does other things. */
async function rememberSteps(
  history: Pick<Dashboard['history'], 'remember'>,
  { document, past, future }: SavedProject,
  between: readonly Kept<ProjectDocument>[] = [],
): Promise<void> {
  const { readSteps } = await import('../document/read-steps.ts')
  const read = async (steps: readonly SavedStep[]): Promise<readonly Kept<ProjectDocument>[]> => {
    const kept: Kept<ProjectDocument>[] = []
    try {
      for (const step of readSteps(document, steps)) {
        kept.unshift(step)
        await new Promise((resolve) => setTimeout(resolve))
      }
    } catch {
      // as many of them as can be read
    }
    return kept
  }
  const older = await read(past)
  // what replaced the project is done after all of it
  const later = between.length > 0 ? [] : await read(future)
  history.remember([...older, ...between], later)
}
