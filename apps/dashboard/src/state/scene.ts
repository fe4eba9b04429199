import { computed, type ReadonlySignal } from '@preact/signals'
import type { Comparison, Desk, Difference } from '../document/desk.ts'
import type { Scenario } from '../document/scenario.ts'
import { drawnScenarios, shownComparison } from '../document/scenes.ts'
import type { Course } from './course.ts'
import type { CourseSession } from './course-session.ts'
import type { ScenarioCourses } from './scenario-courses.ts'
import { unchanged } from './unchanged.ts'

/** A scenario beside the active one. */
export interface OtherScenario {
  readonly scenario: Scenario
  /** Null while it is being computed, or where it cannot be. */
  readonly course: Course | null
  /** Why there is no course, or why it ends early; empty where all is well. */
  readonly problem: string
}

/** What scenarios are compared with. */
export interface Reference {
  /** The scenario; null for the active one with the values that the model's text has. */
  readonly scenario: Scenario | null
  readonly name: string
  /** Whether it is drawn as a line of its own. */
  readonly shown: boolean
}

/** The scenarios of the desk as they are shown together. While sliders move, only the course of the active one changes. */
export interface Scene {
  /** Those that are drawn beside the active one, in the order of the strip; the reference is not among them. */
  readonly others: ReadonlySignal<readonly OtherScenario[]>
  readonly reference: ReadonlySignal<Reference>
  /** The course that others are compared with; null while it is not there. */
  readonly comparedTo: ReadonlySignal<Course | null>
  readonly comparison: ReadonlySignal<Comparison>
  /** What a difference is; null while none is shown. */
  readonly difference: ReadonlySignal<Difference | null>
  /** Any scenario's course; that of the active one is the latest. */
  courseOf(scenario: Scenario): OtherScenario
}

/** Names the reference where no scenario is one. */
export const modelsOwn = 'Model’s values'

export function createScene(
  desk: ReadonlySignal<Desk>,
  courses: Pick<CourseSession, 'course' | 'reference'>,
  kept: Pick<ScenarioCourses, 'of'>,
): Scene {
  const courseOf = (scenario: Scenario): OtherScenario => {
    if (scenario.id === desk.value.active) {
      const course = courses.course.value
      return { scenario, course, problem: course?.failure ?? '' }
    }
    const found = kept.of(scenario)
    if (found.kind === 'ready') return { scenario, course: found.course, problem: found.course.failure }
    return { scenario, course: null, problem: found.kind === 'failed' ? found.message : '' }
  }
  const reference = unchanged(
    (): Reference => {
      const { scenarios, active, reference: id } = desk.value
      const scenario = scenarios.find((one) => one.id === id) ?? null
      // the active one is told by its id: it changes with every slider
      if (!scenario) return { scenario: null, name: modelsOwn, shown: true }
      return { scenario, name: scenario.name, shown: scenario.shown && scenario.id !== active }
    },
    (a, b) => a.scenario === b.scenario && a.shown === b.shown,
  )
  return {
    others: unchanged(
      () => {
        const { active, reference: compared } = desk.value
        return drawnScenarios(desk.value)
          .filter(({ id }) => id !== active && id !== compared)
          .map(courseOf)
      },
      (a, b) =>
        a.length === b.length &&
        a.every(({ scenario, course, problem }, k) => {
          const other = b[k]
          return scenario === other?.scenario && course === other.course && problem === other.problem
        }),
    ),
    reference,
    comparedTo: computed(() => {
      const { scenario } = reference.value
      return scenario ? courseOf(scenario).course : courses.reference.value
    }),
    comparison: computed(() => shownComparison(desk.value)),
    difference: computed(() => (shownComparison(desk.value) === 'difference' ? desk.value.difference : null)),
    courseOf,
  }
}
