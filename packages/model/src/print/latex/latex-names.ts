import { isDigit } from '../../syntax/tokenize.ts'
import { greekLetters, latexText } from './latex-text.ts'

/**
 * Names of a model as mathematical signs: `alpha` is α, `k_e0` k with the subscript e0, `eta.cl` η with the subscript cl.
 *
 * Of several names that would look the same, all but the first are spelt out.
 */
export class LatexNames {
  readonly #known = new Map<string, string>()
  readonly #taken = new Set<string>()

  of(name: string): string {
    const known = this.#known.get(name)
    if (known !== undefined) return known
    const sign = mathName(name)
    const latex = this.#taken.has(sign) ? `\\mathtt{${latexText(name)}}` : sign
    this.#taken.add(latex)
    this.#known.set(name, latex)
    return latex
  }
}

function mathName(name: string): string {
  const [first = '', ...below] = nameParts(name)
  const subscript = below.map(belowSymbol).join(',')
  return subscript === '' ? symbol(first) : `${symbol(first)}_{${subscript}}`
}

/** What `.`, `_`, blanks and the digits at the end of a single or Greek letter set apart. */
export function nameParts(name: string): string[] {
  const words = name
    .replaceAll('.', '_')
    .replaceAll(' ', '_')
    .split('_')
    .filter((word) => word !== '')
  const [first, ...rest] = words
  if (first === undefined) return [name]
  let end = first.length
  while (end > 0 && isDigit(first.charCodeAt(end - 1))) end--
  const letters = first.slice(0, end)
  const isSign = letters.length === 1 || greekLetters.has(letters)
  return isSign && end < first.length ? [letters, first.slice(end), ...rest] : words
}

/** One letter, a Greek letter, or a word in one piece. */
function symbol(word: string): string {
  if (greekLetters.has(word)) return `\\${word}`
  return word.length === 1 ? latexText(word) : `\\mathit{${latexText(word)}}`
}

function belowSymbol(word: string): string {
  return greekLetters.has(word) ? `\\${word}` : latexText(word)
}
