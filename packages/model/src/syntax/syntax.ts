import type { Extent } from '../text/source-text.ts'

export type BinaryOperator = '+' | '-' | '*' | '/' | '^' | '<' | '<=' | '>' | '>=' | '==' | '!=' | '&' | '|'

/** A node of an expression; `left`, `right`, `argument` and `arguments` are places in the expression's list. */
export type ExpressionNode =
  | { readonly kind: 'number'; readonly value: number; readonly at: Extent }
  | { readonly kind: 'string'; readonly value: string; readonly at: Extent }
  | { readonly kind: 'name'; readonly name: string; readonly at: Extent }
  /** `d/dt(x)` read as a value. */
  | { readonly kind: 'derivative'; readonly name: string; readonly at: Extent }
  | { readonly kind: 'unary'; readonly operator: '-' | '+' | '!'; readonly argument: number; readonly at: Extent }
  | {
      readonly kind: 'binary'
      readonly operator: BinaryOperator
      readonly left: number
      readonly right: number
      readonly at: Extent
    }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly number[]; readonly at: Extent }

/** An expression as a list in which operands precede their operator; the last node is the whole. No recursion needed. */
export type Expression = readonly ExpressionNode[]

export type TargetKind = 'variable' | 'derivative' | 'initial' | 'bioavailability' | 'lag' | 'duration' | 'rate'

/** What a statement gives a value to. */
export interface Target {
  readonly kind: TargetKind
  readonly name: string
  readonly at: Extent
}

export interface Assignment {
  readonly kind: 'assignment'
  readonly target: Target
  /** Assigned with `~`. */
  readonly hidden: boolean
  readonly value: Expression
  readonly comment: string
  readonly at: Extent
}

export interface Conditional {
  readonly kind: 'conditional'
  readonly branches: readonly { readonly condition: Expression; readonly body: readonly Statement[] }[]
  readonly otherwise: readonly Statement[]
  readonly at: Extent
}

/** A statement with a syntax error, already reported; its target is known so that uses of it are not reported again. */
export interface Broken {
  readonly kind: 'broken'
  readonly target: Target | undefined
}

export type Statement = Assignment | Conditional | Broken

/** One entry of `ini({})`. */
export type IniStatement =
  | {
      readonly kind: 'theta'
      readonly name: string
      readonly value: Expression
      readonly comment: string
      readonly at: Extent
    }
  | {
      readonly kind: 'omega'
      readonly names: readonly { readonly name: string; readonly at: Extent }[]
      readonly value: Expression
      readonly comment: string
      readonly at: Extent
    }
  | { readonly kind: 'label'; readonly text: string; readonly at: Extent }
  | Broken

/** A text taken apart, names not yet looked up. */
export interface SyntaxTree {
  readonly title: string
  /** Undefined for bare rxode2 text. */
  readonly ini: readonly IniStatement[] | undefined
  readonly body: readonly Statement[]
}
