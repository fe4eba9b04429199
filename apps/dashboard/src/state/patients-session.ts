import type { PanelDefinition } from '@cartkin/cart-models'
import { runPopulation } from '@cartkin/compute'
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { Workers } from '../compute/workers.ts'
import { type Scenario, sameCourse } from '../document/scenario.ts'
import type { OpenedModel } from './opened-model.ts'
import { populationJob } from './population-job.ts'
import { refusalText } from './refusal-text.ts'
import { oneRun, whenResting } from './when-resting.ts'

/** Some virtual patients, patient by patient. */
export interface PatientsPart {
  /** Of each quantity their curves, one after the other; NaN where a run did not reach. */
  readonly courses: readonly Float64Array[]
  /** What was drawn for each, one after the other. */
  readonly drawn: Float64Array
}

/** Virtual patients whose curves are drawn one by one. */
export interface Patients {
  readonly times: Float64Array
  readonly quantities: readonly string[]
  /** Parts as they came, each of `patientsPerPart`. */
  readonly parts: readonly PatientsPart[]
  /** Names of what was drawn. */
  readonly drawnNames: readonly string[]
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
export const patientsPerPart = 100
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
  const present = oneRun()

  const run = async (): Promise<void> => {
    const ended = present.begin()
    const asked = scenario.peek()
    const quantities = [...new Set(panels.peek().flatMap((panel) => panel.quantities))]
    const parts: PatientsPart[] = []
    problem.value = ''
    for (let from = 0; from < mostPatients; from += patientsPerPart) {
      const job = populationJob(opened.peek(), asked, { from, count: patientsPerPart, quantities, endpoints: [] })
      if (!job) return
      const answer = await runPopulation(workers.batch(), job, { chunk: 10, signal: ended })
      if (ended.aborted || answer.status === 'cancelled') return
      if (answer.status !== 'ok') {
        problem.value = refusalText(answer)
        return
      }
      const { courses, parameters, parameterNames: drawnNames } = answer.result
      parts.push({ courses, drawn: parameters })
      const count = from + patientsPerPart
      patients.value = { times: job.times, quantities, parts: [...parts], drawnNames, count, of: asked }
    }
  }

  whenResting({
    setting: computed(() => ({
      opened: opened.value,
      scenario: scenario.value,
      on: on.value,
      panels: panels.value,
    })),
    isSame: (a, b) =>
      a.opened === b.opened && a.on === b.on && a.panels === b.panels && sameCourse(a.scenario, b.scenario),
    isWanted: (next) => next.on,
    milliseconds: restMilliseconds,
    changed(next, before) {
      present.end()
      if (!next.on || before?.opened !== next.opened) patients.value = null
    },
    begin: () => void run(),
  })
  return { on, patients, problem }
}
