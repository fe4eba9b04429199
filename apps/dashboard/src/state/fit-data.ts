import type { AxiCelFit, Observation } from '@cartkin/cart-models'
import { type EventRecord, isDose, type Subject } from '@cartkin/simulation'
import type { EventData } from '@cartkin/tables'
import type { DataChoice } from '../document/data-choice.ts'

/** What a model can be fitted to. */
export type FitData = SubjectData | MedianData

interface NamedData {
  /** What the data are called: the name of their file. */
  readonly title: string
  /** Sources and licence, to be shown with the data and with every result; empty for a person's own. */
  readonly attribution: string
}

/** Subjects in the terms of the model: its time and units, compartments by state, what was observed by quantity. */
export interface SubjectData extends NamedData {
  readonly kind: 'subjects'
  readonly subjects: readonly Subject[]
  /** What was done to the data, in sentences. */
  readonly notes: readonly string[]
}

/** Published medians with standard deviations of their own: one course for all. */
export interface MedianData extends NamedData {
  readonly kind: 'medians'
  readonly parts: AxiCelFit
  /** Data that are drawn only where they are fitted to. */
  readonly observations: readonly Observation[]
}

/** A person's own data, held against the model in use. */
export function subjectData({ name, attribution }: DataChoice, { subjects, notes }: EventData): SubjectData {
  return { kind: 'subjects', title: name, attribution, subjects, notes }
}

/** Whether two data are the same, values and all. */
export function sameData(a: FitData, b: FitData): boolean {
  if (a === b) return true
  if (a.kind === 'medians' || b.kind === 'medians') return a.kind === b.kind && a.title === b.title
  return a.title === b.title && JSON.stringify(a.subjects) === JSON.stringify(b.subjects)
}

/** A record that carries a measured value. */
export type MeasuredRecord = EventRecord & { readonly dv: number }

export function isMeasured(record: EventRecord): record is MeasuredRecord {
  return record.evid === 0 && record.dv !== undefined && record.mdv !== true
}

/** Whether a value lies beyond a limit of quantification. */
export function isCensored({ cens }: EventRecord): boolean {
  return cens === 1 || cens === -1
}

/** Numbers of what data hold, for the page. */
export interface DataCounts {
  readonly subjects: number
  readonly observations: number
  /** Of them below their limit of quantification. */
  readonly below: number
  /** By quantity, values within the limits of quantification. */
  readonly quantified: ReadonlyMap<string, readonly number[]>
  readonly quantities: readonly string[]
}

/** What has been counted already: sliders ask for it at every move. */
const counted = new WeakMap<FitData, DataCounts>()

export function dataCounts(data: FitData): DataCounts {
  const known = counted.get(data)
  if (known) return known
  const counts = data.kind === 'medians' ? medianCounts(data) : subjectCounts(data)
  counted.set(data, counts)
  return counts
}

function medianCounts({ parts: { observations, endpoints } }: MedianData): DataCounts {
  const quantified = new Map(
    endpoints.map(({ quantity }, k) => [
      quantity,
      observations.flatMap(({ endpoint, value, censored }) => (endpoint === k && !censored ? value : [])),
    ]),
  )
  const below = observations.filter(({ censored }) => censored === 'left').length
  return { subjects: 1, observations: observations.length, below, quantified, quantities: [...quantified.keys()] }
}

function subjectCounts({ subjects }: SubjectData): DataCounts {
  const measured = subjects.flatMap(({ records }) => records.filter(isMeasured))
  const quantified = new Map<string, number[]>()
  for (const record of measured) {
    if (record.endpoint === undefined) continue
    const values = quantified.get(record.endpoint) ?? []
    quantified.set(record.endpoint, values)
    if (!isCensored(record)) values.push(record.dv)
  }
  return {
    subjects: subjects.filter(({ records }) => records.some(isMeasured)).length,
    observations: measured.length,
    below: measured.filter(({ cens }) => cens === 1).length,
    quantified,
    quantities: [...quantified.keys()],
  }
}

export function givesDoses({ subjects }: SubjectData): boolean {
  return subjects.some(({ records }) => records.some(isDose))
}
