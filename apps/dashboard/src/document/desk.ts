// A new field of a document's types also gets its form, and its value in documents of earlier versions, in document-schema.ts.
import { type FitChoices, firstFitChoices } from './fit-choices.ts'
import { firstScenario, type Scenario, type ScenarioStart } from './scenario.ts'

/** How the scenarios of a desk are shown together. */
export type Comparison = 'overlay' | 'multiples' | 'difference'

/** What a difference to the reference is: how many times it, or how much more. */
export type Difference = 'ratio' | 'delta'

/** Ways to look at the panels that change nothing that is computed. */
export interface PanelChoices {
  /** Last time shown, at most the run's end; null for all of it. */
  readonly lastTime: number | null
  /** Times shown, where a part was zoomed into; null for those up to `lastTime`. */
  readonly period: { readonly low: number; readonly high: number } | null
  /** Quantities that were chosen to be shown, each on its own panel; null for the model's own panels. */
  readonly quantities: readonly string[] | null
  /** Panels shown on the other scale than their own, by title. */
  readonly scales: Readonly<Record<string, 'linear' | 'log'>>
  /** Titles of panels shown as tables. */
  readonly tables: readonly string[]
}

/** All that was chosen for one model, as plain data. Another model has a desk of its own, so nothing is lost between them. */
export interface Desk {
  /** In the order of the strip; at least one. */
  readonly scenarios: readonly Scenario[]
  /** Id of the scenario that sliders change. */
  readonly active: string
  readonly comparison: Comparison
  readonly difference: Difference
  /** Id of the scenario that others are compared with; null for the active one with the values that the model's text has. */
  readonly reference: string | null
  /** Bounds of sliders and fits that differ from the usual, by parameter. */
  readonly bounds: Readonly<Record<string, Bounds>>
  /** Parameters that a fit keeps. */
  readonly fixed: readonly string[]
  readonly fit: FitChoices
  /** Which quantity the endpoints of the data are, by their names in the data; '' for none. All others are guessed. */
  readonly observe: Readonly<Record<string, string>>
  readonly view: PanelChoices
}

export interface Bounds {
  readonly lower: number
  readonly upper: number
}

/** What a desk begins with. */
interface DeskStart extends ScenarioStart {
  readonly firstWindow: number | null
  /** Parameters that a fit keeps unless told otherwise (none). */
  readonly usuallyFixed?: readonly string[]
}

/** The desk of a model that is opened for the first time. */
export function firstDesk(start: DeskStart): Desk {
  const scenario = firstScenario(start)
  return {
    scenarios: [scenario],
    active: scenario.id,
    comparison: 'overlay',
    difference: 'ratio',
    reference: null,
    bounds: {},
    fixed: start.usuallyFixed ?? [],
    fit: firstFitChoices,
    observe: {},
    view: firstChoices(start.firstWindow),
  }
}

export function firstChoices(lastTime: number | null): PanelChoices {
  return { lastTime, period: null, quantities: null, scales: {}, tables: [] }
}

/** The scenario that sliders change. */
export function activeScenario({ scenarios, active }: Desk): Scenario {
  const found = scenarios.find(({ id }) => id === active) ?? scenarios[0]
  if (!found) throw new RangeError('a desk has a scenario at least')
  return found
}

/** The desk with its active scenario in another state. */
export function withActive(desk: Desk, change: (scenario: Scenario) => Scenario): Desk {
  const before = activeScenario(desk)
  return { ...desk, scenarios: desk.scenarios.map((scenario) => (scenario === before ? change(before) : scenario)) }
}
