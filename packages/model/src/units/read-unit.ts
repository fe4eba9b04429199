import { dimensionOf, namedUnit, one, timesPower, type Unit } from './unit.ts'

/** A unit as a text declares it. */
export interface DeclaredUnit {
  /** The unit, or that of the quantity whose logarithm is meant. */
  readonly unit: Unit
  /** The base of `log(mg/L)`, `log10(copies/mL)`. */
  readonly logarithm?: 'e' | '10' | '2'
}

const longest = 120
const deepest = 8

type Token =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'sign'; readonly sign: '(' | ')' | '*' | '/' | '^' | 'per' }
  /** A power without a sign before it: `m2`, `h-1`, `L⁻¹`. */
  | { readonly kind: 'exponent'; readonly value: number }

/**
 * Reads `1/day`, `mg/L`, `10^6 cells`, `mL/min/1.73m2`, `umol·L⁻¹`, `log(ng/mL)` and what else stands in square brackets.
 * Products and quotients are taken from left to right; `per` divides by all that follows. A reference size in a
 * denominator (`/70kg`, `/1.73m2`) says for whom the value holds and has no dimension. Undefined for anything that is not
 * a unit; never throws.
 */
export function readUnit(text: string): DeclaredUnit | undefined {
  if (text.length > longest) return undefined
  const trimmed = text.trim()
  if (trimmed === '-') return { unit: one }
  for (const [name, logarithm] of [
    ['log10', '10'],
    ['log2', '2'],
    ['log', 'e'],
    ['ln', 'e'],
  ] as const) {
    const after = trimmed.charCodeAt(name.length)
    if (!trimmed.startsWith(name) || !(after === 0x28 || after === 0x20)) continue
    const unit = readPlain(trimmed.slice(name.length))
    return unit === undefined ? undefined : { unit, logarithm }
  }
  const unit = readPlain(trimmed)
  return unit === undefined ? undefined : { unit }
}

function readPlain(text: string): Unit | undefined {
  const tokens = tokenize(text)
  return tokens === undefined || tokens.length === 0 ? undefined : new UnitParser(tokens).read()
}

class UnitParser {
  readonly #tokens: readonly Token[]
  #at = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  read(): Unit | undefined {
    const unit = this.#group(0)
    return this.#at === this.#tokens.length ? unit : undefined
  }

  #sign(sign: string): boolean {
    const token = this.#tokens[this.#at]
    if (token?.kind !== 'sign' || token.sign !== sign) return false
    this.#at++
    return true
  }

  #group(depth: number): Unit | undefined {
    if (depth > deepest) return undefined
    const first = this.#tokens[this.#at]
    let unit = first?.kind === 'sign' && first.sign === 'per' ? one : this.#product(depth)
    while (unit !== undefined && this.#sign('per')) {
      const below = this.#product(depth)
      unit = below === undefined ? undefined : timesPower(unit, below, -1)
    }
    return unit
  }

  #product(depth: number): Unit | undefined {
    let unit: Unit | undefined = one
    // `/day` alone is a rate
    let divides = this.#sign('/')
    if (!divides) this.#sign('*')
    for (;;) {
      if (divides && this.#isReferenceSize()) this.#at += 2
      else {
        const factor = this.#factor(depth)
        if (factor === undefined) return undefined
        unit = timesPower(unit, factor, divides ? -1 : 1)
        if (unit === undefined) return undefined
      }
      const next = this.#tokens[this.#at]
      if (next === undefined || (next.kind === 'sign' && (next.sign === ')' || next.sign === 'per'))) return unit
      divides = this.#sign('/')
      if (!divides) this.#sign('*')
    }
  }

  /** `70kg` or `1.73m2`: a size to which values are normalised; the exponent of its word has been read into it. */
  #isReferenceSize(): boolean {
    const number = this.#tokens[this.#at]
    const word = this.#tokens[this.#at + 1]
    if (number?.kind !== 'number' || word?.kind !== 'word' || isPowerOfTen(number.value)) return false
    const unit = namedUnit(word.text)
    if (unit === undefined) return false
    const dimension = dimensionOf(unit)
    const next = this.#tokens[this.#at + 2]
    if (dimension.get('mass') === 1 && dimension.size === 1) return next?.kind !== 'exponent' && !isPower(next)
    if (dimension.get('length') !== 1) return false
    // the exponent stands behind and is skipped with the rest
    const value = next?.kind === 'exponent' ? next : isPower(next) ? this.#tokens[this.#at + 3] : undefined
    if (value === undefined || value.kind === 'word' || value.kind === 'sign' || value.value !== 2) return false
    this.#at += next?.kind === 'exponent' ? 1 : 2
    return true
  }

  #factor(depth: number): Unit | undefined {
    const token = this.#tokens[this.#at++]
    if (token === undefined || token.kind === 'exponent') return undefined
    let unit: Unit | undefined
    if (token.kind === 'number') unit = token.value > 0 ? { number: token.value, words: one.words } : undefined
    else if (token.kind === 'word') unit = namedUnit(token.text)
    else if (token.sign === '(') {
      unit = this.#group(depth + 1)
      if (!this.#sign(')')) return undefined
    }
    if (unit === undefined) return undefined
    const exponent = this.#exponent()
    const raised = exponent === undefined ? undefined : timesPower(one, unit, exponent)
    // a number belongs to the word behind it: mg/24h
    if (raised === undefined || token.kind !== 'number' || this.#tokens[this.#at]?.kind !== 'word') return raised
    const rest = this.#factor(depth)
    return rest === undefined ? undefined : timesPower(raised, rest, 1)
  }

  /** The exponent that follows, 1 where none does; undefined where there is none after `^`. */
  #exponent(): number | undefined {
    const token = this.#tokens[this.#at]
    if (token?.kind === 'exponent') {
      this.#at++
      return token.value
    }
    if (!this.#sign('^')) return 1
    const bracket = this.#sign('(')
    const value = this.#tokens[this.#at++]
    if (value?.kind !== 'number' && value?.kind !== 'exponent') return undefined
    return bracket && !this.#sign(')') ? undefined : value.value
  }
}

function isPower(token: Token | undefined): boolean {
  return token?.kind === 'sign' && token.sign === '^'
}

function isPowerOfTen(value: number): boolean {
  let rest = value
  while (rest >= 10 && rest < Number.POSITIVE_INFINITY) rest /= 10
  return rest === 1
}

const signs: ReadonlyMap<string, '(' | ')' | '*' | '/' | '^'> = new Map([
  ['(', '('],
  [')', ')'],
  ['*', '*'],
  ['·', '*'],
  ['⋅', '*'],
  ['•', '*'],
  ['×', '*'],
  ['∙', '*'],
  ['.', '*'],
  ['/', '/'],
  ['∕', '/'],
  ['⁄', '/'],
  ['÷', '/'],
  ['^', '^'],
])

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹'
const minuses = '-−–⁻'

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9'
}

function isLetter(character: string): boolean {
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') || '%µμ°'.includes(character)
}

/** Undefined where a character can be no part of a unit. */
function tokenize(text: string): readonly Token[] | undefined {
  const tokens: Token[] = []
  let i = 0
  const digits = (): string => {
    const from = i
    while (isDigit(text[i])) i++
    return text.slice(from, i)
  }
  const readNumber = (): number => {
    const from = i
    digits()
    if (text[i] === '.' && isDigit(text[i + 1])) {
      i++
      digits()
    }
    const signed = text[i + 1] === '-' || text[i + 1] === '+' ? 2 : 1
    if ((text[i] === 'e' || text[i] === 'E') && isDigit(text[i + signed])) {
      i += signed
      digits()
    }
    return Number(text.slice(from, i))
  }
  /** A sign and digits, plain or raised. */
  const readExponent = (): number | undefined => {
    const negative = minuses.includes(text[i] ?? ' ')
    let start = negative || text[i] === '+' ? i + 1 : i
    let value = ''
    for (; start < text.length; start++) {
      const character = text[start] ?? ''
      const raised = superscripts.indexOf(character)
      if (!isDigit(character) && raised < 0) break
      value += raised < 0 ? character : String(raised)
    }
    if (value === '') return undefined
    if (text[start] === '.' && isDigit(text[start + 1])) {
      do value += text[start++]
      while (isDigit(text[start]))
    }
    i = start
    return negative ? -Number(value) : Number(value)
  }
  while (i < text.length) {
    const character = text[i] ?? ''
    const last = tokens.at(-1)
    if (character === ' ' || character === '\t') i++
    else if (character === '*' && text[i + 1] === '*') {
      tokens.push({ kind: 'sign', sign: '^' })
      i += 2
    } else if (isDigit(character)) tokens.push({ kind: 'number', value: readNumber() })
    else if (minuses.includes(character) || character === '+' || superscripts.includes(character)) {
      const value = readExponent()
      if (value === undefined || last === undefined) return undefined
      tokens.push({ kind: 'exponent', value })
    } else if (isLetter(character)) {
      const from = i
      while (i < text.length && isLetter(text[i] ?? '')) i++
      const word = text.slice(from, i).replaceAll('µ', 'u').replaceAll('μ', 'u')
      // x10^9/L
      if (word === 'x' && last === undefined && isDigit(text[i])) continue
      if (word === 'per') tokens.push({ kind: 'sign', sign: 'per' })
      else {
        tokens.push({ kind: 'word', text: word })
        const next = text[i] ?? ' '
        const value =
          isDigit(next) || superscripts.includes(next) || minuses.includes(next) ? readExponent() : undefined
        if (value !== undefined) tokens.push({ kind: 'exponent', value })
      }
    } else {
      const sign = signs.get(character)
      if (sign === undefined) return undefined
      tokens.push({ kind: 'sign', sign })
      i++
    }
  }
  return tokens
}
