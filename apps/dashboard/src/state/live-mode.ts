import { computed, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals'
import { type Scenario, sameCourse } from '../document/scenario.ts'
import type { OpenedModel } from './opened-model.ts'

/** Whether curves follow every change of the active scenario, or wait to be asked. */
export interface LiveMode {
  readonly on: Signal<boolean>
  /** The active scenario as it was when its courses were last asked for; as it is, while curves follow. */
  readonly shown: ReadonlySignal<Scenario>
  /** Why the courses are not of the present scenario, as in "rho changed"; empty where they are. */
  readonly stale: ReadonlySignal<string>
  /** Asks for the courses of the present scenario. */
  update(): void
  /** Begins to follow, once all is there that a change may bring along. */
  follow(): void
}

/** @param compute computes the courses of the present scenario. */
export function createLiveMode(
  opened: ReadonlySignal<OpenedModel>,
  scenario: ReadonlySignal<Scenario>,
  compute: () => void,
): LiveMode {
  const on = signal(true)
  const asked = signal<{ readonly opened: OpenedModel; readonly scenario: Scenario } | null>(null)
  const update = (): void => {
    asked.value = { opened: opened.peek(), scenario: scenario.peek() }
    compute()
  }
  const shown = computed(() => {
    const before = asked.value?.scenario
    return before && before.id === scenario.value.id && !sameCourse(before, scenario.value) ? before : scenario.value
  })
  return {
    on,
    shown,
    stale: computed(() => (shown.value === scenario.value ? '' : changedText(shown.value, scenario.value))),
    update,
    follow() {
      effect(() => {
        const next = { opened: opened.value, scenario: scenario.value }
        const follows = on.value
        untracked(() => {
          const before = asked.peek()
          if (before?.opened === next.opened) {
            if (sameCourse(before.scenario, next.scenario)) return
            // another scenario is shown at once: nothing of it is on the screen yet
            if (!follows && before.scenario.id === next.scenario.id) return
          }
          update()
        })
      })
    },
  }
}

/** Most names in a reason. */
const mostNamed = 3

/** What differs between two scenarios, in words: "rho changed", "rho, dose changed", "the regimen changed". */
export function changedText(before: Scenario, after: Scenario): string {
  const names = [
    ...changedNames(before.parameters, after.parameters),
    ...changedNames(before.inputs, after.inputs),
    ...(before.regimen === after.regimen ? [] : ['the regimen']),
    ...(before.horizon === after.horizon ? [] : ['the length of the run']),
  ]
  const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : ''
  return `${names.slice(0, mostNamed).join(', ')}${more} changed`
}

type Values = Readonly<Record<string, number>>

function changedNames(before: Values, after: Values): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => before[name] !== after[name])
}
