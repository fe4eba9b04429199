import { asciiFor } from '../../text/lookalikes.ts'

const special: ReadonlyMap<string, string> = new Map([
  ['\\', '\\textbackslash{}'],
  ['{', '\\{'],
  ['}', '\\}'],
  ['$', '\\$'],
  ['&', '\\&'],
  ['#', '\\#'],
  ['^', '\\textasciicircum{}'],
  ['_', '\\_'],
  ['%', '\\%'],
  ['~', '\\textasciitilde{}'],
  ['<', '\\textless{}'],
  ['>', '\\textgreater{}'],
  ['"', "''"],
  ['`', '\\textasciigrave{}'],
  ['|', '\\textbar{}'],
  ['µ', '\\ensuremath{\\mu}'],
])

/** Letters of names that LaTeX has signs for. */
export const greekLetters: ReadonlySet<string> = new Set(
  (
    'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega ' +
    'Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega'
  ).split(' '),
)

/** Words of a label for LaTeX's text mode; what pdflatex has no letter for is written in ASCII or left out. */
export function latexText(text: string): string {
  return Array.from(text, latexCharacter).join('')
}

function latexCharacter(character: string): string {
  const known = special.get(character)
  if (known !== undefined) return known
  const code = character.codePointAt(0) ?? 0
  if (code < 32) return ' '
  // the Latin letters that every LaTeX reads
  if (code < 127 || (code > 0xbf && code < 0x17f && code !== 0xd7 && code !== 0xf7)) return character
  const ascii = asciiFor(character)
  if (ascii === undefined) return ''
  return greekLetters.has(ascii) ? `\\ensuremath{\\${ascii}}` : latexText(ascii)
}

/** A unit such as `10^9/L` or `mg*h/L`, exponents raised. */
export function latexUnit(unit: string): string {
  let latex = ''
  for (let i = 0; i < unit.length; i++) {
    const character = unit.charAt(i)
    if (character === '*') latex += '\\ensuremath{\\cdot}'
    else if (character === '^') {
      let end = i + 1
      if (unit[end] === '-' || unit[end] === '+') end++
      while (end < unit.length && '0123456789'.includes(unit.charAt(end))) end++
      latex += `\\textsuperscript{${latexText(unit.slice(i + 1, end))}}`
      i = end - 1
    } else if (unit.codePointAt(i) === unit.charCodeAt(i)) latex += latexText(character)
    else {
      latex += latexText(String.fromCodePoint(unit.codePointAt(i) ?? 0))
      i++
    }
  }
  return latex
}
