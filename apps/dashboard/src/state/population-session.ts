import type { PanelDefinition } from '@cartkin/cart-models'
import { type PopulationSummary, summarizePopulation } from '@cartkin/compute'
import type { RandomEffectsPopulation, VirtualPopulation } from '@cartkin/simulation'
import { batch, computed, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals'
import type { Workers } from '../compute/workers.ts'
import { type Scenario, sameCourse } from '../document/scenario.ts'
import type { OpenedModel } from './opened-model.ts'
import { bandLevels, type PopulationBands, percentileBands } from './percentile-bands.ts'
import { refusalText } from './refusal-text.ts'

export type PopulationState =
  | { readonly kind: 'none' }
  | { readonly kind: 'running'; readonly done: number; readonly total: number; readonly bands: PopulationBands | null }
  | { readonly kind: 'done'; readonly bands: PopulationBands; readonly seconds: number }
  | { readonly kind: 'failed'; readonly message: string }

/** A virtual population around the present scenario. */
export interface PopulationSession {
  readonly state: ReadonlySignal<PopulationState>
  /** The scenario that the bands belong to; null when there are none. */
  readonly of: ReadonlySignal<Scenario | null>
  /** Whether there are bands of a scenario that is no longer the present one. */
  readonly stale: ReadonlySignal<boolean>
  /** Whether bands are computed whenever the sliders rest, and given up by the next change. */
  readonly follows: Signal<boolean>
  run(): Promise<void>
  /** Ends a run and keeps what was there. */
  cancel(): void
  discard(): void
}

export const populationSize = 200
export const populationSeed = 1
const subjectsPerJob = 10
/** How long the sliders rest before a population that follows them is computed anew. */
const restMilliseconds = 300
/** A model of no more quantities gets the bands of all, so that others may be shown without another run. */
const mostBands = 24

export function createPopulationSession(
  workers: Workers,
  scenario: ReadonlySignal<Scenario>,
  opened: ReadonlySignal<OpenedModel>,
  panels: ReadonlySignal<readonly PanelDefinition[]>,
): PopulationSession {
  const state = signal<PopulationState>({ kind: 'none' })
  const of = signal<Scenario | null>(null)
  const follows = signal(false)
  let current: AbortController | null = null
  let resting: ReturnType<typeof setTimeout> | undefined
  /** The last population that was gathered whole. */
  let whole: { readonly state: PopulationState; readonly of: Scenario } | null = null

  const run = async (): Promise<void> => {
    const { text, start, endpoints, population, extinction, bandTimes, quantities: all } = opened.peek()
    if (!population) return
    current?.abort()
    const controller = new AbortController()
    current = controller
    const started = performance.now()
    const asked = scenario.peek()
    const { regimen, inputs, parameters } = asked
    const times = bandTimes(asked.horizon)
    const shown = new Set(panels.peek().flatMap((panel) => panel.quantities))
    const quantities = all.size <= mostBands ? [...all.keys()] : [...shown]
    // what is drawn stays, faded, until the first part of its successor
    state.value = { kind: 'running', done: 0, total: populationSize, bands: bandsOf(state.peek()) }
    const gather = (summary: PopulationSummary) => percentileBands(times, quantities, endpoints, summary)
    const answer = await summarizePopulation(
      workers.batch(),
      {
        kind: 'population',
        text,
        parameters: { ...inputs, ...parameters },
        doses: { regimen },
        start,
        ...(extinction !== null && { extinction }),
        population: followingChanges(population, parameters),
        seed: populationSeed,
        from: 0,
        count: populationSize,
        times,
        quantities,
        endpoints,
      },
      {
        chunk: subjectsPerJob,
        levels: bandLevels,
        signal: controller.signal,
        onPart: (done, summary) => {
          if (current !== controller) return
          const isShown = done % (4 * subjectsPerJob) === 0
          batch(() => {
            if (isShown) of.value = asked
            const bands = isShown ? gather(summary()) : bandsOf(state.peek())
            state.value = { kind: 'running', done, total: populationSize, bands }
          })
        },
      },
    )
    if (current !== controller) return
    batch(() => {
      if (answer.status === 'ok') {
        of.value = asked
        state.value = { kind: 'done', bands: gather(answer.result), seconds: (performance.now() - started) / 1000 }
        whole = { state: state.value, of: asked }
      } else if (answer.status === 'cancelled') goBack()
      else state.value = { kind: 'failed', message: refusalText(answer) }
    })
  }

  /** To the last population that is whole. */
  const goBack = (): void => {
    of.value = whole?.of ?? null
    state.value = whole?.state ?? { kind: 'none' }
  }

  const cancel = (): void => {
    clearTimeout(resting)
    current?.abort()
  }

  let last: { readonly opened: OpenedModel; readonly scenario: Scenario; readonly follows: boolean } | null = null
  effect(() => {
    const next = { opened: opened.value, scenario: scenario.value, follows: follows.value }
    const before = last
    last = next
    untracked(() => {
      const isSame =
        before?.opened === next.opened && before.follows === next.follows && sameCourse(before.scenario, next.scenario)
      if (isSame || !next.follows) {
        if (before?.follows && !next.follows) cancel()
        return
      }
      cancel()
      resting = setTimeout(() => void run(), restMilliseconds)
    })
  })

  return {
    state,
    of,
    stale: computed(() => {
      const asked = of.value
      return asked !== null && bandsOf(state.value) !== null && !sameCourse(asked, scenario.value)
    }),
    follows,
    run,
    cancel() {
      follows.value = false
      cancel()
    },
    discard() {
      cancel()
      current = null
      whole = null
      of.value = null
      state.value = { kind: 'none' }
    },
  }
}

/** The bands to draw in a state; null when there are none. */
export function bandsOf(state: PopulationState): PopulationBands | null {
  return state.kind === 'running' || state.kind === 'done' ? state.bands : null
}

/** The population around changed parameters: their medians are the new values. */
export function followingChanges(
  population: VirtualPopulation | RandomEffectsPopulation,
  changed: Readonly<Record<string, number>>,
): VirtualPopulation | RandomEffectsPopulation {
  if ('randomEffects' in population) return population
  return {
    ...population,
    parameters: population.parameters.map((parameter) => {
      const median = changed[parameter.parameter]
      return median === undefined ? parameter : { ...parameter, median }
    }),
  }
}
