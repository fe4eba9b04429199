import type { Extent } from '../text/source-text.ts'

/** Signs of the language; `**` is read as `^`, `&&` and `||` as `&` and `|`. */
export type Sign =
  | '+'
  | '-'
  | '*'
  | '%%'
  | '/'
  | '^'
  | '('
  | ')'
  | '{'
  | '}'
  | '['
  | ']'
  | ','
  | ';'
  | '='
  | '<-'
  | '->'
  | '~'
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | '&'
  | '|'
  | '!'
  | ':'
  | '$'

export type Token =
  | { readonly kind: 'number'; readonly value: number; readonly at: Extent }
  | { readonly kind: 'name'; readonly name: string; readonly at: Extent }
  | { readonly kind: 'string'; readonly value: string; readonly at: Extent }
  | { readonly kind: 'sign'; readonly sign: Sign; readonly at: Extent }
  | { readonly kind: 'newline'; readonly at: Extent }
  /** Characters that mean nothing; what is wrong is among the stream's problems. */
  | { readonly kind: 'bad'; readonly at: Extent }
  | { readonly kind: 'end'; readonly at: Extent }

/** Something wrong with one token. */
export interface TokenProblem {
  readonly at: Extent
  readonly message: string
}

/** What the lexer makes of a text. */
export interface TokenStream {
  /** Ends with one 'end' token. */
  readonly tokens: readonly Token[]
  /** Comment that follows a token on its line, by the token's index; without the leading `#`. */
  readonly commentAfter: ReadonlyMap<number, string>
  /**
   * What is wrong with single tokens, by the token's index. Reported when the parser passes the token: metadata may hold
   * any R, and nobody minds what the language has no use for there.
   */
  readonly problems: ReadonlyMap<number, readonly TokenProblem[]>
  /** The first comment that stands before everything else; empty where there is none. */
  readonly leadingComment: string
}
