import type { Diagnostic, Model, Span } from '../model.ts'

/** A model made of models: which, under what names, and what each reads of the others. */
export interface Composition {
  readonly name: string
  readonly parts: readonly CompositionPart[]
}

/** A model text in a whole. */
export interface CompositionPart {
  /** Names the part in headings and messages. */
  readonly id: string
  /** Text in the model language: bare, or a function with `ini` and `model`. */
  readonly text: string
  /**
   * Stands before every name that the part itself gives: states, parameters, variables, random effects, endpoints, and
   * inputs that are connected. An input that is not keeps its name: it is a column of the data.
   */
  readonly prefix?: string
  /** New names for names of the part; they take no prefix. */
  readonly rename?: Readonly<Record<string, string>>
  /**
   * What names of the part get from the whole: an expression in names of the whole. An input, a parameter and a variable
   * may be connected; the part's own definition of it goes.
   */
  readonly connect?: Readonly<Record<string, string>>
  /**
   * What is not wanted of the part. An output that the part needs is hidden, else its lines go; a state goes with its
   * initial value and its dose functions, and an error is told where anything left reads it.
   */
  readonly drop?: readonly string[]
}

/** Something wrong with a composition, or worth a warning. */
export interface CompositionProblem {
  readonly severity: Diagnostic['severity']
  readonly message: string
  /** The part in question; empty where it is the whole. */
  readonly part: string
  /** Where, in the text it is about: the part's, that of a connection, or the composed one. */
  readonly place?: { readonly text: string; readonly span: Span }
}

/** A name that data or the caller must give, and the parts that read it. */
export interface CompositionInput {
  readonly name: string
  readonly parts: readonly string[]
}

export type CompositionResult =
  | {
      readonly ok: true
      /** The whole as ordinary model text; every stretch of a part stands under a heading with its id. */
      readonly text: string
      readonly model: Model
      /** By id of the part: the name in the whole of each of its names. */
      readonly names: ReadonlyMap<string, ReadonlyMap<string, string>>
      readonly inputs: readonly CompositionInput[]
      readonly warnings: readonly CompositionProblem[]
    }
  | { readonly ok: false; readonly problems: readonly CompositionProblem[] }
