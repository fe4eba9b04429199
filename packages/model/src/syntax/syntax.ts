import type { Interpolation } from '../model.ts'
import type { Extent } from '../text/source-text.ts'

export type BinaryOperator = '+' | '-' | '*' | '/' | '%%' | '^' | '<' | '<=' | '>' | '>=' | '==' | '!=' | '&' | '|'

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

export type TargetKind =
  | 'variable'
  | 'derivative'
  | 'initial'
  | 'bioavailability'
  | 'lag'
  | 'duration'
  | 'rate'
  | 'modelTime'

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

/** A statement that says something of names and computes nothing. */
export type Declaration =
  /** `cmt(x)`: the next compartment, or the name of an endpoint. */
  | { readonly kind: 'compartment'; readonly name: string; readonly at: Extent }
  /** `dvid(3, 4)`: what DVID 1, 2, … of the data mean. */
  | { readonly kind: 'dvid'; readonly numbers: readonly number[]; readonly at: Extent }
  /** `levels(SEX) <- c("male", "female")`: the texts of a name, in the order of their codes. */
  | { readonly kind: 'levels'; readonly name: string; readonly levels: readonly string[]; readonly at: Extent }
  /** `linear(WT)` and its kin: how inputs that change with time run from one value to the next. */
  | {
      readonly kind: 'interpolation'
      readonly interpolation: Interpolation
      readonly names: readonly string[]
      readonly at: Extent
    }
  /** `unit(x) <- "mg/L"`: the unit of a name, whatever its comment says. */
  | { readonly kind: 'unit'; readonly name: string; readonly unit: string; readonly at: Extent }
  /** `df(x)/dy(y) = …`: an entry of the Jacobian by hand. */
  | { readonly kind: 'jacobian'; readonly at: Extent }
  /** `param(ka, cl)`: an order of parameters; of no effect on results. */
  | { readonly kind: 'order'; readonly names: readonly string[]; readonly at: Extent }

/** A statement with a syntax error, already reported; its target is known so that uses of it are not reported again. */
export interface Broken {
  readonly kind: 'broken'
  readonly target: Target | undefined
}

export type Statement = Assignment | Conditional | Declaration | Broken

/** A name with its place. */
export interface PlacedName {
  readonly name: string
  readonly at: Extent
}

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
      readonly names: readonly PlacedName[]
      readonly value: Expression
      /** The variable after `|`; 'id' where there is none. */
      readonly level: string
      readonly comment: string
      readonly at: Extent
    }
  | { readonly kind: 'label'; readonly text: string; readonly at: Extent }
  /** `backTransform("exp")`: the function that makes the value of the parameter before it. */
  | { readonly kind: 'backTransform'; readonly name: string; readonly at: Extent }
  | Broken

/** A value of the metadata, read where simple. */
export type MetadataValue = string | number | boolean | MetadataList | undefined

/** The named entries of `list(…)` or `c(…)`. */
export interface MetadataList {
  readonly entries: ReadonlyMap<string, MetadataValue>
}

/** A text taken apart, names not yet looked up. */
export interface SyntaxTree {
  /** The first comment of the text. */
  readonly title: string
  /** What the text assigns its model to; empty where it does not. */
  readonly name: string
  /** `name <- value` beside `ini` and `model`. */
  readonly metadata: ReadonlyMap<string, MetadataValue>
  /** Undefined for bare rxode2 text. */
  readonly ini: readonly IniStatement[] | undefined
  readonly body: readonly Statement[]
}
