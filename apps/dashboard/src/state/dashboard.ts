import type { PanelDefinition } from '@cartkin/cart-models'
import type { ParseResult } from '@cartkin/model'
import type { Regimen } from '@cartkin/simulation'
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { Workers } from '../compute/workers.ts'
import { observe } from '../datasets/observe.ts'
import type { ObservedData } from '../datasets/observed-data.ts'
import { activeScenario, type Desk, firstDesk, type PanelChoices, withActive } from '../document/desk.ts'
import { createHistory, type History } from '../document/history.ts'
import { ownModel, type ProjectDocument, withDesk } from '../document/project-document.ts'
import { type Scenario, withInput, withParameters } from '../document/scenario.ts'
import { drawnScenarios } from '../document/scenes.ts'
import { createPlotView, type PlotView } from '../plot/plot-view.ts'
import { noneSelected } from '../plot/selected.ts'
import type { Precision } from './course-job.ts'
import { type CourseSession, createCourseSession } from './course-session.ts'
import { createDataSession, type DataSession } from './data-session.ts'
import { subjectData } from './fit-data.ts'
import { createFitSession, type FitSession } from './fit-session.ts'
import { createInfluenceSession, type InfluenceSession } from './influence-session.ts'
import { createLiveMode, type LiveMode } from './live-mode.ts'
import type { ModelIndex, ModelShelf } from './model-shelf.ts'
import type { OpenedModel } from './opened-model.ts'
import { type OwnText, ownDocument } from './own-document.ts'
import { createPatientsSession, type PatientsSession } from './patients-session.ts'
import { createPopulationSession, type PopulationSession } from './population-session.ts'
import { quantityPanels } from './quantity-panels.ts'
import { createScanSession, type ScanSession } from './scan-session.ts'
import { createScenarioCourses } from './scenario-courses.ts'
import { createScene, type Scene } from './scene.ts'

/** What the page shows and what can be done on it. Whatever changes the document is a step that can be undone. */
export interface Dashboard extends Pick<CourseSession, 'course' | 'settled' | 'settledFor' | 'reference' | 'status'> {
  /** The models to choose from. */
  readonly index: ModelIndex
  /** The project as a person has made it, with its past. */
  readonly history: Omit<History<ProjectDocument>, 'commit' | 'seal'>
  /** The model in use. */
  readonly opened: ReadonlySignal<OpenedModel>
  /** All that was chosen for it. */
  readonly desk: ReadonlySignal<Desk>
  /** The scenario that sliders change. */
  readonly scenario: ReadonlySignal<Scenario>
  /** Text of the person's own model; null before there is one. */
  readonly ownText: ReadonlySignal<string | null>
  /** The scenarios of the desk as they are shown together. */
  readonly scene: Scene
  readonly panels: ReadonlySignal<readonly PanelDefinition[]>
  /** Whether curves follow every change, or wait to be asked. */
  readonly live: Omit<LiveMode, 'follow'>
  readonly view: PlotView
  readonly fit: FitSession
  readonly population: PopulationSession
  /** The data of the project. */
  readonly data: DataSession
  /** They, held against the model in use; null while there are none. */
  readonly observed: ReadonlySignal<ObservedData | null>
  /** Says which quantity of the model the values that the data call so are; '' for none. */
  observeAs(label: string, quantity: string): void
  readonly scan: ScanSession
  /** What the parameters do to the curves. */
  readonly influence: InfluenceSession
  /** Virtual patients whose curves are drawn one by one. */
  readonly patients: PatientsSession
  /** Opens a model, a library's or `ownModel`, as it was left. */
  openModel(id: string): Promise<void>
  /** Names the project; empty for the model's own title. */
  rename(name: string): void
  /** Takes another document for the present one, as a step of this name; rejects with a RangeError where its model cannot be opened. */
  openDocument(document: ProjectDocument, label: string): Promise<void>
  /** What stands in the editor: the text of the model in use, unless the person's own has a draft. */
  readonly text: ReadonlySignal<string>
  /** A text as the language reads it; null while the language is not there. */
  readText(text: string): ParseResult | null
  /** Fetches the language; rejects where that cannot be done, and may be called again. */
  loadLanguage(): Promise<void>
  /** Keeps a text as it is being written; a library model becomes the person's own copy. Ends with `endStep`. */
  draftText(text: string): void
  /** Makes a text without errors the person's own model; what was chosen for the one before stays where its names are the same; `since` as in `setParameters`. */
  useText(text: string, since?: number): void
  /** Changes the desk by a step with this name; with `merge`, the step before goes on if it has the same. */
  changeDesk(label: string, change: (desk: Desk) => Desk, merge?: string): void
  /** Sets parameters; `since` is when the person acted, on the clock of `performance.now()`. Ends with `endStep`. */
  setParameters(values: Readonly<Record<string, number>>, since?: number): void
  /** Ends a step that goes on, as when a slider is let go. */
  endStep(): void
  resetParameters(names?: readonly string[]): void
  /** Gives an input a value, or takes it away. */
  setInput(name: string, value: number | null): void
  /** Another regimen, by a step of this name; with `merge` the step before goes on, as while a dose is dragged. */
  setRegimen(regimen: Regimen, label?: string, merge?: string): void
  setHorizon(horizon: number): void
  /** Another way to look; with `merge` the step before goes on, as while a wheel turns. */
  setView(label: string, choices: Partial<PanelChoices>, merge?: string): void
}

/** The state of the page, from a document to begin with; ready once its model is there. */
export async function createDashboard(
  shelf: ModelShelf,
  document: ProjectDocument,
  workers: Workers,
): Promise<Dashboard> {
  /** A model that is open has a desk. */
  const withOpenDesk = (next: ProjectDocument, model: OpenedModel): ProjectDocument =>
    next.desks[next.open] ? next : withDesk(next, next.open, firstDesk(model))

  const first = await shelf.load(document)
  const history = createHistory(withOpenDesk(document, first))
  const { present } = history
  const opened: Signal<OpenedModel> = signal(first)
  const desk = computed(() => present.value.desks[opened.value.id] ?? firstDesk(opened.value))
  const scenario = computed(() => activeScenario(desk.value))
  const view = createPlotView(computed(() => desk.value.view))
  const panels = computed(() => {
    const chosen = view.quantities.value
    return chosen ? quantityPanels(chosen, opened.value.quantities) : opened.value.panels
  })
  const wantedBeside = computed(() => {
    const { active, reference, scenarios } = desk.value
    const compared = scenarios.filter(({ id }) => id === reference)
    return [...compared, ...drawnScenarios(desk.value)].filter(({ id }) => id !== active)
  })
  const idle = signal(false)
  const kept = createScenarioCourses(workers, opened, wantedBeside, idle)
  const courses = createCourseSession(workers, scenario, opened, kept)
  effect(() => {
    const { kind } = courses.status.value
    const isSettled = courses.course.value === courses.settled.value
    idle.value = kind === 'failed' || (isSettled && kind !== 'running' && kind !== 'loading')
  })
  const scene = createScene(desk, courses, kept)
  /** How the change under way wants its course computed. */
  let wanted: { readonly precision: Precision; readonly since?: number } = { precision: 'full' }
  const live = createLiveMode(opened, scenario, () => courses.simulate(wanted.precision, wanted.since))
  const sideBySide = computed(() =>
    scene.comparison.value === 'multiples' ? scene.others.value.map((other) => other.scenario) : [],
  )
  const population = createPopulationSession(workers, live.shown, opened, panels, sideBySide)
  const data = createDataSession(
    computed(() => present.value.data),
    {
      spawn: workers.reader,
      openStore: async () => (await import('../datasets/data-store.ts')).openDataStore(),
      commit: (data, label, merge) =>
        history.commit({ ...present.peek(), data }, { label, ...(merge !== undefined && { merge }) }),
    },
  )
  const observedAs = computed(() => desk.value.observe)
  const horizon = computed(() => scenario.value.horizon)
  const observed = computed(() => {
    const [reading, choice] = [data.reading.value, data.choice.value]
    return reading && choice ? observe(reading, choice, observedAs.value, opened.value, horizon.value) : null
  })

  const ownData = computed(() => {
    const [found, choice] = [observed.value?.data, data.choice.value]
    return found && choice ? subjectData(choice, found) : null
  })
  const fit = createFitSession(workers, { scenario, opened, desk, status: courses.status, ownData })
  const scan = createScanSession(workers, opened, desk, scenario)
  const shownQuantities = computed(() => panels.value.flatMap((panel) => panel.quantities))
  const influence = createInfluenceSession(workers, opened, desk, live.shown, shownQuantities)

  const use = (next: OpenedModel): void => {
    if (next === opened.peek()) return
    batch(() => {
      fit.subject.value = null
      population.discard()
      courses.discard(next.origin === opened.peek().origin)
      kept.discard()
      view.cursor.value = null
      view.selected.value = noneSelected
      opened.value = next
    })
  }
  // whatever made the document what it is, an action, undo or a link: the model in use is the one that it has open
  effect(() => {
    const wanted = present.value
    const next = shelf.peek(wanted)
    if (next) use(next)
    else void shelf.load(wanted).then((loaded) => present.peek().open === wanted.open && use(loaded))
  })

  live.follow()

  const changeDesk: Dashboard['changeDesk'] = (label, change, merge) => {
    const before = desk.peek()
    const after = change(before)
    if (after === before) return
    const next = withDesk(present.peek(), opened.peek().id, after)
    history.commit(next, { label, ...(merge !== undefined && { merge }) })
  }
  const changeScenario = (label: string, change: (scenario: Scenario) => Scenario, merge?: string): void =>
    changeDesk(label, (before) => withActive(before, change), merge)
  /** A preview now, and the full course once the hand rests. */
  const livelily = (since: number | undefined, act: () => void): void => {
    wanted = { precision: 'preview', ...(since !== undefined && { since }) }
    act()
    wanted = { precision: 'full' }
  }

  const commitOwn = (own: OwnText): void => {
    const next = ownDocument(present.peek(), own, shelf, opened.peek(), desk.peek())
    history.commit(next, { label: 'Model text', merge: 'text' })
  }

  return {
    index: shelf.index,
    history,
    opened,
    desk,
    scenario,
    ownText: computed(() => present.value.ownText),
    scene,
    panels,
    course: courses.course,
    settled: courses.settled,
    settledFor: courses.settledFor,
    reference: courses.reference,
    status: courses.status,
    live,
    view,
    fit,
    population,
    data,
    observed,
    observeAs(label, quantity) {
      const named = label === '' ? 'Values' : label
      changeDesk(`${named}: ${quantity || 'not used'}`, (before) => ({
        ...before,
        observe: { ...before.observe, [label]: quantity },
      }))
    },
    scan,
    influence,
    patients: createPatientsSession(workers, live.shown, opened, panels),
    changeDesk,
    rename(name) {
      if (name !== present.peek().name) history.commit({ ...present.peek(), name }, { label: 'Name of the project' })
    },
    async openDocument(next, label) {
      const model = await shelf.load(next)
      history.commit(withOpenDesk(next, model), { label })
    },
    async openModel(id) {
      const model = await shelf.load({ ...present.peek(), open: id })
      const next = { ...present.peek(), open: id }
      history.commit(withOpenDesk(next, model), { label: `Open ${model.title}` })
    },
    text: computed(() => {
      const { open, draft, ownText } = present.value
      return (open === ownModel ? (draft ?? ownText) : null) ?? opened.value.text
    }),
    readText: shelf.read,
    loadLanguage: shelf.loadLanguage,
    draftText(draft) {
      commitOwn({ text: opened.peek().text, draft })
    },
    useText(text, since) {
      livelily(since, () => commitOwn({ text, draft: null }))
    },
    setParameters(values, since) {
      const names = Object.keys(values)
      const label = names.length === 1 ? names.join() : `${names.length} parameters`
      const { defaults } = opened.peek()
      livelily(since, () =>
        changeScenario(label, (before) => withParameters(before, values, defaults), `parameters ${names.join()}`),
      )
    },
    endStep: history.seal,
    resetParameters(names) {
      const isKept = (name: string): boolean => names !== undefined && !names.includes(name)
      const label = names?.length === 1 ? `Reset ${names.join()}` : 'Reset parameters'
      livelily(undefined, () =>
        changeScenario(label, (before) => {
          const kept = Object.entries(before.parameters).filter(([name]) => isKept(name))
          return { ...before, parameters: Object.fromEntries(kept) }
        }),
      )
    },
    setInput(name, value) {
      changeScenario(name, (before) => withInput(before, name, value))
    },
    setRegimen(regimen, label = 'Regimen', merge) {
      const act = (): void => changeScenario(label, (before) => ({ ...before, regimen }), merge)
      if (merge === undefined) act()
      else livelily(undefined, act)
    },
    setHorizon(horizon) {
      changeScenario('Run until', (before) => ({ ...before, horizon }))
    },
    setView(label, choices, merge) {
      changeDesk(label, (before) => ({ ...before, view: { ...before.view, ...choices } }), merge)
    },
  }
}
