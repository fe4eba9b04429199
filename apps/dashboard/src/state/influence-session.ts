import type { SensitivitiesAnswer } from '@cartkin/compute'
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { Workers } from '../compute/workers.ts'
import type { Desk } from '../document/desk.ts'
import { type Scenario, sameCourse } from '../document/scenario.ts'
import type { Sensitivities } from '../plot/influence.ts'
import { courseJob } from './course-job.ts'
import type { OpenedModel } from './opened-model.ts'
import { refusalText } from './refusal-text.ts'
import { oneRun, whenResting } from './when-resting.ts'

/** The sensitivities of one resting state. */
export interface FoundSensitivities extends Sensitivities {
  /** Parameters that cannot be followed, and why. */
  readonly leftOut: SensitivitiesAnswer['leftOut']
  /** Why the run ended early; empty where it reached the end. */
  readonly failure: string
}

export interface InfluenceState {
  /** The last ones that were found; null before. */
  readonly found: FoundSensitivities | null
  /** Whether others take their place soon. */
  readonly isStale: boolean
  /** Why there are none; empty where all is well. */
  readonly problem: string
}

/** How each parameter that is not fixed moves the curves of the active scenario, at all times at once, computed while the sliders rest. */
export interface InfluenceSession {
  /** Whether it is wanted: nothing is computed before. */
  readonly on: Signal<boolean>
  readonly state: ReadonlySignal<InfluenceState>
}

const nothing: InfluenceState = { found: null, isStale: false, problem: '' }
const restMilliseconds = 250

export function createInfluenceSession(
  workers: Workers,
  opened: ReadonlySignal<OpenedModel>,
  desk: ReadonlySignal<Pick<Desk, 'fixed'>>,
  scenario: ReadonlySignal<Scenario>,
  quantities: ReadonlySignal<readonly string[]>,
): InfluenceSession {
  const on = signal(false)
  const state = signal(nothing)
  const present = oneRun()

  /** A value of zero has no per cent. */
  const varied = (): readonly string[] => {
    const { fixed } = desk.peek()
    const { parameters } = scenario.peek()
    const all = [...opened.peek().parameters.values()].filter(({ name, value }) => (parameters[name] ?? value) !== 0)
    const free = all.filter(({ name }) => !fixed.includes(name))
    return (free.length > 0 ? free : all).map(({ name }) => name)
  }

  const run = async (): Promise<void> => {
    const ended = present.begin()
    const shown = quantities.peek()
    const { endpoints: _, solver: __, ...job } = courseJob(opened.peek(), scenario.peek())
    const answer = await workers
      .batch()
      .run({ ...job, kind: 'sensitivities', varied: varied(), quantities: shown }, { signal: ended })
    if (ended.aborted || answer.status === 'cancelled') return
    if (answer.status !== 'ok') {
      state.value = { ...nothing, problem: refusalText(answer) }
      return
    }
    const { outcome, leftOut, varied: names, at, values, derivatives } = answer.result
    const failure = outcome.status === 'failed' ? outcome.message : ''
    const found = { times: job.times, quantities: shown, varied: names, at, values, derivatives, leftOut, failure }
    state.value = { ...nothing, found }
  }

  whenResting({
    setting: computed(() => ({
      opened: opened.value,
      scenario: scenario.value,
      fixed: desk.value.fixed,
      quantities: quantities.value,
      on: on.value,
    })),
    isSame: (a, b) =>
      a.on === b.on &&
      a.opened === b.opened &&
      a.fixed === b.fixed &&
      a.quantities === b.quantities &&
      sameCourse(a.scenario, b.scenario),
    isWanted: (next) => next.on,
    milliseconds: restMilliseconds,
    changed(next, before) {
      present.end()
      const isKept = next.on && next.opened === before?.opened
      state.value = isKept ? { ...state.peek(), isStale: true } : nothing
    },
    begin: () => void run(),
  })
  return { on, state }
}
