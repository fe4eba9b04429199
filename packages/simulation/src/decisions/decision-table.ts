import type { ColumnTable } from '../results/column-table.ts'
import type { DecidedDose } from './decision-rule.ts'

/**
 * Doses that rules decided, as records: one row each, subjects in order, with the columns of event records, then what the
 * dose is, the rule, and the time of the decision.
 */
export function decisionTable(
  subjects: readonly { readonly id: string; readonly decided: readonly DecidedDose[] }[],
  timeUnit = '',
): ColumnTable {
  const rows = subjects.flatMap(({ id, decided }) => decided.map((dose) => ({ id, ...dose })))
  const numbers = (name: string, unit: string, value: (row: (typeof rows)[number]) => number) => ({
    kind: 'number' as const,
    name,
    unit,
    values: Float64Array.from(rows, value),
  })
  const texts = (name: string, value: (row: (typeof rows)[number]) => string) => ({
    kind: 'text' as const,
    name,
    values: rows.map(value),
  })
  return {
    columns: [
      texts('ID', ({ id }) => id),
      numbers('TIME', timeUnit, ({ record }) => record.time),
      numbers('EVID', '', ({ record }) => record.evid),
      numbers('AMT', '', ({ record }) => record.amt ?? 0),
      numbers('RATE', '', ({ record: { rate = 0 } }) => rate),
      numbers('DUR', timeUnit, ({ record: { duration = 0 } }) => duration),
      numbers('II', timeUnit, ({ record: { ii = 0 } }) => ii),
      numbers('ADDL', '', ({ record: { addl = 0 } }) => addl),
      texts('CMT', ({ record }) => record.cmt ?? ''),
      texts('label', ({ label }) => label),
      texts('rule', ({ rule }) => rule),
      numbers('decided', timeUnit, ({ decidedAt }) => decidedAt),
    ],
  }
}
