import type { Model } from '@cartkin/model'
import type { Occasions, Subject } from '@cartkin/simulation'
import type { EventData } from '@cartkin/tables'

/**
 * What the columns of an event file say of a subject in the terms of a model: the values of its parameters and inputs, those
 * that change, and the occasions for which it draws random effects (`eta ~ 0.1 | occ`). Throws a DataError at the cell of an
 * input that has no value in the subject's first row.
 *
 * @param given names that have values where the data give none.
 */
export function usedCovariates(
  { parameters, omega }: Pick<Model, 'parameters' | 'omega'>,
  data: EventData,
  subject: number,
  given: ReadonlySet<string>,
): Pick<Subject, 'parameters' | 'covariates' | 'occasions'> {
  const { parameters: values = {}, covariates = [], records = [] } = data.subjects[subject] ?? {}
  const used = new Map(parameters.map(({ name, kind }) => [name, kind]))
  for (const name of data.covariates) {
    const isOwn = Object.hasOwn(values, name)
    const isNeeded = isOwn ? used.has(name) : used.get(name) === 'covariate' && !given.has(name)
    const missing = isNeeded ? data.missingAtStart(subject, name) : undefined
    if (missing !== undefined) throw missing
  }
  const levels = new Set(omega.flatMap(({ level }) => (level === 'id' ? [] : [level])))
  const occasions = [...levels].flatMap((level): Occasions[] => {
    const changing = covariates.find(({ name }) => name === level)
    if (changing !== undefined) return [{ level, times: changing.times, values: changing.values }]
    const value = Object.hasOwn(values, level) ? values[level] : undefined
    return value === undefined ? [] : [{ level, times: [records[0]?.time ?? 0], values: [value] }]
  })
  const changing = covariates.filter(({ name }) => used.has(name))
  return {
    parameters: Object.fromEntries(Object.entries(values).filter(([name]) => used.has(name))),
    ...(changing.length > 0 && { covariates: changing }),
    ...(occasions.length > 0 && { occasions }),
  }
}
