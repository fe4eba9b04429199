/** Characters with which a spreadsheet begins a formula, with their full-width forms. */
const TRIGGERS: ReadonlySet<string> = new Set(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])

function triggersBehindQuotes(text: string): boolean {
  let i = 0
  while (text[i] === "'") i++
  const first = text[i]
  return first !== undefined && TRIGGERS.has(first)
}

/**
 * Puts an apostrophe before a text that a spreadsheet would run as a formula (OWASP, "CSV Injection").
 * `restoreFormulaText` takes it away again; both leave all other texts alone.
 */
export function neutraliseFormulaText(text: string): string {
  return triggersBehindQuotes(text) ? `'${text}` : text
}

/** The text that `neutraliseFormulaText` was given. */
export function restoreFormulaText(text: string): string {
  return text[0] === "'" && triggersBehindQuotes(text) ? text.slice(1) : text
}
