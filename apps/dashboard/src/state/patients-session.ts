import type { PanelDefinition } from '@cartkin/cart-models'
import { runPopulation } from '@cartkin/compute'
import { effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals'
import type { Workers } from '../compute/workers.ts'
import { type Scenario, sameCourse } from '../document/scenario.ts'
import type { OpenedModel } from './opened-model.ts'
import { followingChanges, populationSeed } from './population-session.ts'
import { refusalText } from './refusal-text.ts'

/** Virtual patients whose curves are drawn one by one. */
export interface Patients {
  readonly times: Float64Array
  readonly quantities: readonly string[]
  /** Parts as they came: of each quantity the curves of some patients, patient by patient; NaN where a run did not reach. */
  readonly parts: readonly (readonly Float64Array[])[]
  readonly count: number
  readonly of: Scenario
}

export interface PatientsSession {
  readonly on: Signal<boolean>
  readonly patients: ReadonlySignal<Patients | null>
  /** Why there are none; empty where all is well. */
  readonly problem: ReadonlySignal<string>
}

export const mostPatients = 1000
const patientsPerPart = 100
const restMilliseconds = 600

/** The curves of virtual patients around the present scenario, part by part while the sliders rest. */
export function createPatientsSession(
  workers: Workers,
  scenario: ReadonlySignal<Scenario>,
  opened: ReadonlySignal<OpenedModel>,
  panels: ReadonlySignal<readonly PanelDefinition[]>,
): PatientsSession {
  const on = signal(false)
  const patients = signal<Patients | null>(null)
  const problem = signal('')
  let current: AbortController | null = null
  let resting: ReturnType<typeof setTimeout> | undefined

  const run = async (): Promise<void> => {
    const { text, start, population, extinction, bandTimes } = opened.peek()
    if (!population) return
    const controller = new AbortController()
    current = controller
    const asked = scenario.peek()
    const { regimen, inputs, parameters, horizon } = asked
    const times = bandTimes(horizon)
    const quantities = [...new Set(panels.peek().flatMap((panel) => panel.quantities))]
    const parts: (readonly Float64Array[])[] = []
    problem.value = ''
    for (let from = 0; from < mostPatients; from += patientsPerPart) {
      const answer = await runPopulation(
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
          from,
          count: patientsPerPart,
          times,
          quantities,
          endpoints: [],
        },
        { chunk: 10, signal: controller.signal },
      )
      if (current !== controller) return
      if (answer.status !== 'ok') {
        if (answer.status !== 'cancelled') problem.value = refusalText(answer)
        return
      }
      parts.push(answer.result.courses)
      patients.value = { times, quantities, parts: [...parts], count: from + patientsPerPart, of: asked }
    }
  }

  let last: {
    readonly opened: OpenedModel
    readonly scenario: Scenario
    readonly on: boolean
    readonly panels: unknown
  } | null = null
  effect(() => {
    const next = { opened: opened.value, scenario: scenario.value, on: on.value, panels: panels.value }
    const before = last
    last = next
    untracked(() => {
      const isSame =
        before?.opened === next.opened &&
        before.on === next.on &&
        before.panels === next.panels &&
        sameCourse(before.scenario, next.scenario)
      if (isSame) return
      current?.abort()
      current = null
      clearTimeout(resting)
      if (!next.on || before?.opened !== next.opened) patients.value = null
      if (next.on) resting = setTimeout(() => void run(), restMilliseconds)
    })
  })
  return { on, patients, problem }
}
