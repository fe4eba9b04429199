const TOKENS: ReadonlySet<string> = new Set(['', '.', 'NA'])

/** Whether a cell says that there is no value: empty, `.` or `NA`. */
export function isMissing(text: string): boolean {
  return TOKENS.has(text)
}
