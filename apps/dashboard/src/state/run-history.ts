import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals'
import { ownModel, type ProjectDocument } from '../document/project-document.ts'
import { type Scenario, sameCourse } from '../document/scenario.ts'
import { canonicalJson } from '../document/write-document.ts'
import type { Course } from './course.ts'
import type { Dashboard } from './dashboard.ts'
import { populationSeed } from './population-job.ts'
import { suggestedName } from './suggested-name.ts'

/** Something that was computed, with all that made it. */
export interface Run {
  /** Counted from 1 over the life of the project. */
  readonly number: number
  /** Milliseconds since 1970. */
  readonly at: number
  readonly kind: 'course' | 'population'
  /** What was computed, in words. */
  readonly name: string
  /** The step before it, in words. */
  readonly after: string
  /** Title of the model. */
  readonly model: string
  readonly scenario: Scenario
  readonly document: ProjectDocument
  /** Where chance has part in it. */
  readonly seed: number | null
  /** SHA-256 of the course as an Arrow file; null while nobody has reckoned it, and of a population. */
  readonly hash: string | null
  /** Null of a population, and where it has been let go. */
  readonly course: Course | null
}

/** What was computed in a project, the newest first. */
export interface RunHistory {
  readonly runs: ReadonlySignal<readonly Run[]>
  /** Tells the hash of a run's course. */
  named(run: Run, hash: string): void
  /** Puts runs of earlier visits behind those of this one. */
  remember(older: readonly Run[]): void
}

/** Most runs that are kept, and most bytes of their courses in memory. */
export const mostRuns = 50
const mostBytes = 64 * 1024 * 1024

type Computed = Pick<Dashboard, 'settled' | 'settledFor' | 'scenario' | 'opened' | 'history' | 'population'>

export function createRunHistory(dashboard: Computed, now: () => number = Date.now): RunHistory {
  const { settled, settledFor, scenario, opened, history, population } = dashboard
  const runs = signal<readonly Run[]>([])

  const replace = (before: Run, after: Run): void => {
    runs.value = runs.peek().map((run) => (run === before ? after : run))
  }
  const keep = (made: Pick<Run, 'kind' | 'seed' | 'course' | 'scenario'>): void => {
    const document = history.present.peek()
    const before = runs.peek()
    const last = before.find(({ kind }) => kind === 'course')
    if (made.kind === 'course' && last && sameInputs(last, { document, scenario: made.scenario })) {
      if (last.course === null) replace(last, { ...last, course: made.course })
      return
    }
    const next: Run = {
      ...made,
      number: (before[0]?.number ?? 0) + 1,
      at: now(),
      name: suggestedName(made.scenario, opened.peek(), (value) => String(Number(value.toPrecision(4)))),
      after: history.undoable.peek().at(-1)?.label ?? 'Opened',
      model: opened.peek().title,
      document,
      hash: null,
    }
    runs.value = withinBudget([next, ...before].slice(0, mostRuns))
  }
  effect(() => {
    const course = settled.value
    const computed = settledFor.value
    // where the person has gone on meanwhile, the next course is the one that counts
    if (!course || !computed || !sameCourse(computed, scenario.value)) return
    untracked(() => keep({ kind: 'course', seed: null, course, scenario: scenario.peek() }))
  })
  const told = new WeakSet<object>()
  effect(() => {
    const state = population.state.value
    // one that was given up brings back the one before, which is no other run
    if (state.kind !== 'done' || told.has(state)) return
    told.add(state)
    untracked(() => keep({ kind: 'population', seed: populationSeed, course: null, scenario: scenario.peek() }))
  })
  return {
    runs,
    named(run, hash) {
      const found = runs.peek().find(({ number }) => number === run.number)
      if (found && found.hash !== hash) replace(found, { ...found, hash })
    },
    remember(older) {
      const [newest] = older
      if (!newest) return
      const known = new Map(runs.peek().map((run) => [run.at, run]))
      const here = runs.peek().filter((run) => !older.some(({ at }) => at === run.at))
      // the course with which a visit begins is mostly the one with which the last one ended
      const first = here.at(-1)
      const last = older.find(({ kind }) => kind === 'course')
      const isSame = first?.kind === 'course' && last !== undefined && sameInputs(first, last)
      const fresh = (isSame ? here.slice(0, -1) : here).toReversed()
      const numbered = fresh.map((run, k) => ({ ...run, number: newest.number + k + 1 }))
      const behind = older.map((run) => {
        const course = isSame && run === last ? first.course : (known.get(run.at)?.course ?? null)
        return course ? { ...run, course } : run
      })
      runs.value = withinBudget([...numbered.toReversed(), ...behind].slice(0, mostRuns))
    },
  }
}

/** Whether two runs have computed the same course. */
function sameInputs(a: Pick<Run, 'document' | 'scenario'>, b: Pick<Run, 'document' | 'scenario'>): boolean {
  const [{ open, ownText, ownBase }, other] = [a.document, b.document]
  return (
    open === other.open &&
    (open !== ownModel || (ownText === other.ownText && ownBase === other.ownBase)) &&
    courseText(a.scenario) === courseText(b.scenario)
  )
}

/** What of a scenario decides its course. */
function courseText({ regimen, horizon, inputs, parameters }: Scenario): string {
  return canonicalJson([regimen, horizon, inputs, parameters])
}

/** The runs, the older ones without their courses where there are too many bytes of them. */
function withinBudget(runs: readonly Run[]): readonly Run[] {
  let bytes = 0
  return runs.map((run) => {
    for (const column of run.course?.table.columns ?? []) bytes += 8 * column.values.length
    return bytes > mostBytes && run.course ? { ...run, course: null } : run
  })
}
