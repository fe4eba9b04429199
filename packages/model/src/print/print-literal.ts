/** The shortest decimal that reads back as the same number; infinities as R writes them. */
export function printNumber(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return 'Inf'
  if (value === Number.NEGATIVE_INFINITY) return '-Inf'
  return String(value).replace('e+', 'e')
}

/** A string in double quotes. */
export function printString(value: string): string {
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
