import type { CompositionPart } from '@cartkin/model'
import type { EndpointDefinition, ExtinctionRule, Regimen, VirtualPopulation } from '@cartkin/simulation'
import type { FittingNote } from './fitting-note.ts'
import type { Scenario } from './scenario.ts'

/** How far a value can be trusted; 'memory' [M] and 'assumption' [A] are shown as such wherever the value is. */
export type Trust = 'found' | 'found-secondary' | 'memory' | 'derived' | 'assumption' | 'fitted'

/** What is known about a parameter's value. */
export interface ParameterNote {
  readonly trust: Trust
  /** Paper and table, or how it was obtained. */
  readonly source: string
  /** Process it belongs to, for grouping: 'CAR-T cells', 'B cells', 'Cytokines', 'Patient', … */
  readonly group: string
}

/** A published observation to be drawn behind a curve. */
export interface Observation {
  /** State or output it belongs to. */
  readonly quantity: string
  readonly time: number
  readonly value: number
  /** Range (quartiles, reported range) where there is one, and what it is. */
  readonly lower?: number
  readonly upper?: number
  readonly range?: string
  readonly label: string
  readonly source: string
  readonly trust: Trust
  /** Licence of the data when it is not free of conditions: 'CC BY-NC 4.0'. */
  readonly licence?: string
}

/** A panel of the model's default view. */
export interface PanelDefinition {
  readonly title: string
  readonly quantities: readonly string[]
  readonly unit: string
  readonly scale: 'linear' | 'log'
}

/** A library model in a whole: how it is named and connected there, as in `CompositionPart`. */
export interface LibraryPart extends Omit<CompositionPart, 'id' | 'text'> {
  /** Names the part in headings of the composed text; the id of the model where absent. */
  readonly id?: string
  readonly model: LibraryModel
}

/** A model of the library: its text and everything about it that is not in the text. */
export interface LibraryModel {
  readonly id: string
  readonly title: string
  readonly summary: string
  /** rxode2 text. */
  readonly text: string
  /** Identifier of what to cite: 'doi:…'. */
  readonly reference: string
  /** What to cite, written out. */
  readonly citation: string
  /** What the model is known not to do, one sentence each; shown wherever the model is described. */
  readonly limits: readonly string[]
  /** Day at which a run begins (7c: -10, 7b: -7). */
  readonly start: number
  /** Default horizon of views and runs, days. */
  readonly horizon: number
  readonly regimen: Regimen
  /** Other courses to compare the default one with. */
  readonly scenarios?: readonly Scenario[]
  readonly parameters: Readonly<Record<string, ParameterNote>>
  readonly panels: readonly PanelDefinition[]
  readonly endpoints: readonly EndpointDefinition[]
  readonly observations: readonly Observation[]
  readonly population?: VirtualPopulation
  /** How far the variability of the population can be trusted; there wherever there is a population. */
  readonly populationNote?: Omit<ParameterNote, 'group'>
  /** How it is fitted to the data of a patient; absent where nothing is known of that. */
  readonly fitting?: FittingNote
  /** Cells that may die out by chance, in virtual patients. */
  readonly extinction?: ExtinctionRule
  /** Identifiers of the calibration targets it is held against. */
  readonly targets: readonly string[]
  /** The models that it is made of. */
  readonly parts?: readonly LibraryPart[]
}
