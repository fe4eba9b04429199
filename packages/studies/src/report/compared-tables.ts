import { formatValue } from '@cartkin/charts'
import type { ReportCell, ReportTable } from '@cartkin/reports'
import type { ComparedEndpoint, CompareStepResult } from '../steps/step-result.ts'

/** Courses whose values and changes a page has room for in one table. */
const together = 4

/** Endpoints of courses side by side, with the change to the first: in brackets, or where there are many courses in a table of its own. */
export function comparedTables({ courses, rows }: CompareStepResult): readonly ReportTable[] {
  const reference = `“${courses[0]?.label}”`
  const notes = rows.flatMap(({ label, note }) => (note === '' ? [] : [`${label}: ${note}.`]))
  const labels = courses.map(({ label }) => label)
  const both = (row: ComparedEndpoint, k: number): ReportCell => {
    const change = changeText(row, k)
    return change === null ? valueCell(row, k) : `${formatValue(row.values[k] ?? Number.NaN)} (${change})`
  }
  if (courses.length <= together) {
    const caption = `Endpoints, read off the continuous courses; in brackets the change to ${reference}.`
    return [{ ...tableOf(caption, labels, rows, both), notes }]
  }
  const changes = tableOf(
    `Change of the endpoints to ${reference}.`,
    labels.slice(1),
    rows,
    (row, k) => changeText(row, k + 1) ?? { text: 'none', tone: 'muted' },
  )
  return [{ ...tableOf('Endpoints, read off the continuous courses.', labels, rows, valueCell), notes }, changes]
}

function tableOf(
  caption: string,
  labels: readonly string[],
  rows: readonly ComparedEndpoint[],
  cell: (row: ComparedEndpoint, k: number) => ReportCell,
): ReportTable {
  return {
    kind: 'table',
    caption,
    columns: [
      { header: 'Endpoint' },
      { header: 'Unit' },
      ...labels.map((header) => ({ header, kind: 'number' as const })),
    ],
    rows: rows.map((row) => [row.label, row.unit, ...labels.map((_, k) => cell(row, k))]),
  }
}

function valueCell({ values }: ComparedEndpoint, k: number): ReportCell {
  const value = values[k] ?? Number.NaN
  return Number.isNaN(value) ? { text: 'none', tone: 'muted' } : formatValue(value)
}

/**
 * The change of a course to the first: per cent or, from tenfold on, a factor; else, and to nothing, a difference. Null where
 * there is none.
 */
export function changeText({ values, change }: ComparedEndpoint, k: number): string | null {
  const [base = Number.NaN] = values
  const value = values[k] ?? Number.NaN
  if (k === 0 || !Number.isFinite(value - base)) return null
  const ratio = value / base
  if (change === 'difference' || !Number.isFinite(ratio)) return signed(value - base, 3, 0.0005)
  return ratio >= 10 ? `× ${formatValue(ratio, 2)}` : `${signed(100 * (ratio - 1), 2, 0.005)} %`
}

/** A change with its sign; 0 where it is nothing but the error of a solver. */
function signed(change: number, digits: number, least: number): string {
  if (Math.abs(change) < least) return '0'
  return `${change > 0 ? '+' : ''}${formatValue(change, digits)}`
}
