import type { LibraryModel, PanelDefinition } from '@cartkin/cart-models'
import type { Answer, SimulateAnswer } from '@cartkin/compute'
import type { Model } from '@cartkin/model'
import type { MissingInput, RegimenDose } from '@cartkin/simulation'
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { latestOnly } from '../compute/latest-only.ts'
import type { Workers } from '../compute/workers.ts'
import { createPlotView, type PlotView } from '../plot/plot-view.ts'
import { carriedOver } from './carried-over.ts'
import { type Course, courseOf } from './course.ts'
import { courseJob, type Precision } from './course-job.ts'
import { createFitSession, type FitSession } from './fit-session.ts'
import { openLibraryModel } from './open-library-model.ts'
import { openText } from './open-text.ts'
import { createPopulationSession, type PopulationSession } from './population-session.ts'
import type { Project } from './project.ts'
import { quantityPanels } from './quantity-panels.ts'
import { refusalText } from './refusal-text.ts'
import { firstScenario, type Scenario, sameSetting, withInput, withParameters } from './scenario.ts'

export type RunStatus =
  | { readonly kind: 'loading' }
  | { readonly kind: 'running' }
  | { readonly kind: 'ready'; readonly milliseconds: number }
  /** Inputs of the model have no value yet. */
  | { readonly kind: 'waiting'; readonly inputs: readonly MissingInput[] }
  | { readonly kind: 'failed'; readonly message: string }

/** A project as a person left it. */
interface Opened {
  readonly project: Project
  readonly scenario: Scenario
}

/** What the page shows and what can be done on it. */
export interface Dashboard {
  readonly presets: readonly LibraryModel[]
  readonly scenario: ReadonlySignal<Scenario>
  readonly project: ReadonlySignal<Project>
  /** The model made of the person's own text; null before there is one. It keeps its inputs, doses and parameters. */
  readonly own: ReadonlySignal<Project | null>
  readonly panels: ReadonlySignal<readonly PanelDefinition[]>
  /** The latest course of the scenario, a preview while sliders move; null before the first. */
  readonly course: ReadonlySignal<Course | null>
  /** The latest course of full precision, computed once the sliders have been still for 150 ms. */
  readonly settled: ReadonlySignal<Course | null>
  /** The same with all parameters as the text has them, kept while sliders move. */
  readonly reference: ReadonlySignal<Course | null>
  readonly status: ReadonlySignal<RunStatus>
  readonly view: PlotView
  readonly fit: FitSession
  readonly population: PopulationSession
  openPreset(id: string): void
  /** Opens a model of the person's own; what was chosen for the one before stays where its names are the same. */
  openModel(model: Model): void
  /** Back to the person's own model, as it was left. */
  openOwn(): void
  /** Sets parameters; `since` is when the person acted, on the clock of `performance.now()`. */
  setParameters(values: Readonly<Record<string, number>>, since?: number): void
  resetParameters(names?: readonly string[]): void
  /** Gives an input a value, or takes it away. */
  setInput(name: string, value: number | null): void
  setDoses(doses: readonly RegimenDose[]): void
  setHorizon(horizon: number): void
}

interface Request extends Opened {
  readonly precision: Precision
  readonly since: number | undefined
}

const settleMilliseconds = 150
/** A run that takes longer is said to be running. */
const noticeableMilliseconds = 300

/** The state of the page. The first preset is opened at once. */
export function createDashboard(presets: readonly LibraryModel[], firstPreset: string, workers: Workers): Dashboard {
  const first = openLibraryModel(find(presets, firstPreset))
  const project: Signal<Project> = signal(first)
  const scenario: Signal<Scenario> = signal(firstScenario(first))
  const own = signal<Opened | null>(null)
  const course = signal<Course | null>(null)
  const settled = signal<Course | null>(null)
  const reference = signal<Course | null>(null)
  const status = signal<RunStatus>({ kind: 'loading' })
  const view = createPlotView(first.firstWindow)
  const panels = computed(() => {
    const chosen = view.quantities.value
    return chosen ? quantityPanels(chosen, project.value.quantities) : project.value.panels
  })
  /** The scenario whose setting the reference has, or will have. */
  let referenceOf: Scenario | null = null
  let settling: ReturnType<typeof setTimeout> | undefined
  let noticing: ReturnType<typeof setTimeout> | undefined
  /** Ends the work on the present project. */
  let closing = new AbortController()

  const run = (asked: Project, wanted: Scenario, precision?: Precision): Promise<Answer<SimulateAnswer>> =>
    workers.live.run(courseJob(asked, wanted, precision), { signal: closing.signal })

  /** For when parameters were changed before the text's own values had been computed. */
  const fetchReference = async (asked: Project, changed: Scenario): Promise<void> => {
    const wanted = { ...changed, parameters: {} }
    referenceOf = wanted
    const answer = await run(asked, wanted)
    if (referenceOf !== wanted) return
    if (answer.status === 'ok') reference.value = courseOf(answer.result)
    else referenceOf = null
  }

  const forget = (): void => {
    course.value = null
    settled.value = null
    reference.value = null
    referenceOf = null
  }

  const request = latestOnly(
    ({ project: asked, scenario: wanted, precision }: Request) => run(asked, wanted, precision),
    (answer, { project: asked, scenario: wanted, precision, since }) => {
      if (asked !== project.peek()) return
      clearTimeout(noticing)
      if (answer.status === 'missing-inputs') {
        batch(() => {
          forget()
          status.value = { kind: 'waiting', inputs: answer.inputs }
        })
        return
      }
      if (answer.status === 'cancelled') return
      if (answer.status !== 'ok') {
        status.value = { kind: 'failed', message: refusalText(answer) }
        return
      }
      const next = courseOf(answer.result)
      const isReference = precision === 'full' && Object.keys(wanted.parameters).length === 0
      batch(() => {
        course.value = next
        if (precision === 'full') settled.value = next
        if (isReference) {
          reference.value = next
          referenceOf = wanted
        }
        status.value = next.failure
          ? { kind: 'failed', message: next.failure }
          : { kind: 'ready', milliseconds: next.milliseconds }
      })
      if (referenceOf === null || !sameSetting(referenceOf, wanted)) void fetchReference(asked, wanted)
      if (since !== undefined) {
        performance.clearMeasures('slider-to-pixels')
        performance.measure('slider-to-pixels', { start: since })
      }
    },
  )

  const simulate = (precision: Precision, since?: number): void => {
    clearTimeout(settling)
    clearTimeout(noticing)
    request({ project: project.peek(), scenario: scenario.peek(), precision, since })
    if (precision === 'preview') settling = setTimeout(() => simulate('full'), settleMilliseconds)
    noticing = setTimeout(() => {
      status.value = { kind: 'running' }
    }, noticeableMilliseconds)
  }

  const change = (next: Scenario, precision: Precision, since?: number): void => {
    scenario.value = next
    const { project: mine } = own.peek() ?? {}
    if (mine && mine === project.peek()) own.value = { project: mine, scenario: next }
    simulate(precision, since)
  }

  const open = (next: Opened): void => {
    closing.abort()
    closing = new AbortController()
    batch(() => {
      dashboard.fit.discard()
      dashboard.population.discard()
      view.reset(next.project.firstWindow)
      forget()
      status.value = { kind: 'loading' }
      project.value = next.project
      scenario.value = next.scenario
    })
    simulate('full')
  }

  const dashboard: Dashboard = {
    presets,
    scenario,
    project,
    own: computed(() => own.value?.project ?? null),
    panels,
    course,
    settled,
    reference,
    status,
    view,
    fit: createFitSession(workers, scenario, project),
    population: createPopulationSession(workers, scenario, project, panels),
    openPreset(id) {
      const preset = openLibraryModel(find(presets, id))
      open({ project: preset, scenario: firstScenario(preset) })
    },
    openModel(model) {
      const before = own.peek()
      const mine = openText(model)
      const left = before ? carriedOver(before.project, before.scenario, mine) : firstScenario(mine)
      own.value = { project: mine, scenario: left }
      open({ project: mine, scenario: left })
    },
    openOwn() {
      const mine = own.peek()
      if (mine) open(mine)
    },
    setParameters(values, since) {
      change(withParameters(scenario.peek(), values, project.peek().defaults), 'preview', since)
    },
    resetParameters(names) {
      const kept = names ? Object.entries(scenario.peek().parameters).filter(([name]) => !names.includes(name)) : []
      change({ ...scenario.peek(), parameters: Object.fromEntries(kept) }, 'preview')
    },
    setInput(name, value) {
      change(withInput(scenario.peek(), name, value), 'full')
    },
    setDoses(doses) {
      change({ ...scenario.peek(), doses }, 'full')
    },
    setHorizon(horizon) {
      change({ ...scenario.peek(), horizon }, 'full')
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
