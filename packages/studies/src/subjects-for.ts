import { type Model, nearestName } from '@cartkin/model'
import { type EventRecord, isDose, type Occasions, type Subject } from '@cartkin/simulation'
import type { EventData } from '@cartkin/tables'

/** Whether an event file gives anything to anybody. */
export function hasDoses({ subjects }: EventData): boolean {
  return subjects.some(({ records }) => records.some(isDose))
}

/**
 * The subjects of an event file in the terms of a model: compartments by state name (a number counts the states from 1),
 * and only those covariates that the model uses. Throws a DataError at the cell for a dose into a state that does not
 * exist, for one whose rate or duration the model should give and does not, and for a covariate without a value in the
 * first row of a subject.
 */
export function subjectsFor(model: Model, data: EventData): readonly Subject[] {
  const used = new Map(model.parameters.map((parameter) => [parameter.name, parameter]))
  return data.subjects.map(({ id, records, parameters: values, covariates = [] }, subject) => {
    for (const name of data.covariates) {
      const isNeeded = used.get(name)?.kind === 'covariate' || (used.has(name) && Object.hasOwn(values, name))
      const missing = isNeeded ? data.missingAtStart(subject, name) : undefined
      if (missing !== undefined) throw missing
    }
    const occasions = occasionsOf(model, values, covariates, records[0]?.time ?? 0)
    const changing = covariates.filter(({ name }) => used.has(name))
    return {
      id,
      records: records.map((record, index) => {
        const found = withState(record, model, (problem, expected) =>
          data.refusal(subject, index, 'CMT', problem, expected),
        )
        checkModelledRate(found, model, (problem, expected) => data.refusal(subject, index, 'RATE', problem, expected))
        return found
      }),
      parameters: Object.fromEntries(Object.entries(values).filter(([name]) => used.has(name))),
      ...(changing.length > 0 && { covariates: changing }),
      ...(occasions.length > 0 && { occasions }),
    }
  })
}

/** The occasions that the columns named by the model's random effects (`eta ~ 0.1 | occ`) tell apart. */
function occasionsOf(
  { omega }: Model,
  values: Subject['parameters'],
  covariates: NonNullable<Subject['covariates']>,
  start: number,
): readonly Occasions[] {
  const levels = new Set(omega.flatMap(({ level }) => (level === 'id' ? [] : [level])))
  return [...levels].flatMap((level): Occasions[] => {
    const changing = covariates.find(({ name }) => name === level)
    if (changing !== undefined) return [{ level, times: changing.times, values: changing.values }]
    const value = Object.hasOwn(values, level) ? values[level] : undefined
    return value === undefined ? [] : [{ level, times: [start], values: [value] }]
  })
}

type Refuse = (problem: string, expected: string) => Error

function withState(record: EventRecord, { states }: Model, refuse: Refuse): EventRecord {
  const { cmt } = record
  const names = states.map(({ name }) => name)
  if (cmt === undefined || names.includes(cmt)) return record
  const numbered = names[Number(cmt) - 1]
  if (numbered !== undefined) return { ...record, cmt: numbered }
  const { cmt: _, ...rest } = record
  // The compartment of an observation may name an output: what was observed.
  if (record.evid === 0) return record.endpoint === undefined ? { ...rest, endpoint: cmt } : rest
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
