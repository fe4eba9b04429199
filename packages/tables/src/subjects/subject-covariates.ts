import type { CovariateInTime, EventRecord, Subject } from '@cartkin/simulation'
import type { Covariate } from './covariate-values.ts'

/**
 * Whose way a covariate goes that changes with time, where the model's text does not say it: in NONMEM the values of a row
 * hold back to the row before (`nocb`), in rxode2 they hold until the next (`locf`).
 */
export type CovariateRules = 'nonmem' | 'rxode2'

/**
 * A subject with its covariates. Those that change have a value for each row that gives one; where rows of one time differ,
 * each has its own.
 *
 * @param records one per row of the subject.
 */
export function subjectWithCovariates(
  { id, records }: Pick<Subject, 'id' | 'records'>,
  index: number,
  covariates: readonly Covariate[],
  rules: CovariateRules,
): Subject {
  const parameters: [string, number][] = []
  const changing: CovariateInTime[] = []
  const own: (Record<string, number> | undefined)[] = records.map(() => undefined)
  for (const { name, values, changes } of covariates) {
    const value = values[index] ?? null
    if (value !== null) parameters.push([name, value])
    const rows = changes[index] ?? null
    if (rows === null) continue
    const given = records.flatMap(({ time }, k) => {
      const known = rows[k] ?? null
      return known === null ? [] : [{ time, value: known }]
    })
    changing.push({
      name,
      times: given.map(({ time }) => time),
      values: given.map((entry) => entry.value),
      interpolation: rules === 'nonmem' ? 'nocb' : 'locf',
    })
    for (const [k, ownValue] of differing(records, rows, rules)) own[k] = { ...own[k], [name]: ownValue }
  }
  return {
    id,
    records: records.map((record, k): EventRecord => {
      const values = own[k]
      return values === undefined ? record : { ...record, covariates: values }
    }),
    parameters: Object.fromEntries(parameters),
    ...(changing.length > 0 && { covariates: changing }),
  }
}

/** The rows of one time whose values differ, with their values. */
function differing(
  records: readonly EventRecord[],
  rows: readonly (number | null)[],
  rules: CovariateRules,
): ReadonlyMap<number, number> {
  const found = new Map<number, number>()
  const filled = carried(rows, rules)
  for (let first = 0, end = 0; first < records.length; first = end) {
    for (end = first + 1; end < records.length && records[end]?.time === records[first]?.time; ) end++
    const together = filled.slice(first, end)
    if (new Set(together).size < 2) continue
    together.forEach((value, k) => {
      if (value !== null) found.set(first + k, value)
    })
  }
  return found
}

/** Values by row, with those of missing cells carried over from a neighbour. */
function carried(rows: readonly (number | null)[], rules: CovariateRules): readonly (number | null)[] {
  const forward = (values: readonly (number | null)[]) => {
    let last: number | null = null
    return values.map((value) => {
      last = value ?? last
      return last
    })
  }
  const back = (values: readonly (number | null)[]) => forward(values.toReversed()).toReversed()
  return rules === 'nonmem' ? forward(back(rows)) : back(forward(rows))
}
