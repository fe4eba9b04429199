import { type EventRecord, isDose } from '@cartkin/simulation'
import { commonLimit, DataError, type EventData, inModelTime, isMeasured, zerosBelowLimit } from '@cartkin/tables'
import type { DataChoice } from '../document/data-choice.ts'
import type { OpenedModel } from '../state/opened-model.ts'
import { dataChecks, faultCheck } from './data-checks.ts'
import { eventDataOf } from './event-data-of.ts'
import type { FileReading } from './file-reading.ts'
import { guessQuantity } from './guess-quantity.ts'
import type { DataCheck, ObservedData, ObservedEndpoint, ObservedMark } from './observed-data.ts'
import { unitFactor } from './unit-factor.ts'

type Against = Pick<OpenedModel, 'quantities' | 'model' | 'fitting' | 'panels' | 'horizon' | 'start' | 'timeUnit'>

const nothing = { subjects: 0, observed: 0, below: 0, above: 0, excluded: 0, doses: 0 }

/**
 * Data held against a model: which of its quantities the values are of, in its units and its time.
 *
 * @param observe quantities by what the data call their values, where they were chosen; '' for none.
 * @param horizon where runs end.
 */
export function observe(
  reading: FileReading,
  choice: DataChoice,
  observe: Readonly<Record<string, string>>,
  model: Against,
  horizon: number,
): ObservedData {
  const faults = reading.faults.map(faultCheck)
  const empty = { data: null, marks: [], limits: [], endpoints: [], groupLevels: [], counts: nothing }
  const { events } = reading
  const all = events && eventDataOf(choice.name, reading, events, new Set())
  if (!events || !all)
    return { ...empty, checks: [...faults, ...reading.doubts.map((doubt) => faultCheck(doubt, 'doubt'))] }
  const excluded = new Set(choice.excluded)
  const endpoints = endpointsOf(all, choice, observe, model)
  const converted = inUnits(all, endpoints, choice, model)
  if ('fault' in converted) return { ...empty, endpoints, checks: [converted.fault] }
  const limited =
    choice.zeros === 'below'
      ? zerosBelowLimit(converted.data, logarithmic(model), (name) => name)
      : { data: converted.data }
  const group = events.groups.find(({ header }) => header === choice.group)
  const marks = marksOf(limited.data, excluded, group?.ofSubject)
  const data = without(limited.data, excluded)
  const limits = limitsOf(endpoints, marks)
  const counts = {
    subjects: data.subjects.filter(({ records }) => records.length > 0).length,
    observed: countOf(marks, 'observed'),
    below: countOf(marks, 'below'),
    above: countOf(marks, 'above'),
    excluded: countOf(marks, 'excluded'),
    doses: data.subjects.reduce((sum, { records }) => sum + records.filter(isDose).length, 0),
  }
  const checks = dataChecks({
    ...{ reading, choice, model, endpoints, data, marks, limits, horizon },
    timeNote: converted.note,
    zeros: zeroLines(converted.data, limited.data),
  })
  return { data, marks, limits, endpoints, groupLevels: group?.levels ?? [], checks, counts }
}

function countOf(marks: readonly ObservedMark[], kind: ObservedMark['kind']): number {
  return marks.reduce((sum, mark) => sum + (mark.kind === kind ? 1 : 0), 0)
}

/** The kinds of values in the order of the file. */
function endpointsOf(
  { subjects, units }: EventData,
  choice: DataChoice,
  observe: Readonly<Record<string, string>>,
  model: Against,
): readonly ObservedEndpoint[] {
  const counts = new Map<string, { count: number; below: number }>()
  for (const { records } of subjects)
    for (const record of records) {
      if (!isMeasured(record)) continue
      const label = labelOf(record)
      const own = counts.get(label) ?? { count: 0, below: 0 }
      counts.set(label, own)
      own.count++
      if (record.cens === 1) own.below++
    }
  return [...counts].map(([label, { count, below }]) => {
    const chosen = Object.hasOwn(observe, label) ? (observe[label] ?? '') : undefined
    const isThere = chosen === '' || (chosen !== undefined && model.quantities.has(chosen))
    const quantity = isThere ? chosen || null : guessQuantity(label, model)
    const unit = ownValue(choice.units, label) ?? units.get(label === '' ? 'DV' : label) ?? units.get('DV') ?? ''
    const quantityUnit = quantity === null ? '' : (model.quantities.get(quantity)?.unit ?? '')
    const limit = ownValue(choice.limits, label) ?? ownValue(choice.limits, '') ?? null
    const factor = quantity === null ? ({ kind: 'unknown' } as const) : unitFactor(unit, quantityUnit)
    return { label, count, below, quantity, isGuessed: !isThere, unit, quantityUnit, factor, limit }
  })
}

/** What the data call a value. */
function labelOf({ endpoint, cmt }: EventRecord): string {
  return endpoint ?? cmt ?? ''
}

function inUnits(
  all: EventData,
  endpoints: readonly ObservedEndpoint[],
  choice: DataChoice,
  { model }: Against,
): { readonly data: EventData; readonly note: string } | { readonly fault: DataCheck } {
  const byLabel = new Map(endpoints.map((endpoint) => [endpoint.label, endpoint] as const))
  const named = all.subjects.map((subject) => ({
    ...subject,
    records: subject.records.map((record): EventRecord => {
      if (!isMeasured(record)) return record
      const endpoint = byLabel.get(labelOf(record))
      const { dv, cens, limit, lloq, cmt: _, ...rest } = record
      if (!endpoint?.quantity || endpoint.factor.kind === 'other') return { ...rest, mdv: true }
      const factor = endpoint.factor.kind === 'factor' ? endpoint.factor.factor : 1
      return {
        ...rest,
        endpoint: endpoint.quantity,
        dv: dv * factor,
        ...(cens !== undefined && { cens }),
        ...(limit !== undefined && { limit: limit * factor }),
        ...(lloq !== undefined && { lloq: lloq * factor }),
      }
    }),
  }))
  try {
    return inModelTime({ ...all, subjects: named }, model, choice.timeUnit || undefined, choice.name)
  } catch (error) {
    if (!(error instanceof DataError)) throw error
    return { fault: { kind: 'fault', text: `${error.problem}; ${error.expected}`, lines: [] } }
  }
}

/** Quantities on a logarithmic scale: by their residual error, or on their panel. */
function logarithmic({ model, panels }: Against): readonly string[] {
  const byError = model.errorModels.flatMap((line) =>
    line.kind === 'continuous' && line.transform.kind === 'log' ? [line.name] : [],
  )
  const byPanel = panels.flatMap(({ scale, quantities }) => (scale === 'log' ? quantities : []))
  return [...new Set([...byError, ...byPanel])]
}

/** Lines of the zeros that were taken as below quantification. */
function zeroLines(before: EventData, after: EventData): readonly number[] {
  if (before === after) return []
  return before.subjects.flatMap(({ records }, subject) =>
    records.flatMap((record, place) =>
      record.dv === 0 && after.subjects[subject]?.records[place]?.cens !== record.cens
        ? [before.lineOf(subject, place)]
        : [],
    ),
  )
}

function marksOf(
  data: EventData,
  excluded: ReadonlySet<number>,
  groupOf: readonly number[] | undefined,
): readonly ObservedMark[] {
  return data.subjects.flatMap(({ id, records }, subject) =>
    records.flatMap((record, place): readonly ObservedMark[] => {
      if (!isMeasured(record) || record.endpoint === undefined) return []
      const line = data.lineOf(subject, place)
      const kind = excluded.has(line)
        ? 'excluded'
        : record.cens === 1
          ? 'below'
          : record.cens === -1
            ? 'above'
            : 'observed'
      const group = groupOf?.[subject] ?? 0
      return [{ kind, quantity: record.endpoint, time: record.time, value: record.dv, subject: id, group, line }]
    }),
  )
}

function without(data: EventData, excluded: ReadonlySet<number>): EventData {
  if (excluded.size === 0) return data
  const lines = data.subjects.map(({ records }, k) => records.map((_, place) => data.lineOf(k, place)))
  const isIn = (subject: number) => (_: unknown, place: number) => !excluded.has(lines[subject]?.[place] ?? 0)
  const kept = lines.map((own, k) => own.filter(isIn(k)))
  const lineOf: EventData['lineOf'] = (subject, record) => kept[subject]?.[record] ?? 0
  return {
    ...data,
    subjects: data.subjects.map((subject, k) => ({ ...subject, records: subject.records.filter(isIn(k)) })),
    lineOf,
    refusal: (subject, record, header, problem, expected) =>
      new DataError({ file: '', position: { line: lineOf(subject, record), column: 1, header }, problem, expected }),
  }
}

/** The limit of each quantity: as typed, else that at which most of its values below one stand. */
function limitsOf(endpoints: readonly ObservedEndpoint[], marks: readonly ObservedMark[]): ObservedData['limits'] {
  const quantities = [...new Set(endpoints.flatMap(({ quantity }) => quantity ?? []))]
  return quantities.flatMap((quantity) => {
    const typed = endpoints.find((endpoint) => endpoint.quantity === quantity && endpoint.limit !== null)
    const factor = typed?.factor.kind === 'factor' ? typed.factor.factor : 1
    const below = marks.filter((mark) => mark.kind === 'below' && mark.quantity === quantity).map(({ value }) => value)
    const value = typed?.limit ? typed.limit * factor : commonLimit(below)
    return value === undefined ? [] : [{ quantity, value }]
  })
}

/** What a record has of its own under a name, whatever that is. */
function ownValue<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}
