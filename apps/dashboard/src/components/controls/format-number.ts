import { formatValue } from '@cartkin/charts'

/** A number for reading, three significant digits; a dash where there is none. */
export function formatNumber(value: number, digits = 3): string {
  return Number.isNaN(value) ? '–' : formatValue(value, digits)
}

/** A number as it is typed: up to six significant digits, in the form that `Number` reads. */
export function editableNumber(value: number): string {
  const rounded = Number(value.toPrecision(6))
  const size = Math.abs(rounded)
  return size >= 1e5 || (size > 0 && size < 1e-3) ? rounded.toExponential().replace('e+', 'e') : String(rounded)
}
