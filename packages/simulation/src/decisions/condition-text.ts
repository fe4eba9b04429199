import { type Model, nearestName, parseExpression, readUnit } from '@cartkin/model'
import { type Quantity, quantities } from '../course/quantities.ts'
import { leadingNumber, unitRatio } from '../regimens/regimen-quantity.ts'
import type { Bound, DecisionCondition, Holding } from './decision-rule.ts'
import { ruleTime } from './rule-time.ts'

/** Longest text of a condition. */
const longest = 1000
/** Brackets within brackets at most. */
const deepest = 20

const example = 'TEMP >= 38 for 12 h'

/** Words that end a threshold or a time. */
const keywords: ReadonlySet<string> = new Set(['and', 'or', 'for', 'from', 'until'])

type Comparator = 'atLeast' | 'above' | 'atMost' | 'below'
const comparators: ReadonlyMap<string, Comparator> = new Map([
  ['>=', 'atLeast'],
  ['≥', 'atLeast'],
  ['at least', 'atLeast'],
  ['>', 'above'],
  ['above', 'above'],
  ['<=', 'atMost'],
  ['≤', 'atMost'],
  ['at most', 'atMost'],
  ['<', 'below'],
  ['below', 'below'],
])

interface Token {
  readonly text: string
  readonly from: number
  readonly to: number
}

/**
 * Reads a condition as people write it: `TEMP >= 38 for 12 h`, `CRS at least 2 until 14 day`, `(IL6 > 300 or CRP > 100) for 1 day
 * and CAR > 0 from day 1`. `and` binds closer than `or`; `for`, `from` and `until` belong to the comparison or bracket before them. A
 * threshold is a number, a number with a unit, or an expression over the parameters; times without a unit are in that of the model.
 *
 * Throws a RangeError that says what is wrong.
 */
export function readCondition(model: Model, text: string): DecisionCondition {
  if (text.length > longest) throw new RangeError(`a condition has at most ${longest} characters, got ${text.length}`)
  const reader = new ConditionReader(model, text)
  return reader.whole()
}

class ConditionReader {
  readonly #model: Model
  readonly #text: string
  readonly #tokens: readonly Token[]
  #at = 0

  constructor(model: Model, text: string) {
    this.#model = model
    this.#text = text
    this.#tokens = tokensOf(text)
  }

  whole(): DecisionCondition {
    const condition = this.#any(0)
    const left = this.#word(0)
    if (left !== undefined) throw new RangeError(`${JSON.stringify(left)} is left over after the condition`)
    return condition
  }

  #word(ahead: number): string | undefined {
    return this.#tokens[this.#at + ahead]?.text
  }

  #takes(word: string): boolean {
    if (this.#word(0) !== word) return false
    this.#at++
    return true
  }

  #any(depth: number): DecisionCondition {
    const parts = [this.#all(depth)]
    while (this.#takes('or')) parts.push(this.#all(depth))
    return parts.length === 1 ? parts[0]! : { any: parts }
  }

  #all(depth: number): DecisionCondition {
    const parts = [this.#part(depth)]
    while (this.#takes('and')) parts.push(this.#part(depth))
    return parts.length === 1 ? parts[0]! : { all: parts }
  }

  #part(depth: number): DecisionCondition {
    if (depth > deepest) throw new RangeError(`more than ${deepest} brackets lie within one another`)
    if (!this.#takes('(')) return this.#comparison()
    const inner = this.#any(depth + 1)
    if (!this.#takes(')')) throw new RangeError('a bracket is not closed')
    const holding = this.#holding()
    return Object.keys(holding).length === 0 ? inner : { all: [inner], ...holding }
  }

  #comparison(): DecisionCondition {
    const name = this.#word(0)
    if (name === undefined) throw new RangeError(`a comparison is missing, such as ${example}`)
    this.#at++
    const words = this.#word(0) === 'at' ? 2 : 1
    const sign = this.#tokens
      .slice(this.#at, this.#at + words)
      .map(({ text }) => text)
      .join(' ')
    const comparator = comparators.get(sign)
    if (comparator === undefined)
      throw new RangeError(
        `after ${name} comes >=, >, <= or < (or at least, above, at most, below), such as ${example}; got ${JSON.stringify(sign)}`,
      )
    this.#at += words
    const quantity = this.#quantity(name)
    const threshold = this.#threshold(quantity)
    return { quantity: quantity.name, ...boundOf(comparator, threshold), ...this.#holding() }
  }

  #quantity(name: string): Quantity {
    const known = quantities(this.#model)
    const found = known.find((quantity) => quantity.name === name)
    if (found !== undefined) return found
    const meant =
      known.find(({ label }) => label.toLowerCase().includes(name.toLowerCase())) ??
      known.find(
        (quantity) =>
          quantity.name ===
          nearestName(
            name,
            known.map((other) => other.name),
          ),
      )
    const remedy =
      meant === undefined
        ? `it has ${known.map((quantity) => quantity.name).join(', ')}`
        : `did you mean ${meant.name}${meant.label === '' ? '' : ` (${meant.label})`}?`
    throw new RangeError(`the model has no state or output ${name}; ${remedy}`)
  }

  #threshold({ name, unit }: Quantity): number | string {
    const text = this.#upToKeyword()
    if (text === '') throw new RangeError(`a number is missing after ${name}, such as ${example}`)
    const { value, rest } = leadingNumber(text)
    if (value === null) return this.#expression(text)
    if (rest === '') return value
    const given = readUnit(rest)
    if (given === undefined || given.logarithm !== undefined) return this.#expression(text)
    if (rest === unit) return value
    const own = readUnit(unit)
    const ratio = own === undefined || own.logarithm !== undefined ? undefined : unitRatio(given.unit, own.unit)
    if (ratio === undefined)
      throw new RangeError(`${name} is in ${unit === '' ? 'a unit that the model does not say' : unit}, not in ${rest}`)
    return value * wholeIfNear(ratio)
  }

  /** A threshold over the parameters. */
  #expression(text: string): string {
    const expression = parseExpression(text)
    if (!expression.ok)
      throw new RangeError(`threshold ${text}: ${expression.diagnostics[0]?.message ?? 'not an expression'}`)
    const known = this.#model.parameters.map(({ name }) => name)
    for (const name of expression.names) {
      if (known.includes(name)) continue
      const nearest = nearestName(name, known)
      const remedy = nearest === undefined ? '' : `; did you mean ${nearest}?`
      throw new RangeError(`threshold ${text}: the model has no parameter ${name}${remedy}`)
    }
    return text
  }

  #holding(): Holding {
    let holding: Holding = {}
    for (;;) {
      const word = this.#word(0)
      const key = word === 'for' ? 'forTime' : word === 'from' || word === 'until' ? word : undefined
      if (word === undefined || key === undefined) return holding
      if (holding[key] !== undefined) throw new RangeError(`${word} stands twice`)
      this.#at++
      const text = this.#upToKeyword()
      if (text === '') throw new RangeError(`a time is missing after ${word}, such as ${word} 12 h`)
      holding = { ...holding, [key]: ruleTime(this.#model, text.startsWith('day ') ? `${text.slice(4)} day` : text) }
    }
  }

  /** The text up to the next keyword or the end of the bracket. */
  #upToKeyword(): string {
    const first = this.#at
    let open = 0
    for (; this.#at < this.#tokens.length; this.#at++) {
      const word = this.#word(0)!
      if (open === 0 && (word === ')' || keywords.has(word))) break
      if (word === '(') open++
      if (word === ')') open--
    }
    if (first === this.#at) return ''
    return this.#text.slice(this.#tokens[first]!.from, this.#tokens[this.#at - 1]!.to)
  }
}

function boundOf(comparator: Comparator, threshold: number | string): Bound {
  switch (comparator) {
    case 'atLeast':
      return { atLeast: threshold }
    case 'above':
      return { above: threshold }
    case 'atMost':
      return { atMost: threshold }
    case 'below':
      return { below: threshold }
  }
}

/** Ratios of units of one kind are mostly whole numbers but for rounding. */
function wholeIfNear(ratio: number): number {
  const whole = Math.round(ratio)
  return Math.abs(ratio - whole) < 1e-12 * ratio ? whole : ratio
}

/** Words, signs of comparison, and other characters one by one. */
function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  for (let from = 0; from < text.length; ) {
    let to = from + 1
    if (isOfWord(text[from]!)) while (to < text.length && isOfWord(text[to]!)) to++
    else if ((text[from] === '>' || text[from] === '<') && text[to] === '=') to++
    if (text[from]!.trim() !== '') tokens.push({ text: text.slice(from, to), from, to })
    from = to
  }
  return tokens
}

function isOfWord(character: string): boolean {
  return (
    (character >= 'a' && character <= 'z') ||
    (character >= 'A' && character <= 'Z') ||
    (character >= '0' && character <= '9') ||
    character === '_' ||
    character === '.'
  )
}
