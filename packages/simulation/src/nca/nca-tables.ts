import { exp, log, mean, quantile, standardDeviation } from '@cartkin/numerics'
import type { Column, ColumnTable } from '../results/column-table.ts'
import type { AnalysedCourse } from './analysed-course.ts'

/** One row per figure: `id, quantity, name, value, unit, note`. */
export function ncaTable(courses: readonly AnalysedCourse[]): ColumnTable {
  const rows = courses.flatMap(({ id, quantity, figures }) => figures.map((figure) => ({ id, quantity, ...figure })))
  return {
    columns: [
      texts('id', rows, ({ id }) => id),
      texts('quantity', rows, ({ quantity }) => quantity),
      texts('name', rows, ({ name }) => name),
      numbers('value', rows, ({ value }) => value),
      texts('unit', rows, ({ unit }) => unit),
      texts('note', rows, ({ note }) => note),
    ],
  }
}

/** One row per point that a line goes through: `id, quantity, phase, time, value`; times since the dose. */
export function usedPointsTable(courses: readonly AnalysedCourse[]): ColumnTable {
  const rows = courses.flatMap(({ id, quantity, used }) => used.map((point) => ({ id, quantity, ...point })))
  return {
    columns: [
      texts('id', rows, ({ id }) => id),
      texts('quantity', rows, ({ quantity }) => quantity),
      texts('phase', rows, ({ phase }) => phase),
      numbers('time', rows, ({ time }) => time),
      numbers('value', rows, ({ value }) => value),
    ],
  }
}

/** A figure over the subjects in which it is defined. */
export interface FigureSummary {
  readonly quantity: string
  readonly name: string
  readonly unit: string
  /** Subjects in which it is defined. */
  readonly n: number
  /** Of figures that are all positive; NaN otherwise. */
  readonly geometricMean: number
  /** Geometric coefficient of variation in percent, 100 √(exp(s²) − 1), s of the logarithms; NaN below two subjects. */
  readonly geometricCV: number
  readonly median: number
  readonly minimum: number
  readonly maximum: number
  /** Why it is not defined in the first subject in which it is not; empty where it is in all. */
  readonly reason: string
}

/** Every figure of every quantity over the subjects, in the order of the figures. */
export function ncaSummary(courses: readonly AnalysedCourse[]): readonly FigureSummary[] {
  const groups = new Map<string, { quantity: string; name: string; unit: string; reason: string; values: number[] }>()
  for (const { quantity, figures } of courses)
    for (const { name, unit, value, note } of figures) {
      const key = JSON.stringify([quantity, name])
      const group = groups.get(key) ?? { quantity, name, unit, reason: '', values: [] }
      groups.set(key, group)
      if (!Number.isNaN(value)) group.values.push(value)
      else if (group.reason === '') group.reason = note
    }
  return [...groups.values()].map(({ values, ...named }) => ({ ...named, n: values.length, ...summaryOf(values) }))
}

function summaryOf(values: readonly number[]) {
  const sorted = values.toSorted((a, b) => a - b)
  const logs = sorted.every((value) => value > 0) ? sorted.map(log) : []
  const spread = logs.length > 1 ? standardDeviation(logs) : Number.NaN
  return {
    geometricMean: logs.length > 0 ? exp(mean(logs)) : Number.NaN,
    geometricCV: 100 * Math.sqrt(exp(spread * spread) - 1),
    median: sorted.length > 0 ? quantile(sorted, 0.5) : Number.NaN,
    minimum: sorted[0] ?? Number.NaN,
    maximum: sorted.at(-1) ?? Number.NaN,
  }
}

/** `quantity, name, unit, n, geometric_mean, geometric_cv_percent, median, minimum, maximum`. */
export function ncaSummaryTable(summary: readonly FigureSummary[]): ColumnTable {
  return {
    columns: [
      texts('quantity', summary, ({ quantity }) => quantity),
      texts('name', summary, ({ name }) => name),
      texts('unit', summary, ({ unit }) => unit),
      numbers('n', summary, ({ n }) => n),
      numbers('geometric_mean', summary, ({ geometricMean }) => geometricMean),
      numbers('geometric_cv_percent', summary, ({ geometricCV }) => geometricCV),
      numbers('median', summary, ({ median }) => median),
      numbers('minimum', summary, ({ minimum }) => minimum),
      numbers('maximum', summary, ({ maximum }) => maximum),
    ],
  }
}

function texts<R>(name: string, rows: readonly R[], read: (row: R) => string): Column {
  return { kind: 'text', name, values: rows.map(read) }
}

function numbers<R>(name: string, rows: readonly R[], read: (row: R) => number): Column {
  return { kind: 'number', name, unit: '', values: Float64Array.from(rows, read) }
}
