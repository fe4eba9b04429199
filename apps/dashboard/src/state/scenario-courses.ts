import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals'
import type { Workers } from '../compute/workers.ts'
import { type Scenario, sameCourse } from '../document/scenario.ts'
import { type Course, courseOf } from './course.ts'
import { courseJob } from './course-job.ts'
import type { OpenedModel } from './opened-model.ts'
import { refusalText } from './refusal-text.ts'

export type ScenarioCourse =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'ready'; readonly course: Course }
  | { readonly kind: 'failed'; readonly message: string }

/** Courses of full precision of the scenarios of a model, each computed once. */
export interface ScenarioCourses {
  /** The course of a scenario as far as it is there; a signal reads this. */
  of(scenario: Scenario): ScenarioCourse
  /** The same for those who only ask now; null where it is not there. */
  recall(scenario: Scenario): Course | null
  /** Takes a course that was computed elsewhere. */
  keep(scenario: Scenario, course: Course): void
  /** Forgets all of them, as when another model is opened. */
  discard(): void
}

interface Kept {
  readonly scenario: Scenario
  readonly result: ScenarioCourse
}

/** Most courses that are kept; beyond, those that nobody wants go first. */
const mostKept = 32

const waiting: ScenarioCourse = { kind: 'waiting' }

/**
 * Computes the wanted scenarios that are lacking, one at a time, on the worker of the sliders and only while `idle` says that
 * it has nothing else to do: a slider waits for one run at most.
 */
export function createScenarioCourses(
  workers: Workers,
  opened: ReadonlySignal<OpenedModel>,
  wanted: ReadonlySignal<readonly Scenario[]>,
  idle: ReadonlySignal<boolean>,
): ScenarioCourses {
  const kept = signal<readonly Kept[]>([])
  const busy = signal(false)
  let closing = new AbortController()

  const find = (all: readonly Kept[], scenario: Scenario): Kept | undefined =>
    all.find((entry) => sameCourse(entry.scenario, scenario))

  const put = (scenario: Scenario, result: ScenarioCourse): void => {
    const others = kept.peek().filter((entry) => !sameCourse(entry.scenario, scenario))
    const spare = others.length + 1 - mostKept
    const needed = (entry: Kept): boolean => wanted.peek().some((one) => sameCourse(one, entry.scenario))
    const dropped = spare > 0 ? new Set(others.filter((entry) => !needed(entry)).slice(0, spare)) : new Set<Kept>()
    kept.value = [...others.filter((entry) => !dropped.has(entry)), { scenario, result }]
  }

  const run = async (scenario: Scenario): Promise<void> => {
    const { signal } = closing
    busy.value = true
    try {
      const answer = await workers.live.run(courseJob(opened.peek(), scenario), { signal })
      if (signal.aborted || answer.status === 'cancelled') return
      const result: ScenarioCourse =
        answer.status === 'ok'
          ? { kind: 'ready', course: courseOf(answer.result) }
          : { kind: 'failed', message: refusalText(answer) }
      put(scenario, result)
    } finally {
      busy.value = false
    }
  }

  const next = computed(() => wanted.value.find((scenario) => !find(kept.value, scenario)))
  effect(() => {
    const scenario = next.value
    if (scenario && idle.value && !busy.value) untracked(() => void run(scenario))
  })

  return {
    of: (scenario) => find(kept.value, scenario)?.result ?? waiting,
    recall(scenario) {
      const result = find(kept.peek(), scenario)?.result
      return result?.kind === 'ready' ? result.course : null
    },
    keep(scenario, course) {
      put(scenario, { kind: 'ready', course })
    },
    discard() {
      closing.abort()
      closing = new AbortController()
      kept.value = []
    },
  }
}
