import type { PanelDefinition } from '@cartkin/cart-models'
import { type PopulationSummary, summarizePopulation } from '@cartkin/compute'
import { batch, computed, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals'
import type { Workers } from '../compute/workers.ts'
import { type Scenario, sameCourse } from '../document/scenario.ts'
import type { OpenedModel } from './opened-model.ts'
import { bandLevels, type PopulationBands, percentileBands } from './percentile-bands.ts'
import { populationJob } from './population-job.ts'
import { refusalText } from './refusal-text.ts'
import { oneRun, whenResting } from './when-resting.ts'

export type PopulationState =
  | { readonly kind: 'none' }
  | { readonly kind: 'running'; readonly done: number; readonly total: number; readonly bands: PopulationBands | null }
  | { readonly kind: 'done'; readonly bands: PopulationBands; readonly seconds: number }
  | { readonly kind: 'failed'; readonly message: string }

/** A virtual population around the present scenario, and around those that stand beside it. */
export interface PopulationSession {
  readonly state: ReadonlySignal<PopulationState>
  /** The scenario that the bands belong to; null when there are none. */
  readonly of: ReadonlySignal<Scenario | null>
  /** Whether there are bands of a scenario that is no longer the present one. */
  readonly stale: ReadonlySignal<boolean>
  /** Whether bands are computed whenever the sliders rest, and given up by the next change. */
  readonly follows: Signal<boolean>
  /** Of the scenarios that want bands beside the present one, how many have them. */
  readonly beside: ReadonlySignal<{ readonly done: number; readonly total: number }>
  /** The whole population of any scenario; null where it is not there. */
  bandsFor(scenario: Scenario): PopulationBands | null
  run(): Promise<void>
  /** Ends a run and keeps what was there. */
  cancel(): void
  discard(): void
}

export const populationSize = 200
const subjectsPerJob = 10
/** How long the sliders rest before a population that follows them is computed anew. */
const restMilliseconds = 300
/** A model of no more quantities gets the bands of all, so that others may be shown without another run. */
const mostBands = 24
/** Most populations that are kept whole. */
const mostKept = 16

/** A population that was gathered whole. */
interface Whole {
  readonly of: Scenario
  readonly state: Extract<PopulationState, { readonly kind: 'done' }>
}

type Part = (done: number, gather: () => PopulationBands) => void

/** @param wanted scenarios beside the present one that want bands, too, where bands follow the sliders. */
export function createPopulationSession(
  workers: Workers,
  scenario: ReadonlySignal<Scenario>,
  opened: ReadonlySignal<OpenedModel>,
  panels: ReadonlySignal<readonly PanelDefinition[]>,
  wanted: ReadonlySignal<readonly Scenario[]>,
): PopulationSession {
  const state = signal<PopulationState>({ kind: 'none' })
  const of = signal<Scenario | null>(null)
  const follows = signal(false)
  const kept = signal<readonly Whole[]>([])
  const presentRun = oneRun()
  const quietRun = oneRun()
  const isQuiet = signal(false)
  /** Those beside the present one that have none. */
  const refused = signal<readonly Scenario[]>([])
  /** The last one that was shown whole. */
  let whole: Whole | null = null

  /** Gathers a population; null where it was given up, and what was said of it where it was refused. */
  const gathered = async (asked: Scenario, ended: AbortSignal, part: Part): Promise<Whole | string | null> => {
    const started = performance.now()
    const model = opened.peek()
    const shown = new Set(panels.peek().flatMap((panel) => panel.quantities))
    const quantities = model.quantities.size <= mostBands ? [...model.quantities.keys()] : [...shown]
    const { endpoints } = model
    const job = populationJob(model, asked, { from: 0, count: populationSize, quantities, endpoints })
    if (!job) return null
    const gather = (summary: PopulationSummary) => percentileBands(job.times, quantities, endpoints, summary)
    const answer = await summarizePopulation(workers.batch(), job, {
      chunk: subjectsPerJob,
      levels: bandLevels,
      signal: ended,
      onPart: (done, summary) => {
        if (!ended.aborted) part(done, () => gather(summary()))
      },
    })
    if (ended.aborted || answer.status === 'cancelled') return null
    if (answer.status !== 'ok') return refusalText(answer)
    const seconds = (performance.now() - started) / 1000
    const found: Whole = { of: asked, state: { kind: 'done', bands: gather(answer.result), seconds } }
    const others = kept.peek().filter((one) => !sameCourse(one.of, asked))
    kept.value = [...others.slice(-mostKept + 1), found]
    return found
  }

  const show = (found: Whole): void => {
    whole = found
    batch(() => {
      of.value = found.of
      state.value = found.state
    })
  }

  const run = async (): Promise<void> => {
    if (!opened.peek().population) return
    quietRun.end()
    const ended = presentRun.begin()
    const asked = scenario.peek()
    // what is drawn stays, faded, until the first part of its successor
    state.value = { kind: 'running', done: 0, total: populationSize, bands: bandsOf(state.peek()) }
    const answer = await gathered(asked, ended, (done, gather) => {
      const isShown = done % (4 * subjectsPerJob) === 0
      batch(() => {
        if (isShown) of.value = asked
        const bands = isShown ? gather() : bandsOf(state.peek())
        state.value = { kind: 'running', done, total: populationSize, bands }
      })
    })
    if (ended.aborted) return
    if (answer === null) goBack()
    else if (typeof answer === 'string') state.value = { kind: 'failed', message: answer }
    else show(answer)
  }

  /** To the last population that is whole. */
  const goBack = (): void => {
    batch(() => {
      of.value = whole?.of ?? null
      state.value = whole?.state ?? { kind: 'none' }
    })
  }

  const cancel = (): void => {
    presentRun.end()
    quietRun.end()
    if (state.peek().kind === 'running') goBack()
  }

  const find = (all: readonly Whole[], asked: Scenario): Whole | undefined =>
    all.find((one) => sameCourse(one.of, asked))

  whenResting({
    setting: computed(() => ({ opened: opened.value, scenario: scenario.value, follows: follows.value })),
    isSame: (a, b) => a.opened === b.opened && a.follows === b.follows && sameCourse(a.scenario, b.scenario),
    isWanted: (next) => next.follows,
    milliseconds: restMilliseconds,
    changed(next, before) {
      if (next.follows || before?.follows) cancel()
    },
    begin() {
      const known = find(kept.peek(), scenario.peek())
      if (known) show(known)
      else void run()
    },
  })

  // those beside the present one come after it, one at a time
  const isPresent = computed(() => of.value !== null && sameCourse(of.value, scenario.value))
  const next = computed(() => wanted.value.find((one) => !find(kept.value, one) && !refused.value.includes(one)))
  effect(() => {
    const asked = next.value
    const isFree = follows.value && state.value.kind === 'done' && isPresent.value && !isQuiet.value
    if (asked && isFree) untracked(() => void runQuietly(asked))
  })
  const runQuietly = async (asked: Scenario): Promise<void> => {
    const ended = quietRun.begin()
    isQuiet.value = true
    const answer = await gathered(asked, ended, () => {})
    if (typeof answer === 'string') refused.value = [...refused.peek(), asked]
    isQuiet.value = false
  }

  return {
    state,
    of,
    stale: computed(() => of.value !== null && bandsOf(state.value) !== null && !isPresent.value),
    follows,
    beside: computed(() => ({
      done: wanted.value.filter((one) => find(kept.value, one)).length,
      total: wanted.value.length,
    })),
    bandsFor: (asked) => find(kept.value, asked)?.state.bands ?? null,
    run,
    cancel() {
      follows.value = false
      cancel()
    },
    discard() {
      cancel()
      whole = null
      kept.value = []
      refused.value = []
      of.value = null
      state.value = { kind: 'none' }
    },
  }
}

/** The bands to draw in a state; null when there are none. */
export function bandsOf(state: PopulationState): PopulationBands | null {
  return state.kind === 'running' || state.kind === 'done' ? state.bands : null
}
