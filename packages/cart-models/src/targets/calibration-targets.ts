import type { Trust } from '../library/library-model.ts'
import { isTuning, type Tuning, targetTuning } from './target-tuning.ts'

/** One machine-checkable target: a published value and the range in which the model's own should lie. */
export interface CalibrationTarget {
  readonly id: string
  /** Model whose key numbers it reads: 'stein', 'lupus', 'lupus_vpop', 'oncology', … */
  readonly model: string
  readonly population: string
  readonly quantity: string
  /** Path into the key numbers: `lupus.car_peak`; a number at the end counts from 0 into a list. */
  readonly metric: string
  readonly value: number
  readonly lo: number
  readonly hi: number
  readonly unit: string
  readonly trust: Trust
  readonly source: string
  /** What of the model was chosen with this target in view. */
  readonly tuning: Tuning
  /** Why it counts as tuned to or not, one sentence. */
  readonly tuningReason: string
}

const trusts: readonly string[] = ['found', 'found-secondary', 'memory', 'derived', 'assumption', 'fitted']

/**
 * Reads a file of `targetFiles`. Throws an Error that names row (from 1) and field for anything but a list of complete rows
 * with numbers lo <= hi, a known trust and, unless they are of a series that says it for all, `tuning` and `tuningReason`.
 */
export function parseTargets(jsonText: string): readonly CalibrationTarget[] {
  const rows: unknown = JSON.parse(jsonText)
  if (!Array.isArray(rows)) throw new Error('calibration targets: expected a list of rows')
  return rows.map((row: unknown, index) => target(row, index + 1))
}

function target(row: unknown, place: number): CalibrationTarget {
  if (typeof row !== 'object' || row === null) throw new Error(`calibration targets, row ${place}: expected an object`)
  const fields = new Map<string, unknown>(Object.entries(row))
  const fail = (field: string, expected: string) =>
    new Error(
      `calibration targets, row ${place}, ${field}: expected ${expected}, got ${JSON.stringify(fields.get(field))}`,
    )
  const text = (field: string): string => {
    const value = fields.get(field)
    if (typeof value !== 'string') throw fail(field, 'a text')
    return value
  }
  const number = (field: string): number => {
    const value = fields.get(field)
    if (typeof value !== 'number') throw fail(field, 'a number')
    return value
  }
  const isTrust = (value: string): value is Trust => trusts.includes(value)
  const trust = text('trust')
  if (!isTrust(trust)) throw fail('trust', `one of ${trusts.join(', ')}`)
  const lo = number('lo')
  const hi = number('hi')
  if (!(lo <= hi)) throw fail('hi', `a number not below lo = ${lo}`)
  const { tuning, reason } = fields.has('tuning') ? ownTuning(text, fail) : targetTuning(text('id'))
  return {
    id: text('id'),
    model: text('model'),
    population: text('population'),
    quantity: text('quantity'),
    metric: text('metric'),
    value: number('value'),
    lo,
    hi,
    unit: text('unit'),
    trust,
    source: text('source'),
    tuning,
    tuningReason: reason,
  }
}

function ownTuning(text: (field: string) => string, fail: (field: string, expected: string) => Error) {
  const tuning = text('tuning')
  if (!isTuning(tuning)) throw fail('tuning', 'one of none, parameters, variability')
  const reason = text('tuningReason')
  if (reason === '') throw fail('tuningReason', 'why it is or is not tuned to')
  return { tuning, reason }
}
