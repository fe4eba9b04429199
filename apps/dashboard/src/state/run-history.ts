import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals'
import type { ProjectDocument } from '../document/project-document.ts'
import { type Scenario, sameCourse } from '../document/scenario.ts'
import type { Course } from './course.ts'
import type { Dashboard } from './dashboard.ts'
import { populationSeed } from './population-job.ts'
import { suggestedName } from './suggested-name.ts'

/** Something that was computed, with all that made it. */
export interface Run {
  /** Counted from 1 since the page was opened. */
  readonly number: number
  /** Milliseconds since 1970. */
  readonly at: number
  readonly kind: 'course' | 'population'
  /** What was computed, in words. */
  readonly name: string
  /** The step before it, in words. */
  readonly after: string
  readonly model: string
  readonly scenario: Scenario
  readonly document: ProjectDocument
  /** Where chance has part in it. */
  readonly seed: number | null
  /** Null of a population, and where it has been let go. */
  readonly course: Course | null
}

/** What was computed since the page was opened, the newest first. Kept in memory. */
export interface RunHistory {
  readonly runs: ReadonlySignal<readonly Run[]>
}

/** Most runs that are kept, and most bytes of their courses. */
export const mostRuns = 50
const mostBytes = 64 * 1024 * 1024

type Computed = Pick<Dashboard, 'settled' | 'settledFor' | 'scenario' | 'opened' | 'history' | 'population'>

export function createRunHistory(dashboard: Computed, now: () => number = Date.now): RunHistory {
  const { settled, settledFor, scenario, opened, history, population } = dashboard
  const runs = signal<readonly Run[]>([])

  const keep = (run: Pick<Run, 'kind' | 'seed' | 'course' | 'scenario'>): void => {
    const [last] = runs.peek()
    const next: Run = {
      ...run,
      number: (last?.number ?? 0) + 1,
      at: now(),
      name: suggestedName(run.scenario, opened.peek(), (value) => String(Number(value.toPrecision(4)))),
      after: history.undoable.peek().at(-1)?.label ?? 'Opened',
      model: opened.peek().title,
      document: history.present.peek(),
    }
    runs.value = withinBudget([next, ...runs.peek()].slice(0, mostRuns))
  }
  effect(() => {
    const course = settled.value
    const computed = settledFor.value
    // where the person has gone on meanwhile, the next course is the one that counts
    if (!course || !computed || !sameCourse(computed, scenario.value)) return
    untracked(() => {
      const [last] = runs.peek().filter(({ kind }) => kind === 'course')
      const same = last && last.model === opened.peek().title && sameCourse(last.scenario, computed)
      if (!same) keep({ kind: 'course', seed: null, course, scenario: scenario.peek() })
    })
  })
  const told = new WeakSet<object>()
  effect(() => {
    const state = population.state.value
    // one that was given up brings back the one before, which is no other run
    if (state.kind !== 'done' || told.has(state)) return
    told.add(state)
    untracked(() => keep({ kind: 'population', seed: populationSeed, course: null, scenario: scenario.peek() }))
  })
  return { runs }
}

/** The runs, the older ones without their courses where there are too many bytes of them. */
function withinBudget(runs: readonly Run[]): readonly Run[] {
  let bytes = 0
  return runs.map((run) => {
    for (const column of run.course?.table.columns ?? []) bytes += 8 * column.values.length
    return bytes > mostBytes && run.course ? { ...run, course: null } : run
  })
}
