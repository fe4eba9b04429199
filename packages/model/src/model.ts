import type { Graph, NodeId } from './graph/graph.ts'

/** A place in the text: offsets in UTF-16 units, line and column from 1. */
export interface Span {
  readonly offset: number
  readonly length: number
  readonly line: number
  readonly column: number
}

/** Something wrong with a model text. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning'
  /** What is wrong, with the value and what was expected: "`kdeth` is not defined. Did you mean `kdeath`?" */
  readonly message: string
  readonly span: Span
}

/** A number the text assigns before the first d/dt, or a fixed effect of `ini`: what `--param` and a slider may set. */
export interface Parameter {
  readonly name: string
  readonly value: number
  /** Bounds given in `ini`, else -Infinity and Infinity. */
  readonly lower: number
  readonly upper: number
  /** Given as fixed in `ini`. */
  readonly fixed: boolean
  /** From the comment `# [unit] label`; empty where the text has none. */
  readonly unit: string
  readonly label: string
  /** Where it came from: a parameter of the text, a random effect (value 0), a covariate bound from data. */
  readonly kind: 'parameter' | 'eta' | 'covariate'
  readonly span: Span
}

/** A state of the model: one d/dt line. */
export interface State {
  readonly name: string
  readonly unit: string
  readonly label: string
  readonly span: Span
}

/** A name the text computes and shows: assigned with `=` or `<-` (rxode2's `~` assignment hides it). */
export interface Output {
  readonly name: string
  readonly unit: string
  readonly label: string
  readonly span: Span
}

/** Covariance of random effects: a block of `eta1 + eta2 ~ c(v1, c21, v2)`; lower triangle by rows. */
export interface OmegaBlock {
  readonly names: readonly string[]
  readonly lower: readonly number[]
}

/** A residual error line of the text: `CAR ~ prop(prop.sd) + add(add.sd)`; the arguments name parameters. */
export interface ErrorModel {
  /** The output or state observed. */
  readonly name: string
  readonly additive?: string
  readonly proportional?: string
  readonly lognormal?: string
}

/**
 * A checked model: names, units and one expression graph with the roots below. Immutable and structured-cloneable.
 *
 * Graph inputs are the time, the states, the parameters and the switches (conditions in time and parameters alone).
 */
export interface Model {
  readonly text: string
  /** Title from a leading comment or `description`; may be empty. */
  readonly title: string
  readonly states: readonly State[]
  readonly parameters: readonly Parameter[]
  readonly outputs: readonly Output[]
  readonly omega: readonly OmegaBlock[]
  readonly errorModels: readonly ErrorModel[]
  readonly graph: Graph
  /** One root per state. */
  readonly derivatives: readonly NodeId[]
  /** x(0), one root per state, in parameters alone. */
  readonly initial: readonly NodeId[]
  /** One root per output. */
  readonly outputRoots: readonly NodeId[]
  /** f(x), lag(x), dur(x), rate(x) by state index: roots in parameters alone. Absent entries default to 1, 0, none, none. */
  readonly bioavailability: ReadonlyMap<number, NodeId>
  readonly lag: ReadonlyMap<number, NodeId>
  readonly duration: ReadonlyMap<number, NodeId>
  readonly rate: ReadonlyMap<number, NodeId>
  /** Conditions in time and parameters alone, e.g. `t < Tmax`; the time at which each changes is a root in parameters. */
  readonly switches: readonly TimeSwitch[]
  readonly warnings: readonly Diagnostic[]
}

/** `t < τ` and its kin: a graph input whose value (0 or 1) is fixed within a segment between events. */
export interface TimeSwitch {
  /** The time τ at which the condition changes; a root in parameters alone. */
  readonly time: NodeId
  /** The condition holds before τ (`t < τ`, `t <= τ`) or after it (`t > τ`, `t >= τ`). */
  readonly holds: 'before' | 'after'
  /** Whether it holds at τ itself (`<=`, `>=`). */
  readonly atTime: boolean
}

export type ParseResult =
  | { readonly ok: true; readonly model: Model }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }
