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

/** What of a course is drawn. */
export interface Limits {
  readonly from?: number | undefined
  readonly to?: number | undefined
  /** Least value on a logarithmic axis, and largest value. */
  readonly least?: number | undefined
  readonly most?: number | undefined
  readonly scale: Axis['scale']
}

export function timeAxis({ library, model }: ModelSource): Axis {
  return library
    ? { title: 'Day', unit: '', scale: 'linear' }
    : { title: 'Time', unit: model.timeUnit, scale: 'linear' }
}

/**
 * The scale of a time axis: logarithmic where all times lie after 0 and more than half of the different ones within the first eighth of
 * their span, as in a follow-up over years that begins with days; a linear axis has no room for those.
 */
export function timeScale(times: readonly number[]): Axis['scale'] {
  const own = [...new Set(times)].toSorted((a, b) => a - b)
  const [from = 0, to = 0] = [own[0], own.at(-1)]
  const early = own.filter((time) => time < from + (to - from) / 8)
  return from > 0 && 2 * early.length > own.length ? 'log' : 'linear'
}

/** The numbers of a column; none where the table does not have it. */
export function numbersOf({ columns }: ColumnTable, name: string): Float64Array {
  const column = columns.find((candidate) => candidate.name === name)
  return column?.kind === 'number' ? column.values : new Float64Array()
}

/** A course of a table, thinned, between two times; on a logarithmic axis only what can stand there. */
export function courseRows(table: ColumnTable, { name, label }: Shown, limits: Limits): readonly CourseRow[] {
  const values = numbersOf(table, name)
  const rows = [...numbersOf(table, 'time')].flatMap((time, row): CourseRow[] => {
    const value = values[row] ?? Number.NaN
    return isDrawn(time, value, limits) ? [{ time, value, series: label }] : []
  })
  return thinned(rows)
}

/** Bands of a population; what is beyond the least or largest value drawn lies at it. */
export function bandRows(bands: readonly BandRow[], limits: Limits): readonly BandRow[] {
  const { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY } = limits
  const within = (value: number) => Math.min(Math.max(value, least), most)
  const own = bands.map(({ time, p5, p25, p50, p75, p95 }) => ({
    time,
    p5: within(p5),
    p25: within(p25),
    p50: within(p50),
    p75: within(p75),
    p95: within(p95),
  }))
  return thinned(own.filter(({ time, p50 }) => isDrawn(time, p50, limits)))
}

/** Published values of a quantity, in the colour of its curve. */
export function observationRows(
  observations: readonly Observation[],
  { name, label: series }: Shown,
  limits: Limits,
): readonly ObservationRow[] {
  return observations.flatMap(({ quantity, time, value, lower = value, upper = value, label, source }) =>
    quantity === name && isDrawn(time, value, limits) ? [{ time, value, lower, upper, series, label, source }] : [],
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

/** Further doses from which on their times are not listed. */
const manyTimes = 8

/** A time to the second, with a minus sign. */
function dayWords(time: number): string {
  return String(Number(time.toFixed(5))).replaceAll('-', '−')
}

/** What was given and when, in words. */
export function givenWords({ doses }: Regimen): string {
  if (doses.length === 0) return 'nothing'
  const when = new Map<string, string[]>()
  for (const { label, cmt, time, ii = 0, addl = 0 } of doses) {
    const name = label ?? cmt
    const own =
      addl >= manyTimes
        ? [`${dayWords(time)} and every ${dayWords(ii)} days, ${addl + 1} times`]
        : Array.from({ length: addl + 1 }, (_, k) => dayWords(time + k * ii))
    when.set(name, [...(when.get(name) ?? []), ...own])
  }
  const parts = [...when].map(([name, times]) => `${name} on day ${times.join(', ')}`)
  return parts.join('; ')
}

export function valueAxis({ label, unit }: Pick<Shown, 'label' | 'unit'>, scale: Axis['scale']): Axis {
  return { title: label, unit, scale }
}

function isDrawn(time: number, value: number, limits: Limits): boolean {
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = limits
  const { least = 0, most = Number.POSITIVE_INFINITY, scale } = limits
  if (!(time >= from && time <= to && value <= most && Number.isFinite(value))) return false
  return scale === 'linear' || (value >= least && value > 0)
}

function thinned<T>(rows: readonly T[]): readonly T[] {
  const step = Math.max(1, Math.ceil(rows.length / mostPoints))
  return rows.filter((_, k) => k % step === 0 || k === rows.length - 1)
}
