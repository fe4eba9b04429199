import { budget } from '../text/budget.ts'
import type { Diagnostics } from '../text/diagnostics.ts'
import { asciiFor } from '../text/lookalikes.ts'
import { isInvisible, quote } from '../text/quote.ts'
import type { Extent } from '../text/source-text.ts'
import type { Sign, Token, TokenProblem, TokenStream } from './tokens.ts'

const signs: ReadonlyMap<string, Sign> = new Map<string, Sign>([
  ['**', '^'],
  ['&&', '&'],
  ['||', '|'],
  ['<-', '<-'],
  ['->', '->'],
  ['<=', '<='],
  ['>=', '>='],
  ['==', '=='],
  ['!=', '!='],
  ...(['+', '-', '*', '/', '^', '(', ')', '{', '}', '[', ']'] as const).map((s): [string, Sign] => [s, s]),
  ...([',', ';', '=', '~', '<', '>', '&', '|', '!', ':', '$'] as const).map((s): [string, Sign] => [s, s]),
])

/** The last characters of the signs that have two. */
const secondMarks: ReadonlySet<string> = new Set(
  [...signs.keys()].filter((sign) => sign.length === 2).map((s) => s[1]!),
)

/**
 * Cuts a text into tokens by hand-written loops over its characters; never backtracks, so its time is linear.
 *
 * Line ends are tokens: whether one ends a statement is the parser's question.
 */
export function tokenize(text: string, diagnostics: Diagnostics): TokenStream {
  const tokens: Token[] = []
  const problems = new Map<number, TokenProblem[]>()
  /** Notes what is wrong with the token that is read next. */
  const report: Report = (at, message) => {
    const known = problems.get(tokens.length)
    if (known === undefined) problems.set(tokens.length, [{ at, message }])
    else known.push({ at, message })
  }
  const commentAfter = new Map<number, string>()
  let leadingComment = ''
  /** Tokens that end a line. */
  let lineEnds = 0
  let i = text.charCodeAt(0) === 0xfeff ? 1 : 0
  if (text.length > budget.source) {
    diagnostics.error(
      { offset: 0, length: 1 },
      `The text has ${text.length} characters; at most ${budget.source} are read.`,
    )
    return { tokens: [{ kind: 'end', at: { offset: 0, length: 0 } }], commentAfter, problems, leadingComment }
  }
  while (i < text.length && !diagnostics.full) {
    if (tokens.length >= budget.tokens) {
      diagnostics.error({ offset: i, length: 1 }, `The text has more than ${budget.tokens} tokens; split the model.`)
      break
    }
    const start = i
    const code = text.charCodeAt(i)
    if (code === 32 || code === 9 || code === 12) {
      i++
    } else if (code === 10 || code === 13) {
      i += code === 13 && text.charCodeAt(i + 1) === 10 ? 2 : 1
      tokens.push({ kind: 'newline', at: { offset: start, length: i - start } })
      lineEnds++
    } else if (code === 35) {
      while (i < text.length && !isLineEnd(text.charCodeAt(i))) i++
      const comment = withoutMarks(text.slice(start, i))
      const last = tokens.at(-1)
      if (last !== undefined && last.kind !== 'newline') commentAfter.set(tokens.length - 1, comment)
      else if (leadingComment === '' && tokens.length === lineEnds) leadingComment = comment
    } else if (isDigit(code) || (code === 46 && isDigit(text.charCodeAt(i + 1)))) {
      i = readNumber(text, start, tokens, report)
    } else if ((code === 114 || code === 82) && isRawString(text, i + 1)) {
      i = readRawString(text, start, tokens, diagnostics)
    } else if (isNameStart(code)) {
      i = readName(text, start, tokens, report)
    } else if (code === 96) {
      i = readQuotedName(text, start, tokens, report)
    } else if (code === 34 || code === 39) {
      i = readString(text, start, tokens, diagnostics)
    } else if (code === 37) {
      i = readPercentOperator(text, start, tokens, report)
    } else {
      const two = secondMarks.has(text.charAt(i + 1)) ? signs.get(text.slice(i, i + 2)) : undefined
      const sign = two ?? signs.get(text.charAt(i))
      if (sign !== undefined) {
        i += two === undefined ? 1 : 2
        tokens.push({ kind: 'sign', sign, at: { offset: start, length: i - start } })
      } else if (code >= 128 && asciiLetters(text, i) !== undefined) {
        i = readName(text, start, tokens, report)
      } else i = readBad(text, start, tokens, report)
    }
  }
  // The end is where something could still have stood: after the last word, not on the empty line below it.
  const last = tokens.findLast(({ kind }) => kind !== 'newline')
  tokens.push({ kind: 'end', at: { offset: last === undefined ? 0 : last.at.offset + last.at.length, length: 0 } })
  return { tokens, commentAfter, problems, leadingComment }
}

type Report = (at: Extent, message: string) => void

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

export function isNameStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 46 || code === 95
}

function isNamePart(code: number): boolean {
  return isNameStart(code) || isDigit(code)
}

function isLineEnd(code: number): boolean {
  return code === 10 || code === 13
}

/** Latin letters for a foreign letter at `i` that looks like them or is spelt so. */
function asciiLetters(text: string, i: number): string | undefined {
  const code = text.codePointAt(i)
  if (code === undefined || code < 128) return undefined
  const ascii = asciiFor(String.fromCodePoint(code))
  return ascii !== undefined && isNamePart(ascii.charCodeAt(0)) && ascii !== 'Inf' ? ascii : undefined
}

/** A name; foreign letters in it are reported once and read as what they look like. */
function readName(text: string, start: number, tokens: Token[], report: Report): number {
  let i = start
  while (isNamePart(text.charCodeAt(i))) i++
  let name = text.slice(start, Math.min(i, start + budget.identifier + 1))
  let foreign: string | undefined
  while (i < text.length) {
    const ascii = isNamePart(text.charCodeAt(i)) ? text.charAt(i) : asciiLetters(text, i)
    if (ascii === undefined) break
    if (text.charCodeAt(i) >= 128) foreign ??= String.fromCodePoint(text.codePointAt(i) ?? 0)
    // a name far over the limit need not be kept to its end
    if (name.length <= budget.identifier) name += ascii
    i += (text.codePointAt(i) ?? 0) > 0xffff ? 2 : 1
  }
  const at = { offset: start, length: i - start }
  if (foreign !== undefined) {
    const point = (foreign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
    report(
      at,
      `The letter ${quote(foreign)} (U+${point}) in ${quote(text.slice(start, i))} is not a letter a-z; type ${quote(name)}.`,
    )
  }
  if (at.length > budget.identifier) {
    report(
      at,
      `The name ${quote(text.slice(start, i))} has ${at.length} letters; at most ${budget.identifier} are allowed.`,
    )
    tokens.push({ kind: 'bad', at })
  } else tokens.push({ kind: 'name', name, at })
  return i
}

/** A comment without its `#` marks and outer blanks. */
function withoutMarks(comment: string): string {
  let start = 0
  while (start < comment.length && (comment[start] === '#' || comment[start] === "'")) start++
  return comment.slice(start).trim()
}

function readNumber(text: string, start: number, tokens: Token[], report: Report): number {
  let i = start
  const digits = () => {
    const from = i
    while (i < text.length && isDigit(text.charCodeAt(i))) i++
    return i > from
  }
  digits()
  if (text.charCodeAt(i) === 46) {
    i++
    digits()
  }
  let complete = true
  const mark = text.charAt(i)
  if (mark === 'e' || mark === 'E') {
    i++
    if (text.charAt(i) === '+' || text.charAt(i) === '-') i++
    complete = digits()
  }
  const value = Number(text.slice(start, i))
  if (complete && text.charAt(i) === 'L') i++
  const end = i
  while (i < text.length && isNamePart(text.charCodeAt(i))) i++
  const at = { offset: start, length: i - start }
  const written = quote(text.slice(start, i))
  if (i > end) {
    const rest = text.slice(end, i)
    const hint = isNameStart(rest.charCodeAt(0)) && rest[0] !== '.' && complete
    report(
      at,
      `${written} is not a number.${hint ? ` For a product write ${quote(`${text.slice(start, end)}*${rest}`)}.` : ' Numbers are written like 12, 0.5 or 1e-6.'}`,
    )
  } else if (!complete) report(at, `${written} has an exponent without digits; write it like 1e6.`)
  else if (!Number.isFinite(value)) {
    report(at, `${written} is larger than the largest number, 1.7976931348623157e308; for infinity write Inf.`)
  }
  tokens.push({ kind: 'number', value, at })
  return i
}

/** A name in backticks: the same letters as other names, and blanks. */
function readQuotedName(text: string, start: number, tokens: Token[], report: Report): number {
  let i = start + 1
  while (i < text.length && text.charCodeAt(i) !== 96 && !isLineEnd(text.charCodeAt(i))) i++
  const closed = text.charCodeAt(i) === 96
  const name = text.slice(start + 1, i)
  if (closed) i++
  const at = { offset: start, length: i - start }
  let wrong = ''
  if (!closed) wrong = 'The backtick is not closed on its line.'
  else if (name === '') wrong = 'There is no name between the backticks.'
  else if (name.length > budget.identifier) {
    wrong = `The name ${quote(name)} has ${name.length} letters; at most ${budget.identifier} are allowed.`
  } else {
    for (const character of name) {
      const code = character.codePointAt(0) ?? 0
      if (!isNamePart(code) && code !== 32) {
        wrong = `${quote(name)} is no name: names have letters, digits, \`.\`, \`_\` and, in backticks, blanks.`
        break
      }
    }
  }
  if (wrong !== '') {
    report(at, wrong)
    tokens.push({ kind: 'bad', at })
  } else tokens.push({ kind: 'name', name, at })
  return i
}

function readString(text: string, start: number, tokens: Token[], diagnostics: Diagnostics): number {
  const mark = text.charCodeAt(start)
  let value = ''
  let from = start + 1
  let i = from
  while (i < text.length && text.charCodeAt(i) !== mark) {
    if (text.charCodeAt(i) === 92 && i + 1 < text.length) {
      value += text.slice(from, i)
      const read = readEscape(text, i + 1)
      value += read.value
      i += 1 + read.length
      from = i
    } else i++
  }
  value += text.slice(from, i)
  const closed = i < text.length
  if (closed) i++
  else
    diagnostics.error(
      { offset: start, length: 1 },
      `The string that begins here is not closed by ${text.charAt(start)}.`,
    )
  tokens.push({ kind: 'string', value, at: { offset: start, length: i - start } })
  return i
}

/** `%%`, the remainder; other operators in percent signs are read whole, so that they can be named. */
function readPercentOperator(text: string, start: number, tokens: Token[], report: Report): number {
  let i = start + 1
  while (i < text.length && text.charCodeAt(i) !== 37 && !isLineEnd(text.charCodeAt(i))) i++
  if (text.charCodeAt(i) !== 37) return readBad(text, start, tokens, report)
  i++
  const at = { offset: start, length: i - start }
  if (at.length === 2) tokens.push({ kind: 'sign', sign: '%%', at })
  else {
    report(at, `The operator ${quote(text.slice(start, i))} is not supported; there are + - * / ^ %% and comparisons.`)
    tokens.push({ kind: 'bad', at })
  }
  return i
}

const rawBrackets: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
])

/** Whether a raw string `r"---(…)---"` goes on at `i`, its quotation mark. */
function isRawString(text: string, i: number): boolean {
  if (text.charCodeAt(i) !== 34 && text.charCodeAt(i) !== 39) return false
  let k = i + 1
  while (text.charCodeAt(k) === 45) k++
  return rawBrackets.has(text.charAt(k))
}

function readRawString(text: string, start: number, tokens: Token[], diagnostics: Diagnostics): number {
  const mark = text.charAt(start + 1)
  let from = start + 2
  while (text.charCodeAt(from) === 45) from++
  const end = `${rawBrackets.get(text.charAt(from)) ?? ')'}${text.slice(start + 2, from)}${mark}`
  const found = text.indexOf(end, from + 1)
  const stop = found < 0 ? text.length : found
  if (found < 0) {
    diagnostics.error({ offset: start, length: 2 }, `The raw string that begins here is not closed by ${quote(end)}.`)
  }
  const i = found < 0 ? stop : stop + end.length
  tokens.push({ kind: 'string', value: text.slice(from + 1, stop), at: { offset: start, length: i - start } })
  return i
}

const plainEscapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['0', '\0'],
])

/** What stands for a backslash and the characters after it: R's escapes, else the next character itself. */
function readEscape(text: string, start: number): { readonly value: string; readonly length: number } {
  const mark = text.charAt(start)
  const most = mark === 'x' ? 2 : mark === 'u' ? 4 : mark === 'U' ? 8 : 0
  const isBraced = most > 2 && text.charAt(start + 1) === '{'
  const from = start + (isBraced ? 2 : 1)
  let i = from
  let point = 0
  while (i < from + most) {
    const digit = hexDigit(text.charCodeAt(i))
    if (digit < 0) break
    point = point * 16 + digit
    i++
  }
  if (i > from && point <= 0x10ffff) {
    const end = isBraced && text.charAt(i) === '}' ? i + 1 : i
    return { value: String.fromCodePoint(point), length: end - start }
  }
  return { value: plainEscapes.get(mark) ?? mark, length: 1 }
}

function hexDigit(code: number): number {
  if (isDigit(code)) return code - 48
  const letter = code | 32
  return letter >= 97 && letter <= 102 ? letter - 87 : -1
}

/** One run of characters that the language has no use for, reported once. */
function readBad(text: string, start: number, tokens: Token[], report: Report): number {
  const code = text.codePointAt(start) ?? 0
  const character = String.fromCodePoint(code)
  const ascii = asciiFor(character)
  const meant = ascii === undefined ? undefined : signs.get(ascii)
  let i = start + character.length
  while (meant === undefined && i < text.length && isUnreadable(text.charCodeAt(i))) i++
  const at = { offset: start, length: i - start }
  const point = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
  if (isInvisible(code)) {
    report(at, `There is an invisible character (${point}) here; delete it${code === 0xa0 ? ' or type a blank' : ''}.`)
  } else if (ascii !== undefined) {
    report(at, `The character ${quote(character)} (${point}) is not of the language; type \`${ascii}\`.`)
  } else {
    report(
      at,
      `The character ${quote(character)} (${point}) has no meaning here; names have the letters a-z, A-Z, digits, \`.\` and \`_\`.`,
    )
  }
  // the sign that was meant lets the rest be checked; invisible characters count as blanks
  if (meant !== undefined) tokens.push({ kind: 'sign', sign: meant, at })
  else if (!isInvisible(code)) tokens.push({ kind: 'bad', at })
  return i
}

function isUnreadable(code: number): boolean {
  return code >= 127 || (code < 32 && code !== 9 && code !== 12 && !isLineEnd(code))
}
