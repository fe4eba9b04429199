import fc from 'fast-check'
import type { Condition, Expression } from './expression.ts'
import { conditionText, evaluate, holds, textOf } from './expression.ts'
import { inputDual, type TermedDual } from './termed-dual.ts'

type Statement =
  | { readonly kind: 'set'; readonly local: number; readonly value: Expression }
  | {
      readonly kind: 'if'
      readonly local: number
      readonly test: Condition
      readonly yes: Expression
      readonly no: Expression
    }

/** A model whose text and whose values come from the same tree by ways of their own. */
export interface RandomModel {
  readonly states: readonly string[]
  readonly parameters: readonly string[]
  readonly statements: readonly Statement[]
  readonly derivatives: readonly Expression[]
  /** In parameters alone: x(0) of every state, then f of the first. */
  readonly initial: readonly Expression[]
  readonly bioavailability: Expression
}

export interface Point {
  readonly t: number
  readonly y: readonly number[]
  readonly p: readonly number[]
}

/** Values with their slopes by the states, the parameters and time, in this order. */
export interface ModelValues {
  readonly derivatives: readonly TermedDual[]
  readonly initial: readonly TermedDual[]
  readonly bioavailability: TermedDual
  /** By name: the last value of every local variable. */
  readonly outputs: ReadonlyMap<string, TermedDual>
}

export function modelText(model: RandomModel, p: readonly number[]): string {
  const { states, parameters } = model
  const names = [...states, ...parameters, 't']
  const lines = parameters.map((name, k) => `${name} = ${p[k]}`)
  for (const statement of model.statements) {
    const local = `l${statement.local}`
    const isNew = !names.includes(local)
    if (statement.kind === 'set') lines.push(`${local} = ${textOf(statement.value, names)}`)
    else {
      lines.push(`if (${conditionText(statement.test, names)}) {`, `  ${local} = ${textOf(statement.yes, names)}`)
      // a local that has a value may keep it
      if (isNew) lines.push('} else {', `  ${local} = ${textOf(statement.no, names)}`)
      lines.push('}')
    }
    if (isNew) names.push(local)
  }
  states.forEach((state, i) => {
    lines.push(`d/dt(${state}) = ${textOf(model.derivatives[i]!, names)}`)
    lines.push(`${state}(0) = ${textOf(model.initial[i]!, parameters)}`)
  })
  lines.push(`f(${states[0]}) = ${textOf(model.bioavailability, parameters)}`)
  return lines.join('\n')
}

export function modelValues(model: RandomModel, { t, y, p }: Point): ModelValues {
  const { states, parameters } = model
  const names = [...states, ...parameters, 't']
  const inputs = names.length
  const values = new Map([...y, ...p, t].map((value, k) => [names[k] ?? '', inputDual(value, inputs, k)]))
  const at = (known: readonly string[] = names) => ({ names: known, values, inputs })
  for (const statement of model.statements) {
    const local = `l${statement.local}`
    const isNew = !names.includes(local)
    const environment = at()
    if (statement.kind === 'set') values.set(local, evaluate(statement.value, environment))
    else if (holds(statement.test, environment)) values.set(local, evaluate(statement.yes, environment))
    else if (isNew) values.set(local, evaluate(statement.no, environment))
    if (isNew) names.push(local)
  }
  return {
    derivatives: model.derivatives.map((e) => evaluate(e, at())),
    initial: model.initial.map((e) => evaluate(e, at(parameters))),
    bioavailability: evaluate(model.bioavailability, at(parameters)),
    outputs: new Map(names.slice(inputs).map((name) => [name, values.get(name) as TermedDual])),
  }
}

const number = (value: number): Expression => ({ kind: 'number', value })
const call = (name: string, of: Expression): Expression => ({ kind: 'call', name, of })
const operation = (a: Expression, sign: '+' | '-' | '*' | '/' | '^', b: Expression): Expression => ({
  kind: 'operation',
  sign,
  a,
  b,
})
const square = (u: Expression) => operation(u, '*', u)

/** Functions of one argument, of what keeps them in their domain. */
const unaries: readonly ((u: Expression) => Expression)[] = [
  ...['sin', 'cos', 'tanh', 'atan', 'expit', 'abs', 'floor', 'ceiling', 'trunc', 'exp', 'log', 'sqrt'].map(
    (name) => (u: Expression) => call(name, u),
  ),
  ...['exp', 'expm1', 'sinh', 'cosh', 'tan'].map((name) => (u: Expression) => call(name, call('tanh', u))),
  ...['log', 'log10', 'log2'].map((name) => (u: Expression) => call(name, operation(number(2), '+', call('sin', u)))),
  (u) => call('log1p', square(u)),
  (u) => call('sqrt', operation(number(1), '+', square(u))),
  (u) => call('asin', operation(number(0.9), '*', call('sin', u))),
  (u) => call('acos', operation(number(0.9), '*', call('tanh', u))),
  (u) => call('logit', operation(number(0.1), '+', operation(number(0.8), '*', call('expit', u)))),
  (u) => operation(number(0), '-', u),
  (u) => operation(u, '^', number(2)),
  (u) => operation(operation(number(1), '+', square(u)), '^', number(-3)),
  (u) => operation(operation(number(1.5), '+', call('cos', u)), '^', number(1.7)),
]

/** The same of special functions. */
const specials: readonly ((u: Expression) => Expression)[] = [
  ...['asinh', 'log1pexp', 'sinpi', 'cospi', 'erf', 'erfc', 'phi', 'GELU', 'Swish'].map(
    (name) => (u: Expression) => call(name, u),
  ),
  ...['atanh', 'erfinv'].map((name) => (u: Expression) => call(name, operation(number(0.9), '*', call('sin', u)))),
  ...['lgamma', 'digamma', 'gamma', 'acosh'].map(
    (name) => (u: Expression) => call(name, operation(number(1.2), '+', square(call('atan', u)))),
  ),
]

const binaries: readonly ((u: Expression, v: Expression) => Expression)[] = [
  ...(['+', '-', '*', '/'] as const).map((sign) => (u: Expression, v: Expression) => operation(u, sign, v)),
  (u, v) => operation(u, '/', operation(number(2), '+', call('sin', v))),
  // a shared divisor, and a power with the one below it
  (u, v) =>
    operation(
      operation(u, '/', operation(number(1), '+', square(v))),
      '+',
      operation(v, '/', operation(number(1), '+', square(v))),
    ),
  (u, v) => operation(operation(number(2), '+', call('cos', u)), '^', call('sin', v)),
  (u, v) => operation(call('abs', u), '^', operation(number(1), '+', call('expit', v))),
  (u, v) => ({ kind: 'extreme', name: 'max', a: u, b: v }),
  (u, v) => ({ kind: 'extreme', name: 'min', a: u, b: v }),
]

const leaf: fc.Arbitrary<Expression> = fc.oneof(
  { arbitrary: fc.nat(30).map((place): Expression => ({ kind: 'name', place })), weight: 4 },
  { arbitrary: fc.integer({ min: 1, max: 300 }).map((k) => number(k / 100)), weight: 1 },
)

function conditionOver(below: fc.Arbitrary<Expression>): fc.Arbitrary<Condition> {
  const relation = fc
    .tuple(fc.constantFrom('<', '<=', '>', '>='), below, below)
    .map(([sign, a, b]): Condition => ({ kind: 'relation', sign, a, b }))
  return fc.oneof(
    { arbitrary: relation, weight: 4 },
    { arbitrary: relation.map((a): Condition => ({ kind: 'not', a })), weight: 1 },
    {
      arbitrary: fc
        .tuple(fc.constantFrom('both', 'either'), relation, relation)
        .map(([kind, a, b]): Condition => ({ kind, a, b })),
      weight: 1,
    },
  )
}

function level(below: fc.Arbitrary<Expression>): fc.Arbitrary<Expression> {
  return fc.oneof(
    { arbitrary: below, weight: 1 },
    { arbitrary: fc.tuple(fc.constantFrom(...unaries), below).map(([make, u]) => make(u)), weight: 3 },
    { arbitrary: fc.tuple(fc.constantFrom(...specials), below).map(([make, u]) => make(u)), weight: 1 },
    { arbitrary: fc.tuple(fc.constantFrom(...binaries), below, below).map(([make, u, v]) => make(u, v)), weight: 5 },
    {
      arbitrary: fc
        .tuple(conditionOver(below), below, below)
        .map(([test, yes, no]): Expression => ({ kind: 'choice', test, yes, no })),
      weight: 1,
    },
  )
}

const shallow = level(leaf)
const deep = level(level(shallow))
const condition = conditionOver(shallow)

const statement: fc.Arbitrary<Statement> = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), local: fc.nat(3), value: deep }),
  fc.record({ kind: fc.constant('if' as const), local: fc.nat(3), test: condition, yes: shallow, no: shallow }),
)

/** Models of two or three states and parameters, with local variables that may be set again. */
export const randomModel: fc.Arbitrary<RandomModel> = fc
  .tuple(fc.integer({ min: 2, max: 3 }), fc.integer({ min: 2, max: 3 }))
  .chain(([n, m]) =>
    fc.record({
      states: fc.constant(['x', 'y', 'z'].slice(0, n)),
      parameters: fc.constant(['p', 'q', 'r'].slice(0, m)),
      statements: fc.array(statement, { minLength: 1, maxLength: 4 }),
      derivatives: fc.array(deep, { minLength: n, maxLength: n }),
      initial: fc.array(shallow, { minLength: n, maxLength: n }),
      bioavailability: shallow,
    }),
  )

/** Points where numbers are of usual size and rarely equal. */
export const randomPoint: fc.Arbitrary<Point> = fc
  .array(fc.double({ min: 0.2, max: 2, noNaN: true }), { minLength: 7, maxLength: 7 })
  .map((list) => list.map((value, k) => value + 0.0137 * (k + 1) * (k + 1)))
  .map((list) => ({ t: list[0]!, y: list.slice(1, 4), p: list.slice(4) }))
