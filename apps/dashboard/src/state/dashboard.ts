import type { LibraryModel } from '@cartkin/cart-models'
import type { Answer, SimulateAnswer } from '@cartkin/compute'
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { latestOnly } from '../compute/latest-only.ts'
import type { Workers } from '../compute/workers.ts'
import { createPlotView, type PlotView } from '../plot/plot-view.ts'
import { type Course, courseOf } from './course.ts'
import { courseJob, type Precision } from './course-job.ts'
import { createFitSession, type FitSession } from './fit-session.ts'
import { createPopulationSession, type PopulationSession } from './population-session.ts'
import { openProject, type Project } from './project.ts'
import { refusalText } from './refusal-text.ts'
import { presetScenario, type Scenario, withParameters } from './scenario.ts'

export type RunStatus =
  | { readonly kind: 'loading' }
  | { readonly kind: 'running' }
  | { readonly kind: 'ready'; readonly milliseconds: number }
  | { readonly kind: 'failed'; readonly message: string }

/** What the page shows and what can be done on it. */
export interface Dashboard {
  readonly presets: readonly LibraryModel[]
  readonly scenario: ReadonlySignal<Scenario>
  readonly project: ReadonlySignal<Project>
  /** The latest course of the scenario, a preview while sliders move; null before the first. */
  readonly course: ReadonlySignal<Course | null>
  /** The latest course of full precision, computed once the sliders have been still for 150 ms. */
  readonly settled: ReadonlySignal<Course | null>
  /** The preset as published, kept while sliders move. */
  readonly reference: ReadonlySignal<Course | null>
  readonly status: ReadonlySignal<RunStatus>
  readonly view: PlotView
  readonly fit: FitSession
  readonly population: PopulationSession
  openPreset(id: string): void
  /** Sets parameters; `since` is when the person acted, on the clock of `performance.now()`. */
  setParameters(values: Readonly<Record<string, number>>, since?: number): void
  resetParameters(names?: readonly string[]): void
}

interface Request {
  readonly project: Project
  readonly parameters: Readonly<Record<string, number>>
  readonly precision: Precision
  readonly since: number | undefined
}

const settleMilliseconds = 150

/** The state of the page. The first preset is opened at once. */
export function createDashboard(presets: readonly LibraryModel[], firstPreset: string, workers: Workers): Dashboard {
  const scenario: Signal<Scenario> = signal(presetScenario(firstPreset))
  const presetId = computed(() => scenario.value.preset)
  const project = computed(() => openProject(find(presets, presetId.value)))
  const course = signal<Course | null>(null)
  const settled = signal<Course | null>(null)
  const reference = signal<Course | null>(null)
  const status = signal<RunStatus>({ kind: 'loading' })
  const view = createPlotView(find(presets, firstPreset).horizon)
  let settling: ReturnType<typeof setTimeout> | undefined

  /** For when a slider was moved before the preset itself had been computed. */
  const fetchReference = async (asked: Project): Promise<void> => {
    const answer = await workers.live.run(courseJob(asked, {}))
    if (answer.status === 'ok' && asked === project.peek()) reference.value ??= courseOf(answer.result)
  }

  const request = latestOnly(
    ({ project: asked, parameters, precision }: Request): Promise<Answer<SimulateAnswer>> =>
      workers.live.run(courseJob(asked, parameters, precision)),
    (answer, { project: asked, parameters, precision, since }) => {
      if (asked !== project.peek()) return
      if (answer.status !== 'ok') {
        status.value = { kind: 'failed', message: refusalText(answer) }
        return
      }
      const next = courseOf(answer.result)
      batch(() => {
        course.value = next
        if (precision === 'full') settled.value = next
        if (precision === 'full' && Object.keys(parameters).length === 0) reference.value = next
        status.value = next.failure
          ? { kind: 'failed', message: next.failure }
          : { kind: 'ready', milliseconds: next.milliseconds }
      })
      if (reference.peek() === null) void fetchReference(asked)
      if (since !== undefined) {
        performance.clearMeasures('slider-to-pixels')
        performance.measure('slider-to-pixels', { start: since })
      }
    },
  )

  const simulate = (precision: Precision, since?: number): void => {
    clearTimeout(settling)
    request({ project: project.peek(), parameters: scenario.peek().parameters, precision, since })
    if (precision === 'preview') settling = setTimeout(() => simulate('full'), settleMilliseconds)
  }

  const change = (next: Scenario, since?: number): void => {
    scenario.value = next
    simulate('preview', since)
  }

  const dashboard: Dashboard = {
    presets,
    scenario,
    project,
    course,
    settled,
    reference,
    status,
    view,
    fit: createFitSession(workers, scenario, project),
    population: createPopulationSession(workers, scenario, project),
    openPreset(id) {
      batch(() => {
        dashboard.fit.discard()
        dashboard.population.discard()
        view.reset(find(presets, id).horizon)
        course.value = null
        settled.value = null
        reference.value = null
        status.value = { kind: 'loading' }
        scenario.value = presetScenario(id)
      })
      simulate('full')
    },
    setParameters(values, since) {
      change(withParameters(scenario.peek(), values, project.peek().defaults), since)
    },
    resetParameters(names) {
      const kept = names ? Object.entries(scenario.peek().parameters).filter(([name]) => !names.includes(name)) : []
      change({ ...scenario.peek(), parameters: Object.fromEntries(kept) })
    },
  }
  simulate('full')
  return dashboard
}

function find(presets: readonly LibraryModel[], id: string): LibraryModel {
  const preset = presets.find((candidate) => candidate.id === id)
  if (!preset)
    throw new RangeError(`no preset "${id}"; there are ${presets.map((candidate) => candidate.id).join(', ')}`)
  return preset
}
