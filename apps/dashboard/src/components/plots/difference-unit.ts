import type { Difference } from '../../document/desk.ts'

/** What a value axis shows where curves are compared; the unit itself where they are not. */
export function differenceUnit(unit: string, difference: Difference | null, reference: string): string {
  if (!difference) return unit
  return difference === 'ratio' ? `ratio to ${reference}` : `minus ${reference}${unit === '' ? '' : `, ${unit}`}`
}
