import { compareUnits, isDimensionless, one, timesPower, type Unit } from './unit.ts'

/** What is known of the unit of an expression. */
export type Measure =
  | { readonly kind: 'unknown' }
  /** A number of the text; its value where that matters. In a sum it may have any unit. */
  | { readonly kind: 'number'; readonly value: number }
  /** A random effect of no declared unit: whatever it is added to. */
  | { readonly kind: 'effect' }
  /** A known unit; its factor is open where a number of the text may have converted it. */
  | { readonly kind: 'unit'; readonly unit: Unit; readonly open: boolean }
  /** The natural logarithm of a quantity with this unit. */
  | { readonly kind: 'logarithm'; readonly unit: Unit; readonly open: boolean }

export const unknown: Measure = { kind: 'unknown' }
export const plain: Measure = { kind: 'unit', unit: one, open: false }
const openPlain: Measure = { kind: 'unit', unit: one, open: true }

/** The measure of a unit. */
export function measureOf(unit: Unit, open = false): Measure {
  return { kind: 'unit', unit, open }
}

/** Units that clash: their dimensions differ, or their factors. */
export interface Clash {
  readonly left: Unit
  readonly right: Unit
  /** The left is so many times the right; undefined where dimensions differ. */
  readonly ratio: number | undefined
}

/** How two measures clash, if both are known and do. */
export function clashOf(a: Measure, b: Measure): Clash | undefined {
  if ((a.kind !== 'unit' && a.kind !== 'logarithm') || a.kind !== b.kind) return undefined
  const compared = compareUnits(a.unit, b.unit)
  if (compared.kind === 'same') return undefined
  const left = a.unit
  const right = b.unit
  if (compared.kind === 'factor')
    return a.open || b.open || a.kind === 'logarithm' ? undefined : { left, right, ratio: compared.ratio }
  return countsAnything(left) || countsAnything(right) ? undefined : { left, right, ratio: undefined }
}

const physical: ReadonlySet<string> = new Set(['mass', 'length', 'time', 'substance', 'temperature'])

/** 10^9/L are counts of something, which may be cells; 10^9 cells are of cells. */
function countsAnything({ number, words }: Unit): boolean {
  if (number === 1) return false
  return words.values().every(({ word }) => word.dimension.keys().every((base) => physical.has(base)))
}

/** Of a + b and a − b without a clash; `sign` says which. */
export function sum(a: Measure, b: Measure, sign: 1 | -1): Measure {
  if (a.kind === 'number' && b.kind === 'number') return { kind: 'number', value: a.value + sign * b.value }
  if (isZero(b)) return a
  if (isZero(a)) return sign === 1 ? b : negative(b)
  if (a.kind === 'effect') return b.kind === 'number' ? openPlain : sign === 1 ? b : negative(b)
  if (b.kind === 'effect') return a.kind === 'number' ? openPlain : a
  if (a.kind === 'unknown' || b.kind === 'unknown') return unknown
  if (a.kind === 'number') return withNumber(sign === 1 ? b : negative(b))
  if (b.kind === 'number') return withNumber(a)
  if (a.kind === 'logarithm' && b.kind === 'logarithm')
    return logarithm(timesPower(a.unit, b.unit, sign), a.open || b.open)
  if (a.kind === 'logarithm') return isDimensionless(b.unit) ? { ...a, open: true } : unknown
  if (b.kind === 'logarithm') return isDimensionless(a.unit) ? { ...b, open: true } : unknown
  return clashOf(a, b) === undefined ? { ...a, open: a.open || b.open } : unknown
}

/** A number added to a quantity with a dimension stands for another quantity, of which nothing is known. */
function withNumber(measure: Measure): Measure {
  return measure.kind === 'unit' && isDimensionless(measure.unit) ? openPlain : unknown
}

/** Of one value or the other: min, max, ifelse. A number among them has the unit of the rest. */
export function either(a: Measure, b: Measure): Measure {
  if (a.kind === 'number') return b
  if (b.kind === 'number') return a
  if (a.kind !== b.kind || a.kind === 'unknown' || a.kind === 'effect') return unknown
  return clashOf(a, b) === undefined && b.kind !== 'unknown' && b.kind !== 'effect'
    ? { ...a, open: a.open || b.open }
    : unknown
}

export function negative(a: Measure): Measure {
  if (a.kind === 'number') return { kind: 'number', value: -a.value }
  return a.kind === 'logarithm' ? logarithm(timesPower(one, a.unit, -1), a.open) : a
}

export function product(a: Measure, b: Measure): Measure {
  if (a.kind === 'number' && b.kind === 'number') return { kind: 'number', value: a.value * b.value }
  if (a.kind === 'number') return times(b, a.value)
  if (b.kind === 'number') return times(a, b.value)
  return a.kind === 'unit' && b.kind === 'unit'
    ? unitOrUnknown(timesPower(a.unit, b.unit, 1), a.open || b.open)
    : unknown
}

export function quotient(a: Measure, b: Measure): Measure {
  if (a.kind === 'number' && b.kind === 'number') return { kind: 'number', value: a.value / b.value }
  // a quantity over a number is one relative to a typical value, as in WT/70, or a conversion
  if (b.kind === 'number') return b.value === 1 || b.value === 2 ? a : unknown
  if (a.kind === 'number') return times(raised(b, -1), a.value)
  return a.kind === 'unit' && b.kind === 'unit'
    ? unitOrUnknown(timesPower(a.unit, b.unit, -1), a.open || b.open)
    : unknown
}

export function raised(base: Measure, exponent: number): Measure {
  if (base.kind === 'number') return { kind: 'number', value: Number.NaN }
  return base.kind === 'unit' ? unitOrUnknown(timesPower(one, base.unit, exponent), base.open) : unknown
}

/** Of log(a). */
export function logarithmOf(a: Measure): Measure {
  if (a.kind === 'unit') return isDimensionless(a.unit) ? openPlain : logarithm(a.unit, a.open)
  return a.kind === 'number' ? { kind: 'number', value: Number.NaN } : unknown
}

/** Of exp(a), where a is no quantity with a dimension. */
export function exponentialOf(a: Measure): Measure {
  switch (a.kind) {
    case 'number':
      return { kind: 'number', value: Number.NaN }
    case 'effect':
      return plain
    case 'unit':
      return isDimensionless(a.unit) ? plain : unknown
    case 'logarithm':
      return measureOf(a.unit, a.open)
    default:
      return unknown
  }
}

function logarithm(unit: Unit | undefined, open: boolean): Measure {
  if (unit === undefined) return unknown
  return isDimensionless(unit) ? openPlain : { kind: 'logarithm', unit, open }
}

function unitOrUnknown(unit: Unit | undefined, open: boolean): Measure {
  return unit === undefined ? unknown : { kind: 'unit', unit, open }
}

function isZero(measure: Measure): boolean {
  return measure.kind === 'number' && measure.value === 0
}

/** A number of times a quantity: counted, converted, or multiplied by a number that has a unit of its own. */
function times(a: Measure, value: number): Measure {
  if (value === 0) return { kind: 'number', value: 0 }
  if (a.kind !== 'unit') return value === 1 ? a : value === -1 ? negative(a) : unknown
  const size = Math.abs(value)
  if (size <= 6 && Number.isInteger(size)) return a
  return isConversion(size) ? { ...a, open: true } : unknown
}

/** Whether a number can only convert, as 24 h/day or 1000 mL/L do, and has no dimension. */
export function isConversion(size: number): boolean {
  if (size === 24 || size === 60 || size === 1440) return true
  let rest = size
  while (rest >= 10 && rest < Number.POSITIVE_INFINITY) rest /= 10
  return rest === 1 && size >= 1000
}
