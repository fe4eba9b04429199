import type { LibraryModel, LibraryShelf, PanelDefinition } from '@cartkin/cart-models'
import type { Model } from '@cartkin/model'
import type { RegimenDose } from '@cartkin/simulation'
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { Workers } from '../compute/workers.ts'
import { createPlotView, type PlotView } from '../plot/plot-view.ts'
import { carriedOver } from './carried-over.ts'
import type { Precision } from './course-job.ts'
import { type CourseSession, createCourseSession } from './course-session.ts'
import { createFitSession, type FitSession } from './fit-session.ts'
import { openLibraryModel } from './open-library-model.ts'
import { openText } from './open-text.ts'
import { createPopulationSession, type PopulationSession } from './population-session.ts'
import type { Project } from './project.ts'
import { quantityPanels } from './quantity-panels.ts'
import { firstScenario, type Scenario, withInput, withParameters } from './scenario.ts'

/** A project as a person left it. */
interface Opened {
  readonly project: Project
  readonly scenario: Scenario
}

/** What the page shows and what can be done on it. */
export interface Dashboard extends Pick<CourseSession, 'course' | 'settled' | 'reference' | 'status'> {
  /** The models to choose from. */
  readonly shelves: readonly LibraryShelf[]
  readonly scenario: ReadonlySignal<Scenario>
  readonly project: ReadonlySignal<Project>
  /** The model made of the person's own text; null before there is one. It keeps its inputs, doses and parameters. */
  readonly own: ReadonlySignal<Project | null>
  readonly panels: ReadonlySignal<readonly PanelDefinition[]>
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

/** The state of the page. The first preset is opened at once. */
export function createDashboard(shelves: readonly LibraryShelf[], firstPreset: string, workers: Workers): Dashboard {
  const presets = shelves.flatMap(({ models }) => models)
  const first = openLibraryModel(find(presets, firstPreset))
  const project: Signal<Project> = signal(first)
  const scenario: Signal<Scenario> = signal(firstScenario(first))
  const own = signal<Opened | null>(null)
  const view = createPlotView(first.firstWindow)
  const panels = computed(() => {
    const chosen = view.quantities.value
    return chosen ? quantityPanels(chosen, project.value.quantities) : project.value.panels
  })
  const courses = createCourseSession(workers, scenario, project)
  const fit = createFitSession(workers, scenario, project)
  const population = createPopulationSession(workers, scenario, project, panels)

  const change = (next: Scenario, precision: Precision, since?: number): void => {
    scenario.value = next
    const mine = own.peek()?.project
    if (mine && mine === project.peek()) own.value = { project: mine, scenario: next }
    courses.simulate(precision, since)
  }

  const open = (next: Opened): void => {
    batch(() => {
      fit.discard()
      population.discard()
      courses.discard()
      view.reset(next.project.firstWindow)
      project.value = next.project
      scenario.value = next.scenario
    })
    courses.simulate('full')
  }

  courses.simulate('full')
  return {
    shelves,
    scenario,
    project,
    own: computed(() => own.value?.project ?? null),
    panels,
    course: courses.course,
    settled: courses.settled,
    reference: courses.reference,
    status: courses.status,
    view,
    fit,
    population,
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
}

function find(presets: readonly LibraryModel[], id: string): LibraryModel {
  const preset = presets.find((candidate) => candidate.id === id)
  if (!preset)
    throw new RangeError(`no preset "${id}"; there are ${presets.map((candidate) => candidate.id).join(', ')}`)
  return preset
}
