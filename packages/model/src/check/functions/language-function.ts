import type { Algebra } from '../../graph/algebra.ts'
import type { NodeId } from '../../graph/graph.ts'
import type { Operation } from '../../graph/operation.ts'

/** A function of the language: how many arguments it takes and what it becomes in the graph. */
export interface LanguageFunction {
  readonly least: number
  readonly most: number
  /** Its arguments as a message shows them: `(x)`, `(x, low, high)`. */
  readonly signature: string
  /** What it gives, in one line. */
  readonly summary: string
  readonly build: (algebra: Algebra, operands: readonly NodeId[]) => NodeId
}

/** Functions of one theme, by name. */
export type LanguageFunctions = Readonly<Record<string, LanguageFunction>>

type Build = (algebra: Algebra, ...operands: readonly NodeId[]) => NodeId

/** A function of as many arguments as its signature names, all of which a call must give. */
export function fixed(signature: string, summary: string, build: Build): LanguageFunction {
  const count = signature.split(',').length
  return { least: count, most: count, signature, summary, build: (algebra, operands) => build(algebra, ...operands) }
}

/** A function whose last arguments have defaults, which are numbers; the signature shows them: `(x, low = 0, high = 1)`. */
export function defaulted(
  signature: string,
  summary: string,
  defaults: readonly number[],
  build: Build,
): LanguageFunction {
  const most = signature.split(',').length
  const least = most - defaults.length
  const filled = (algebra: Algebra, operands: readonly NodeId[]) =>
    defaults.slice(operands.length - least).map((value) => algebra.constant(value))
  return {
    least,
    most,
    signature,
    summary,
    build: (algebra, operands) => build(algebra, ...operands, ...filled(algebra, operands)),
  }
}

/** An operation of the graph under the name of a function. */
export function operation(code: Operation, signature: string, summary: string): LanguageFunction {
  return fixed(signature, summary, (algebra, ...operands) => algebra.call(code, ...operands))
}

/** A function of any number of arguments, combined from the left. */
export function folded(summary: string, combine: (algebra: Algebra, a: NodeId, b: NodeId) => NodeId): LanguageFunction {
  return {
    least: 1,
    most: Number.POSITIVE_INFINITY,
    signature: '(a, b, …)',
    summary,
    build: (algebra, [first = algebra.zero, ...rest]) => rest.reduce((a, b) => combine(algebra, a, b), first),
  }
}

/** A function that goes by another name too. */
export function alias(of: string, { least, most, signature, build }: LanguageFunction): LanguageFunction {
  return { least, most, signature, build, summary: `the same as ${of}` }
}
