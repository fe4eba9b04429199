import { type Model, nearestName } from '@cartkin/model'
import { type EventRecord, expandRecords, isDose, RecordError, type Subject } from '@cartkin/simulation'
import { combinedError, DataError, type EventData, type StandardColumn } from '@cartkin/tables'
import { usedCovariates } from './used-covariates.ts'

/** Whether an event file gives anything to anybody. */
export function hasDoses({ subjects }: EventData): boolean {
  return subjects.some(({ records }) => records.some(isDose))
}

/** Most faults that are looked for. */
const mostFaults = 20

/**
 * The subjects of an event file in the terms of a model: compartments by state name (a number counts the states from 1),
 * and only those covariates that the model uses. Throws a DataError at the cell for a covariate without a value in the first
 * row of a subject, a dose into a state that does not exist, one whose rate or duration the model should give and does not, and whatever else no simulation can do with a
 * record; further such records stand in its `others`.
 *
 * @param given names of inputs that have values where the data give none.
 */
export function subjectsFor(model: Model, data: EventData, given: ReadonlySet<string> = new Set()): readonly Subject[] {
  const errors: DataError[] = []
  const attempt = <T>(work: () => T): T | undefined => {
    try {
      return work()
    } catch (error) {
      if (!(error instanceof DataError)) throw error
      errors.push(error)
      return undefined
    }
  }
  const subjects = data.subjects.map((read, subject): Subject => {
    const records = read.records.map((record, index) => {
      let found = record
      attempt(() => {
        found = withState(record, model, (problem, expected) => data.refusal(subject, index, 'CMT', problem, expected))
        checkModelledRate(found, model, (problem, expected) => data.refusal(subject, index, 'RATE', problem, expected))
      })
      return found
    })
    if (errors.length < mostFaults) attempt(() => checkRecords(model, records, data, subject, errors.length > 0))
    const covariates = attempt(() => usedCovariates(model, data, subject, given))
    return { id: read.id, records, parameters: {}, ...covariates }
  })
  const error = combinedError(errors)
  if (error !== undefined) throw error
  return subjects
}

const COLUMNS: Readonly<Partial<Record<keyof EventRecord, StandardColumn>>> = {
  time: 'TIME',
  evid: 'EVID',
  cmt: 'CMT',
  amt: 'AMT',
  rate: 'RATE',
  duration: 'DUR',
  ii: 'II',
  addl: 'ADDL',
  ss: 'SS',
}

/** @param known whether a fault of these records may have been told already; then it is left at that. */
function checkRecords(
  model: Model,
  records: readonly EventRecord[],
  data: EventData,
  subject: number,
  known: boolean,
): void {
  try {
    expandRecords(model, records)
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    if (known) return
    const words = error.message.slice(error.message.indexOf(': ') + 2)
    const [problem = words, ...rest] = words.split('; ')
    const remedy = rest.length === 0 ? 'mend the row' : rest.join('; ')
    throw data.refusal(subject, error.record, COLUMNS[error.field] ?? 'TIME', `cannot be given: ${problem}`, remedy)
  }
}

type Refuse = (problem: string, expected: string) => Error

function withState(record: EventRecord, { states }: Model, refuse: Refuse): EventRecord {
  const { cmt, evid } = record
  const names = states.map(({ name }) => name)
  if (cmt === undefined || names.includes(cmt)) return record
  const numbered = names[Number(cmt) - 1]
  if (numbered !== undefined) return { ...record, cmt: numbered }
  if (evid === 2 && cmt.startsWith('-')) {
    const off = cmt.slice(1)
    const state = names.includes(off) ? off : names[Number(off) - 1]
    if (state !== undefined) return { ...record, cmt: `-${state}` }
  }
  const { cmt: _, ...rest } = record
  // The compartment of an observation may name an output: what was observed.
  if (evid === 0) return record.endpoint === undefined ? { ...rest, endpoint: cmt } : rest
  if (evid === 3 || (evid === 2 && !cmt.startsWith('-'))) return rest
  const nearest = nearestName(cmt, names)
  throw refuse(
    'is not a state of the model',
    nearest === undefined ? `one of ${names.join(', ')} is needed, or its number from 1` : `did you mean ${nearest}?`,
  )
}

function checkModelledRate(record: EventRecord, { states, rate, duration }: Model, refuse: Refuse): void {
  if (!isDose(record) || (record.rate !== -1 && record.rate !== -2)) return
  const state = record.cmt === undefined ? 0 : states.findIndex(({ name }) => name === record.cmt)
  const [given, form] = record.rate === -1 ? [rate, 'rate'] : [duration, 'dur']
  if (given.has(state)) return
  const name = states[state]?.name ?? ''
  throw refuse(
    `asks the model for ${form}(${name}), which its text does not give`,
    `write ${form}(${name}) = … in the text, or a rate above 0 in the data`,
  )
}
