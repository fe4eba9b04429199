import { functionJets, specialJets, stepFunctions } from './function-jets.ts'
import { chained, constantDual, power, product, quotient, sum, type TermedDual } from './termed-dual.ts'

/** An expression that is printed as text and evaluated on its own. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  /** One of the names known where it stands: that of this number, around the end of the list. */
  | { readonly kind: 'name'; readonly place: number }
  | { readonly kind: 'call'; readonly name: string; readonly of: Expression }
  | {
      readonly kind: 'operation'
      readonly sign: '+' | '-' | '*' | '/' | '^'
      readonly a: Expression
      readonly b: Expression
    }
  | { readonly kind: 'extreme'; readonly name: 'min' | 'max'; readonly a: Expression; readonly b: Expression }
  | { readonly kind: 'choice'; readonly test: Condition; readonly yes: Expression; readonly no: Expression }

export type Condition =
  | {
      readonly kind: 'relation'
      readonly sign: '<' | '<=' | '>' | '>='
      readonly a: Expression
      readonly b: Expression
    }
  | { readonly kind: 'both' | 'either'; readonly a: Condition; readonly b: Condition }
  | { readonly kind: 'not'; readonly a: Condition }

export function textOf(e: Expression, names: readonly string[]): string {
  switch (e.kind) {
    case 'number':
      return `${e.value}`
    case 'name':
      return names[e.place % names.length] ?? '0'
    case 'call':
      return `${e.name}(${textOf(e.of, names)})`
    case 'operation':
      return `(${textOf(e.a, names)} ${e.sign} ${textOf(e.b, names)})`
    case 'extreme':
      return `${e.name}(${textOf(e.a, names)}, ${textOf(e.b, names)})`
    case 'choice':
      return `ifelse(${conditionText(e.test, names)}, ${textOf(e.yes, names)}, ${textOf(e.no, names)})`
  }
}

export function conditionText(condition: Condition, names: readonly string[]): string {
  switch (condition.kind) {
    case 'relation':
      return `${textOf(condition.a, names)} ${condition.sign} ${textOf(condition.b, names)}`
    case 'not':
      return `!(${conditionText(condition.a, names)})`
    default: {
      const sign = condition.kind === 'both' ? '&' : '|'
      return `(${conditionText(condition.a, names)}) ${sign} (${conditionText(condition.b, names)})`
    }
  }
}

/** Where an expression has no derivative, or none to be measured: at a kink or next to it, or with numbers out of bounds. */
export class NotSmooth extends Error {}

/** Values by name, and how many inputs they are differentiated by. */
export interface Environment {
  readonly names: readonly string[]
  readonly values: ReadonlyMap<string, TermedDual>
  readonly inputs: number
}

export function evaluate(e: Expression, at: Environment): TermedDual {
  const result = evaluated(e, at)
  if (!(result.terms < 1e6 && result.slopeTerms.every((terms) => terms < 1e12))) throw new NotSmooth()
  return result
}

function evaluated(e: Expression, at: Environment): TermedDual {
  switch (e.kind) {
    case 'number':
      return constantDual(e.value, at.inputs)
    case 'name': {
      const value = at.values.get(at.names[e.place % at.names.length] ?? '')
      if (value === undefined) throw new Error('a name without a value')
      return value
    }
    case 'call':
      return called(e.name, evaluate(e.of, at), at)
    case 'operation': {
      const [a, b] = [evaluate(e.a, at), evaluate(e.b, at)]
      if (e.sign === '+') return sum(a, b, 1)
      if (e.sign === '-') return sum(a, b, -1)
      if (e.sign === '*') return product(a, b)
      return e.sign === '/' ? quotient(a, b) : power(a, b)
    }
    case 'extreme': {
      const [a, b] = [evaluate(e.a, at), evaluate(e.b, at)]
      const isBelow = isLess(a, b)
      return isBelow === (e.name === 'min') ? a : b
    }
    case 'choice':
      return holds(e.test, at) ? evaluate(e.yes, at) : evaluate(e.no, at)
  }
}

function called(name: string, u: TermedDual, at: Environment): TermedDual {
  const zero = constantDual(0, at.inputs)
  if (name === 'abs') return isLess(u, zero) ? sum(zero, u, -1) : u
  const step = stepFunctions[name]
  if (step !== undefined) {
    if (!(Math.abs(u.value - Math.round(u.value)) > 1e-6 * (1 + u.terms))) throw new NotSmooth()
    return constantDual(step(u.value), at.inputs)
  }
  const jet = functionJets[name] ?? specialJets[name]
  if (jet === undefined) throw new Error(`no function ${name}`)
  return chained(u, jet(u.value))
}

export function holds(condition: Condition, at: Environment): boolean {
  switch (condition.kind) {
    case 'relation': {
      const isBelow = isLess(evaluate(condition.a, at), evaluate(condition.b, at))
      return isBelow === (condition.sign === '<' || condition.sign === '<=')
    }
    case 'not':
      return !holds(condition.a, at)
    default: {
      // both sides, so that neither is at a kink
      const [a, b] = [holds(condition.a, at), holds(condition.b, at)]
      return condition.kind === 'both' ? a && b : a || b
    }
  }
}

function isLess(a: TermedDual, b: TermedDual): boolean {
  if (!(Math.abs(a.value - b.value) > 1e-6 * (a.terms + b.terms))) throw new NotSmooth()
  return a.value < b.value
}
