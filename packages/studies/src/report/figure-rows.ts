import type { Observation } from '@cartkin/cart-models'
import type { Axis, BandRow, CourseRow, DoseRow, ObservationRow } from '@cartkin/charts'
import type { ColumnTable, Regimen } from '@cartkin/simulation'
import type { ModelSource } from '../steps/step-result.ts'

/** Points of a curve that a figure of a report needs. */
const mostPoints = 400

export interface Shown {
  readonly name: string
  readonly label: string
  readonly unit: string
}

/** What is known of a quantity of a model. */
export function shownQuantity({ model }: ModelSource, name: string): Shown {
  const found = [...model.states, ...model.outputs].find((quantity) => quantity.name === name)
  return { name, label: found?.label || name, unit: found?.unit ?? '' }
}

export function timeAxis({ library }: ModelSource): Axis {
  return library ? { title: 'Day', unit: '', scale: 'linear' } : { title: 'Time', unit: '', scale: 'linear' }
}

/** The numbers of a column; none where the table does not have it. */
export function numbersOf({ columns }: ColumnTable, name: string): Float64Array {
  const column = columns.find((candidate) => candidate.name === name)
  return column?.kind === 'number' ? column.values : new Float64Array()
}

/** A course of a table, thinned, between two times; on a logarithmic axis only what can stand there. */
export function courseRows(
  table: ColumnTable,
  { name, label }: Shown,
  limits: { readonly from?: number | undefined; readonly to?: number | undefined; readonly scale: Axis['scale'] },
): readonly CourseRow[] {
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY, scale } = limits
  const values = numbersOf(table, name)
  const rows = [...numbersOf(table, 'time')].flatMap((time, row): CourseRow[] => {
    const value = values[row] ?? Number.NaN
    return time >= from && time <= to && drawable(value, scale) ? [{ time, value, series: label }] : []
  })
  return thinned(rows)
}

export function bandRows(
  bands: readonly BandRow[],
  { to = Number.POSITIVE_INFINITY, scale }: { readonly to?: number | undefined; readonly scale: Axis['scale'] },
): readonly BandRow[] {
  return thinned(bands.filter(({ time, p50 }) => time <= to && drawable(p50, scale)))
}

/** Published values of a quantity, in the colour of its curve. */
export function observationRows(
  observations: readonly Observation[],
  { name, label: series }: Shown,
  { to = Number.POSITIVE_INFINITY, scale }: { readonly to?: number | undefined; readonly scale: Axis['scale'] },
): readonly ObservationRow[] {
  return observations.flatMap(({ quantity, time, value, lower = value, upper = value, label, source }) =>
    quantity === name && time <= to && drawable(value, scale)
      ? [{ time, value, lower, upper, series, label, source }]
      : [],
  )
}

/** When something was given, additional doses included; unnamed, since a small figure has no room (`givenSentence`). */
export function doseRows({ doses }: Regimen, to = Number.POSITIVE_INFINITY): readonly DoseRow[] {
  return doses
    .flatMap(({ time, ii = 0, addl = 0 }) =>
      Array.from({ length: addl + 1 }, (_, k) => ({ time: time + k * ii, label: '' })),
    )
    .filter(({ time }) => time <= to)
}

/** What was given and when, as a sentence below figures that mark it. */
export function givenSentence(regimen: Regimen): string {
  if (regimen.doses.length === 0) return 'Nothing is given.'
  return `Given: ${givenWords(regimen)}. Dashed lines mark the doses.`
}

/** What was given and when, in words. */
export function givenWords({ doses }: Regimen): string {
  if (doses.length === 0) return 'nothing'
  const days = new Map<string, number[]>()
  for (const { label, cmt, time, ii = 0, addl = 0 } of doses) {
    const name = label ?? cmt
    const given = Array.from({ length: addl + 1 }, (_, k) => time + k * ii)
    days.set(name, [...(days.get(name) ?? []), ...given])
  }
  const parts = [...days].map(([name, times]) => `${name} on day ${times.join(', ').replaceAll('-', '−')}`)
  return parts.join('; ')
}

export function valueAxis({ label, unit }: Pick<Shown, 'label' | 'unit'>, scale: Axis['scale']): Axis {
  return { title: label, unit, scale }
}

function drawable(value: number, scale: Axis['scale']): boolean {
  return Number.isFinite(value) && (scale === 'linear' || value > 0)
}

function thinned<T>(rows: readonly T[]): readonly T[] {
  const step = Math.max(1, Math.ceil(rows.length / mostPoints))
  return rows.filter((_, k) => k % step === 0 || k === rows.length - 1)
}
