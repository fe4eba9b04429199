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
  /**
   * Where it came from: a parameter of the text, a random effect (value 0), an input: a name that the text neither assigns
   * nor gives in `ini` (value NaN), to be supplied by a column of the data or by the caller.
   */
  readonly kind: 'parameter' | 'eta' | 'covariate'
  /** Given in `ini`: what a fit estimates unless told otherwise. */
  readonly inIni: boolean
  /** The scale on which the text uses a fixed effect: `exp(tcl + eta.cl)` makes tcl a logarithm. */
  readonly transform: Transform
  /** How an input that changes with time runs from one value to the next, where the text says so: `linear(WT)`. */
  readonly interpolation?: Interpolation
  /** The texts an input is compared with (`SEX == "female"`), in order of appearance; levels[k] has the code k + 1. Empty for an input of numbers. */
  readonly levels: readonly string[]
  readonly span: Span
}

/**
 * How a covariate runs between the times at which it has values; before the first of them and after the last it is constant.
 *
 * - `locf`: each value holds from its time on (last observation carried forward)
 * - `nocb`: each value holds back to the time of the one before, its own time included (next observation carried backward)
 * - `midpoint`: each value holds to the middle between two times, where the next begins
 * - `linear`: straight from one value to the next
 */
export type Interpolation = 'locf' | 'nocb' | 'linear' | 'midpoint'

/** How the value a modeller thinks of comes from the parameter: itself, exp, expit or probitInv onto (low, high). */
export type Transform =
  | { readonly kind: 'identity' }
  | { readonly kind: 'log' }
  | { readonly kind: 'logit'; readonly low: number; readonly high: number }
  | { readonly kind: 'probit'; readonly low: number; readonly high: number }

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

/** Covariance of random effects: a block of `eta1 + eta2 ~ c(v1, c21, v2)`; lower triangle by rows, always variances and covariances. */
export interface OmegaBlock {
  readonly names: readonly string[]
  readonly lower: readonly number[]
  /** What the effects are drawn for: 'id', or the occasion variable of `eta ~ 0.1 | occ`. */
  readonly level: string
}

/** What stands in the brackets of a residual error: a number, a parameter, or an output of the model. */
export type ErrorArgument =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'parameter'; readonly name: string }
  | { readonly kind: 'output'; readonly name: string }

/** The scale on which a residual is normal (or t). */
export type ErrorTransform =
  | { readonly kind: 'identity' }
  | { readonly kind: 'log' }
  | { readonly kind: 'logit'; readonly low: number; readonly high: number }
  | { readonly kind: 'probit'; readonly low: number; readonly high: number }
  | { readonly kind: 'boxCox'; readonly lambda: ErrorArgument }
  | { readonly kind: 'yeoJohnson'; readonly lambda: ErrorArgument }

interface ObservedQuantity {
  /** The output or state observed. */
  readonly name: string
  /** The name by which data address it: that after `|`, else `name`. */
  readonly endpoint: string
}

/** `CAR ~ prop(prop.sd) + add(add.sd)`: the observation is the prediction plus a residual, both on the scale of `transform`. */
export interface ContinuousError extends ObservedQuantity {
  readonly kind: 'continuous'
  readonly transform: ErrorTransform
  /** Standard deviation of the part that does not depend on the prediction, on the transformed scale (the `sd` of lnorm, logitNorm, …). */
  readonly additive?: ErrorArgument
  /** Factor of the part that does: coefficient · prediction^exponent, the exponent 1 for `prop`. */
  readonly proportional?: { readonly coefficient: ErrorArgument; readonly exponent: ErrorArgument }
  /** How the two parts add up: variances (combined2, the default of nlmixr2) or standard deviations (combined1). */
  readonly combination: 'variance' | 'deviation'
  readonly distribution: { readonly kind: 'normal' } | { readonly kind: 't'; readonly degreesOfFreedom: ErrorArgument }
}

/** `score ~ pois(lam)`: the observation is a whole number drawn with this mean, or from this many trials. */
export type CountError = ObservedQuantity &
  (
    | { readonly kind: 'poisson'; readonly mean: ErrorArgument }
    | { readonly kind: 'binomial'; readonly trials: ErrorArgument; readonly probability: ErrorArgument }
  )

/** A residual error line of the text. */
export type ErrorModel = ContinuousError | CountError

/**
 * A graph input that changes with the doses: what `tad()`, `podo()` and their kin are computed from. Constant between
 * doses; the simulation sets it when a dose is given.
 *
 * - `tlast`, `tfirst`: time of the last and of the first dose
 * - `dose`: amount of the last dose; `podo`: the same before bioavailability, for `transit()`
 * - `dosenum`: number of doses so far
 * - `lastGiven`, `firstGiven`: time at which the last and the first dose were given, before their lag, and `lastInto`,
 *   `firstInto`: index of the state they went into; what a compiled model computes moving arrivals from
 * - `slope`, `since`: of an input that is linear in time, not of doses: its value is the parameter + slope·(t − since)
 */
export interface DoseInput {
  readonly quantity:
    | 'tlast'
    | 'tfirst'
    | 'podo'
    | 'dose'
    | 'dosenum'
    | 'lastGiven'
    | 'firstGiven'
    | 'lastInto'
    | 'firstInto'
    | 'slope'
    | 'since'
  /** Of `slope` and `since`: index of the parameter. */
  readonly parameter?: number
  /** The state whose doses count; undefined: those of all. */
  readonly state: number | undefined
  /** Its value before the first dose: 0 of podo and dosenum, NaN (rxode2's NA) of the others; 0 of slope and since. */
  readonly before: number
}

/** The compartments that `linCmt()` brings: indices of their states, and rate constants as roots of the graph. */
export interface LinearCompartments {
  /** From which drug is absorbed into the central compartment at the rate constant `ka`; null without one. */
  readonly depot: { readonly state: number; readonly ka: NodeId } | null
  readonly central: number
  readonly elimination: NodeId
  /** `out` leads from the central compartment, `back` returns to it. */
  readonly peripherals: readonly { readonly state: number; readonly out: NodeId; readonly back: NodeId }[]
  /** Whether the rate constants stand still between events, so that the compartments have a closed form. */
  readonly isPiecewiseConstant: boolean
}

/** What a text says about itself in `description <- …` and the like; read where simple, empty where not given. */
export interface Metadata {
  readonly description: string
  readonly reference: string
  /** The entries of `units <- list(time = "day", …)`. */
  readonly units: ReadonlyMap<string, string>
}

/**
 * A checked model: names, units and one expression graph with the roots below. Immutable and structured-cloneable.
 *
 * Graph inputs are the time, the states, the parameters, the switches (conditions in time and parameters alone) and the
 * dose inputs.
 */
export interface Model {
  readonly text: string
  /** Title from a leading comment or `description`; may be empty. */
  readonly title: string
  readonly metadata: Metadata
  /** Unit of time: from `units` of the metadata, or where all d/dt lines agree; empty where the text has none. */
  readonly timeUnit: string
  /** In the order of first appearance; those of `cmt()` first. */
  readonly states: readonly State[]
  readonly parameters: readonly Parameter[]
  readonly outputs: readonly Output[]
  readonly omega: readonly OmegaBlock[]
  readonly errorModels: readonly ErrorModel[]
  /** The compartments or endpoints that DVID 1, 2, … of the data mean, from `dvid(…)`; empty where the text has none. */
  readonly dvid: readonly number[]
  readonly graph: Graph
  /** The states are those of `linCmt()`, and there are no others. */
  readonly isLinCmt: boolean
  /** What `linCmt()` brings, with other states beside it or without; null where the text has none. */
  readonly linear: LinearCompartments | null
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
  /** Graph inputs that change with doses; node `Operation.dose` with its index here. */
  readonly doseInputs: readonly DoseInput[]
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
