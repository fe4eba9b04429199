import type { Extent } from '../text/source-text.ts'

/** Signs of the language; `**` is read as `^`, `&&` and `||` as `&` and `|`. */
export type Sign =
  | '+'
  | '-'
  | '*'
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
  /** Characters that mean nothing; already reported. */
  | { readonly kind: 'bad'; readonly at: Extent }
  | { readonly kind: 'end'; readonly at: Extent }

/** What the lexer makes of a text. */
export interface TokenStream {
  /** Ends with one 'end' token. */
  readonly tokens: readonly Token[]
  /** Comment that follows a token on its line, by the token's index; without the leading `#`. */
  readonly commentAfter: ReadonlyMap<number, string>
  /** The first comment that stands before everything else; empty where there is none. */
  readonly leadingComment: string
}
