import { type DecidedDose, decisionTable, type Regimen } from '@cartkin/simulation'
import type { ModelSource, ResultFile } from './step-result.ts'
import { tableFiles } from './table-files.ts'

/** Doses that rules decided, as event records: `NAME-decisions.arrow` and `NAME-decisions.csv`. */
export function decisionFiles(
  name: string,
  subjects: readonly { readonly id: string; readonly decided: readonly DecidedDose[] }[],
  { model }: ModelSource,
): readonly ResultFile[] {
  const table = decisionTable(subjects, model.timeUnit)
  return tableFiles(`${name}-decisions`, table)
}

/** A regimen with what was decided beside it, as a report shows it: times to two places. */
export function withDecided(regimen: Regimen, decided: readonly DecidedDose[]): Regimen {
  const doses = decided.map(({ rule, label, record: { time, cmt = '', amt = 0, ii, addl } }) => ({
    time: Math.round(100 * time) / 100,
    cmt,
    amt,
    label: `${label === '' ? cmt : label} by rule ${rule}`,
    ...(ii !== undefined && { ii }),
    ...(addl !== undefined && { addl }),
  }))
  return { ...regimen, doses: [...regimen.doses, ...doses] }
}
