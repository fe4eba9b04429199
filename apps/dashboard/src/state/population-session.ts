import type { PanelDefinition } from '@cartkin/cart-models'
import { type PopulationSummary, summarizePopulation } from '@cartkin/compute'
import type { RandomEffectsPopulation, VirtualPopulation } from '@cartkin/simulation'
import { type ReadonlySignal, signal } from '@preact/signals'
import type { Workers } from '../compute/workers.ts'
import type { Scenario } from '../document/scenario.ts'
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
  /** The scenario that the population belongs to; null when there is none. */
  readonly of: ReadonlySignal<Scenario | null>
  run(): Promise<void>
  /** Ends a run and keeps what was there. */
  cancel(): void
  discard(): void
}

export const populationSize = 200
export const populationSeed = 1
const subjectsPerJob = 10
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
  let current: AbortController | null = null

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
    of.value = asked
    state.value = { kind: 'running', done: 0, total: populationSize, bands: null }
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
          const bands = isShown ? gather(summary()) : bandsOf(state.peek())
          state.value = { kind: 'running', done, total: populationSize, bands }
        },
      },
    )
    if (current !== controller) return
    if (answer.status === 'ok')
      state.value = { kind: 'done', bands: gather(answer.result), seconds: (performance.now() - started) / 1000 }
    else if (answer.status === 'cancelled') state.value = { kind: 'none' }
    else state.value = { kind: 'failed', message: refusalText(answer) }
  }

  const cancel = (): void => current?.abort()

  return {
    state,
    of,
    run,
    cancel,
    discard() {
      cancel()
      current = null
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
function followingChanges(
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
