const ZERO = 48
const NINE = 57

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE
}

/** Index after the digits that begin at `from`. */
function afterDigits(text: string, from: number): number {
  let i = from
  while (i < text.length && isDigit(text.charCodeAt(i))) i++
  return i
}

function hasNonZeroDigit(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code > ZERO && code <= NINE) return true
    if (code === 69 || code === 101) return false
  }
  return false
}

/**
 * Reads a decimal number by the grammar `[+-]? (digits [sep digits?] | sep digits) ([eE] [+-]? digits)?`, where sep is
 * the decimal separator, and nothing else: no spaces, no hexadecimal, no digit groups, no names. A number that a double
 * cannot hold (`1e400`, `1e-400`) is not one.
 *
 * @returns the number, or null when the text is none.
 */
export function parseNumber(text: string, separator: '.' | ',' = '.'): number | null {
  let i = text[0] === '+' || text[0] === '-' ? 1 : 0
  const wholeStart = i
  i = afterDigits(text, i)
  const point = text[i] === separator ? i : -1
  const wholeDigits = i - wholeStart
  let fractionDigits = 0
  if (point >= 0) {
    const end = afterDigits(text, point + 1)
    fractionDigits = end - point - 1
    i = end
  }
  if (wholeDigits + fractionDigits === 0) return null
  if (text[i] === 'e' || text[i] === 'E') {
    let start = i + 1
    if (text[start] === '+' || text[start] === '-') start++
    const end = afterDigits(text, start)
    if (end === start) return null
    i = end
  }
  if (i !== text.length) return null
  const value = Number(point >= 0 ? `${text.slice(0, point)}.${text.slice(point + 1)}` : text)
  if (!Number.isFinite(value)) return null
  return value === 0 && hasNonZeroDigit(text) ? null : value
}
