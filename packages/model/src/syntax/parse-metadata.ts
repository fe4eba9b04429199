import { budget } from '../text/budget.ts'
import { across, type Extent } from '../text/source-text.ts'
import type { MetadataValue } from './syntax.ts'
import type { TokenReader } from './token-reader.ts'
import type { Token } from './tokens.ts'

/** Signs after which an R expression goes on on the next line. */
const open: ReadonlySet<string> = new Set('+ - * %% / ^ = <- -> ~ == != < <= > >= & | ! : $ ,'.split(' '))

const pairs: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
])
const closing: ReadonlySet<string> = new Set(pairs.values())

/**
 * Reads one statement beside `ini({…})` and `model({…})`: `name <- any R value`, or any other R. Nothing of it is run; it
 * ends with its line, brackets and open operators taken into account. What is simple becomes an entry of `metadata`.
 */
export function parseMetadata(reader: TokenReader, metadata: Map<string, MetadataValue>): void {
  const name = reader.peek()
  const isNamed = name.kind === 'name' && (reader.isSign('<-', 1) || reader.isSign('=', 1))
  if (isNamed) {
    reader.next()
    reader.next()
    reader.skipLineEnds()
  }
  const tokens: Token[] = []
  const brackets: { readonly closes: string; readonly at: Extent }[] = []
  for (;;) {
    const token = reader.peekRaw()
    const sign = token.kind === 'sign' ? token.sign : ''
    const bracket = brackets.at(-1)
    if (token.kind === 'end' || (bracket !== undefined && closing.has(sign) && sign !== bracket.closes)) {
      if (bracket === undefined) break
      reader.failAt(across(name.at, bracket.at), 'The brackets of this metadata are not closed.')
    }
    const last = tokens.at(-1)
    const goesOn = bracket !== undefined || last === undefined || (last.kind === 'sign' && open.has(last.sign))
    if (token.kind === 'newline' && !goesOn) break
    if (bracket === undefined && (sign === ';' || sign === '}')) break
    if (bracket === undefined && closing.has(sign)) reader.failAt(token.at, `This \`${sign}\` closes no bracket.`)
    const closes = pairs.get(sign)
    if (closes !== undefined) brackets.push({ closes, at: token.at })
    if (sign === bracket?.closes) brackets.pop()
    reader.skip()
    if (token.kind !== 'newline') tokens.push(token)
  }
  if (isNamed) metadata.set(name.name, new ValueReader(tokens).whole())
}

/** Reads strings, numbers, `list(…)`, `c(…)` and `paste(…)` of them; everything else is undefined. */
class ValueReader {
  readonly #tokens: readonly Token[]
  #position = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  whole(): MetadataValue {
    const value = this.#value(0)
    return this.#position === this.#tokens.length ? value : undefined
  }

  #isSign(sign: string, ahead = 0): boolean {
    const token = this.#tokens[this.#position + ahead]
    return token?.kind === 'sign' && token.sign === sign
  }

  #value(depth: number): MetadataValue {
    const token = this.#tokens[this.#position]
    if (token === undefined || depth > budget.nesting) return undefined
    if (token.kind === 'name' && this.#isSign('(', 1)) return this.#call(token.name, depth)
    this.#position++
    if (token.kind === 'string' || token.kind === 'number') return this.#alone() ? token.value : this.#rest()
    if (token.kind === 'name' && this.#alone()) {
      return token.name === 'TRUE' ? true : token.name === 'FALSE' ? false : undefined
    }
    return this.#rest()
  }

  /** The value ends here: at `,` or `)` or the end. */
  #alone(): boolean {
    return this.#position >= this.#tokens.length || this.#isSign(',') || this.#isSign(')')
  }

  /** Goes over what is not simple, to the `,` or `)` that ends it. */
  #rest(): undefined {
    let depth = 0
    for (; this.#position < this.#tokens.length; this.#position++) {
      if (depth === 0 && (this.#isSign(',') || this.#isSign(')'))) return
      if (this.#isSign('(') || this.#isSign('[') || this.#isSign('{')) depth++
      if (this.#isSign(')') || this.#isSign(']') || this.#isSign('}')) depth--
    }
  }

  #call(name: string, depth: number): MetadataValue {
    this.#position += 2
    const entries = new Map<string, MetadataValue>()
    let unnamed = 0
    while (this.#position < this.#tokens.length && !this.#isSign(')')) {
      const key = this.#tokens[this.#position]
      const isNamed = (key?.kind === 'name' || key?.kind === 'string') && this.#isSign('=', 1)
      if (isNamed) this.#position += 2
      const label = isNamed ? (key.kind === 'name' ? key.name : key.value) : `${++unnamed}`
      entries.set(label, this.#value(depth + 1))
      if (!this.#alone()) this.#rest()
      if (this.#isSign(',')) this.#position++
    }
    this.#position++
    if (!this.#alone()) return this.#rest()
    if (name === 'list' || name === 'c') return { entries }
    return name === 'paste' || name === 'paste0' ? pasted(entries, name === 'paste' ? ' ' : '') : undefined
  }
}

function pasted(entries: ReadonlyMap<string, MetadataValue>, usual: string): string | undefined {
  const separator = entries.get('sep') ?? usual
  const parts = [...entries].filter(([name]) => name !== 'sep' && name !== 'collapse').map(([, value]) => value)
  if (typeof separator !== 'string' || !parts.every((part) => typeof part === 'string' || typeof part === 'number')) {
    return undefined
  }
  return parts.join(separator)
}
