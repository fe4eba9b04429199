import type { FittingNote, Observation, PanelDefinition, Trust } from '@cartkin/cart-models'
import type { Model, Parameter } from '@cartkin/model'
import type {
  EndpointDefinition,
  ExtinctionRule,
  RandomEffectsPopulation,
  Regimen,
  VirtualPopulation,
} from '@cartkin/simulation'

/** A parameter as the parameter list shows it. */
export interface ParameterInfo {
  readonly name: string
  readonly label: string
  readonly unit: string
  readonly value: number
  /** Smallest and largest value the model allows. */
  readonly lowest: number
  readonly highest: number
  /** The scale on which the model uses it. */
  readonly transform: Parameter['transform']
  /** Standard deviation of a random effect; undefined for what is none, or has no variance in the text. */
  readonly deviation: number | undefined
  /** Where its value comes from; null where nothing is known of that. */
  readonly evidence: { readonly trust: Trust | null; readonly source: string } | null
}

export interface ParameterGroup {
  readonly name: string
  /** Shown unfolded at first. */
  readonly open: boolean
  readonly parameters: readonly ParameterInfo[]
}

export interface QuantityInfo {
  readonly name: string
  readonly label: string
  readonly unit: string
}

/** A scenario that comes with a model. */
export interface ReadyMade {
  readonly id: string
  readonly title: string
  readonly regimen: Regimen
  /** Parameter values that differ from the text's. */
  readonly parameters: Readonly<Record<string, number>>
  /** Where these values come from; empty where nothing is told. */
  readonly source: string
}

/** A model made ready for the screen: its text read once, with all that is known or chosen about it. */
export interface OpenedModel {
  /** Identifies it among the library models and the person's own (`ownModel`). */
  readonly id: string
  /** The library model that it is or is an edited copy of; its own id for others. */
  readonly origin: string
  /** Whether its text is the person's own. */
  readonly isOwn: boolean
  readonly title: string
  /** Citation; empty where there is none. */
  readonly reference: string
  readonly text: string
  readonly model: Model
  /** Unit of time as the text writes it; empty where it is not known. */
  readonly timeUnit: string
  /** Where a run begins. */
  readonly start: number
  /** Where it ends, unless told otherwise. */
  readonly horizon: number
  /** What is given, unless told otherwise. */
  readonly regimen: Regimen
  /** Regimens of the library for this model, the usual one first, each once. */
  readonly regimens: readonly Regimen[]
  /** Times up to the horizon that views may end at. */
  readonly windows: (horizon: number) => readonly number[]
  /** The one that they end at first; null for the horizon. */
  readonly firstWindow: number | null
  /** Times at which a course is read. */
  readonly times: (horizon: number) => Float64Array
  /** The coarser ones at which the bands of a population are. */
  readonly bandTimes: (horizon: number) => Float64Array
  readonly groups: readonly ParameterGroup[]
  readonly parameters: ReadonlyMap<string, ParameterInfo>
  readonly defaults: ReadonlyMap<string, number>
  /** What the text leaves open: a run needs a value for each. */
  readonly inputs: readonly Parameter[]
  readonly quantities: ReadonlyMap<string, QuantityInfo>
  /** Panels unless quantities have been chosen. */
  readonly panels: readonly PanelDefinition[]
  readonly endpoints: readonly EndpointDefinition[]
  readonly observations: readonly Observation[]
  /** Scenarios that come with it. */
  readonly readyMade: readonly ReadyMade[]
  readonly population: VirtualPopulation | RandomEffectsPopulation | null
  /** How patients are fitted each alone, where the library says it; else null. */
  readonly fitting: FittingNote | null
  /** Parameters that a fit keeps unless told otherwise. */
  readonly usuallyFixed: readonly string[]
  /** Cells that may die out by chance, in virtual patients; null where there are none. */
  readonly extinction: ExtinctionRule | null
}
