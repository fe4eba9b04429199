import { budget } from '../text/budget.ts'
import type { Diagnostics } from '../text/diagnostics.ts'
import { quote } from '../text/quote.ts'
import type { Extent } from '../text/source-text.ts'
import type { Sign, Token, TokenStream } from './tokens.ts'

/** Ends the statement at hand; its message has been reported. Caught by the parser, never seen outside. */
export class SyntaxProblem extends Error {}

/** An open bracket: inside round ones line ends mean nothing. */
interface OpenBracket {
  readonly sign: '(' | '{'
  readonly at: Extent
}

/** Reads tokens one by one, knows which brackets are open and reports what was expected instead. */
export class TokenReader {
  readonly text: string
  readonly diagnostics: Diagnostics
  readonly #stream: TokenStream
  #position = 0
  /** Tokens before this one have been looked at for problems. */
  #passed = 0
  #brackets: OpenBracket[] = []
  /** The innermost open bracket is round. */
  #skipsLineEnds = false
  #depth = 0
  /** The line ends passed over last. */
  #lineEnds = { from: 0, to: 0 }

  constructor(text: string, stream: TokenStream, diagnostics: Diagnostics) {
    this.text = text
    this.#stream = stream
    this.diagnostics = diagnostics
  }

  get position(): number {
    return this.#position
  }

  /** The token `ahead` places on; line ends are passed over inside round brackets. */
  peek(ahead = 0): Token {
    let token = this.#at(this.#position)
    let i = this.#position
    for (let left = ahead; ; left--) {
      while (this.#skipsLineEnds && token.kind === 'newline') token = this.#at(++i)
      if (left === 0) return token
      if (token.kind !== 'end') token = this.#at(++i)
    }
  }

  next(): Token {
    const token = this.peek()
    while (this.#at(this.#position) !== token) this.#position++
    if (token.kind !== 'end') this.#position++
    this.#pass(token.kind === 'end')
    return token
  }

  /** The very next token, line ends included. */
  peekRaw(): Token {
    return this.#at(this.#position)
  }

  /** Passes one token of which nothing is wanted; what is wrong with it does not matter. */
  skip(): Token {
    const token = this.#at(this.#position)
    if (token.kind !== 'end') this.#position++
    this.#passed = Math.max(this.#passed, this.#position)
    return token
  }

  /** Reports what is wrong with the tokens passed since. */
  #pass(atEnd = false): void {
    const end = this.#position + (atEnd ? 1 : 0)
    if (this.#stream.problems.size > 0) {
      for (let i = this.#passed; i < end; i++) {
        for (const { at, message } of this.#stream.problems.get(i) ?? []) this.diagnostics.error(at, message)
      }
    }
    this.#passed = Math.max(this.#passed, end)
  }

  /** The token read last. */
  get last(): Token {
    return this.#at(Math.max(0, this.#position - 1))
  }

  isSign(sign: Sign, ahead = 0): boolean {
    const token = this.peek(ahead)
    return token.kind === 'sign' && token.sign === sign
  }

  isName(name: string, ahead = 0): boolean {
    const token = this.peek(ahead)
    return token.kind === 'name' && token.name === name
  }

  takeSign(sign: Sign): boolean {
    if (!this.isSign(sign)) return false
    this.next()
    return true
  }

  skipLineEnds(): void {
    // nested conditionals look for `else` beyond the same line ends again and again
    const { from, to } = this.#lineEnds
    const start = this.#position
    if (start >= from && start < to) this.#position = to
    while (this.#at(this.#position).kind === 'newline') this.#position++
    if (this.#position > start) this.#lineEnds = { from: start, to: this.#position }
  }

  /** Goes on at an earlier place, after looking ahead. */
  rewind(position: number): void {
    this.#position = position
  }

  open(sign: '(' | '{', purpose: string): Extent {
    if (!this.isSign(sign)) this.fail(`\`${sign}\` ${purpose}`)
    const { at } = this.next()
    this.#brackets.push({ sign, at })
    this.#skipsLineEnds = sign === '('
    return at
  }

  close(purpose: string): Token {
    const bracket = this.#brackets.at(-1)
    const sign = bracket?.sign === '{' ? '}' : ')'
    const token = this.peek()
    if (token.kind === 'sign' && token.sign === sign) {
      this.next()
      this.#brackets.pop()
      this.#skipsLineEnds = this.#brackets.at(-1)?.sign === '('
      return token
    }
    if (bracket === undefined || token.kind === 'bad') this.fail(`\`${sign}\``)
    const { lines } = this.diagnostics
    // what follows on a later line is seldom what is wrong: point at the bracket itself
    const isFar = token.kind === 'end' || lines.line(token.at.offset) !== lines.line(bracket.at.offset)
    const place = lines.place(token.at)
    const found = token.kind === 'end' ? `the text ends at ${place}` : `${describe(token)} stands at ${place}`
    return this.failAt(
      isFar ? bracket.at : token.at,
      isFar
        ? `This \`${bracket.sign}\` is not closed: \`${sign}\` was expected ${purpose}; ${found}.`
        : `${describe(token)} where \`${sign}\` was expected ${purpose}: the \`${bracket.sign}\` at ${lines.place(bracket.at)} is not closed.`,
      token,
    )
  }

  /** Depth of open brackets, to return to after a broken statement. */
  get bracketCount(): number {
    return this.#brackets.length
  }

  /** Enters one level of nesting; the budget bounds the parser's own stack. */
  enter(at: Extent): void {
    this.#depth++
    if (this.#depth > budget.nesting) {
      this.failAt(at, `Nesting is deeper than ${budget.nesting} levels here; use intermediate variables.`)
    }
  }

  leave(): void {
    this.#depth--
  }

  get depth(): number {
    return this.#depth
  }

  /** Reports what stands here instead of what was expected, and ends the statement. */
  fail(expected: string): never {
    const token = this.peek()
    const message = `${describe(token)} where ${expected} was expected.`
    return this.failAt(token.at, message, token)
  }

  failAt(at: Extent, message: string, token?: Token): never {
    if (token?.kind !== 'bad') this.diagnostics.error(at, message)
    throw new SyntaxProblem()
  }

  /** Reports what is wrong with the tokens that nobody read. */
  finish(): void {
    this.#position = this.#stream.tokens.length - 1
    this.#pass(true)
  }

  /**
   * After a broken statement: goes to its end. Line ends count even inside a bracket that was left open, and the
   * statement ends no later than the line on which the parser stopped.
   */
  recover(bracketCount: number, depth: number): void {
    // what stopped the parser may be the first token of the next line
    let i = this.#position
    while (i > 0 && this.#at(i - 1).kind === 'newline' && this.#brackets.length > bracketCount) i--
    this.#brackets = this.#brackets.slice(0, bracketCount)
    this.#skipsLineEnds = this.#brackets.at(-1)?.sign === '('
    this.#depth = depth
    this.#position = i
    let braces = 0
    for (;;) {
      const token = this.#at(this.#position)
      const isEnd = token.kind === 'end' || (token.kind === 'newline' && braces === 0)
      const sign = token.kind === 'sign' ? token.sign : undefined
      if (isEnd || (sign === ';' && braces === 0) || (sign === '}' && braces === 0)) break
      if (sign === '{') braces++
      if (sign === '}') braces--
      this.#position++
    }
    this.#pass()
  }

  /** The comment that ends the line right after the token read last, or after the `;` that follows it. */
  trailingComment(): string {
    const before = this.#position - 1
    const direct = this.#stream.commentAfter.get(before)
    if (direct !== undefined) return direct
    const token = this.#at(this.#position)
    const isSemicolon = token.kind === 'sign' && token.sign === ';'
    return (isSemicolon ? this.#stream.commentAfter.get(this.#position) : undefined) ?? ''
  }

  #at(index: number): Token {
    const { tokens } = this.#stream
    return tokens[index] ?? tokens[tokens.length - 1] ?? { kind: 'end', at: { offset: 0, length: 0 } }
  }
}

/** A token as a message names it, at the start of a sentence. */
export function describe(token: Token): string {
  switch (token.kind) {
    case 'number':
      return `The number ${token.value}`
    case 'name':
      return quote(token.name)
    case 'string':
      return `The string ${quote(token.value)}`
    case 'sign':
      return `\`${token.sign}\``
    case 'newline':
      return 'The line ends'
    case 'bad':
      return 'An unreadable character'
    case 'end':
      return 'The text ends'
  }
}
