import type { Assignment, Conditional, Expression, Statement, Target } from '../../syntax/syntax.ts'

/** A value as a page shows it: an expression, or a choice by conditions. */
export type Value =
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'cases'; readonly cases: readonly Case[]; readonly otherwise: Value }
  /** What the name was before. */
  | { readonly kind: 'before' }

export interface Case {
  readonly condition: Expression
  readonly value: Value
}

/** One line of a page of equations. */
export type Equation =
  | { readonly kind: 'equation'; readonly target: Target; readonly value: Value; readonly again: boolean }
  /** A branching that is no choice of values, line by line: `if`, `else if` or `else`, and what stands below it. */
  | { readonly kind: 'branch'; readonly condition: Expression | undefined; readonly body: readonly Equation[] }

/**
 * Statements as equations: `if` becomes, for each name it gives a value to, one choice by conditions. Where a branch gives
 * none, the value is that of the equation before it. `isShown` tells which assignments are equations.
 */
export function equationsOf(
  statements: readonly Statement[],
  isShown: (assignment: Assignment) => boolean,
): readonly Equation[] {
  const equations: Equation[] = []
  const latest = new Map<string, number>()
  const add = (target: Target, value: Value) => {
    const key = keyOf(target)
    equations.push({ kind: 'equation', target, value, again: latest.has(key) })
    latest.set(key, equations.length - 1)
  }
  for (const statement of statements) {
    switch (statement.kind) {
      case 'assignment':
        if (isShown(statement)) add(statement.target, { kind: 'expression', expression: statement.value })
        break
      case 'conditional': {
        const choices = choicesOf(statement)
        if (choices === undefined) {
          for (const { condition, body } of statement.branches) {
            equations.push({ kind: 'branch', condition, body: equationsOf(body, isShown) })
          }
          if (statement.otherwise.length > 0) {
            equations.push({ kind: 'branch', condition: undefined, body: equationsOf(statement.otherwise, isShown) })
          }
          break
        }
        for (const { target, value } of choices) {
          const before = latest.get(keyOf(target))
          add(target, value)
          if (before !== undefined) takeOver(equations, before)
        }
        break
      }
      case 'compartment':
      case 'interpolation':
      case 'dvid':
      case 'levels':
      case 'jacobian':
      case 'unit':
      case 'order':
      case 'broken':
        break
      default:
        statement satisfies never
    }
  }
  return equations.filter((equation) => equation.kind === 'branch' || !isEmpty(equation.value))
}

function keyOf({ kind, name }: Target): string {
  return `${kind} ${name}`
}

function isEmpty(value: Value): boolean {
  return value.kind === 'expression' && value.expression.length === 0
}

/** An `if` further down than so many equations stands for itself. */
const farthest = 100
/** So does one that would repeat more values than this. */
const mostGrowth = 12

/** `x = 0; if (…) x = 1` is one equation, where nothing between the two lines reads x. */
function takeOver(equations: Equation[], place: number): void {
  const before = equations[place]
  const last = equations.at(-1)
  if (before?.kind !== 'equation' || last?.kind !== 'equation') return
  if (equations.length - place > farthest || growth(last.value, before.value) > mostGrowth) return
  const { name } = before.target
  const isRead = equations.slice(place + 1).some((equation) => namesIn(equation).has(name))
  if (isRead) return
  equations[equations.length - 1] = { ...last, value: completed(last.value, before.value), again: before.again }
  equations[place] = { ...before, value: { kind: 'expression', expression: [] } }
}

function isComplete(value: Value): boolean {
  if (value.kind !== 'cases') return value.kind === 'expression'
  return isComplete(value.otherwise) && value.cases.every((one) => isComplete(one.value))
}

/** The value with another one in place of what the name was before. */
function completed(value: Value, before: Value): Value {
  if (value.kind === 'expression') return value
  if (value.kind === 'before') return before
  return {
    kind: 'cases',
    cases: value.cases.map((one) => ({ condition: one.condition, value: completed(one.value, before) })),
    otherwise: completed(value.otherwise, before),
  }
}

/** How many more values are shown when `before` stands wherever `value` says nothing. */
function growth(value: Value, before: Value): number {
  return countOf(value, (leaf) => leaf === 'before') * (countOf(before, () => true) - 1)
}

function countOf(value: Value, isCounted: (leaf: 'expression' | 'before') => boolean): number {
  if (value.kind !== 'cases') return isCounted(value.kind) ? 1 : 0
  return value.cases.reduce((sum, one) => sum + countOf(one.value, isCounted), countOf(value.otherwise, isCounted))
}

function namesIn(equation: Equation): Set<string> {
  const names = new Set<string>()
  const addExpression = (expression: Expression) => {
    for (const node of expression) if (node.kind === 'name') names.add(node.name)
  }
  const addValue = (value: Value) => {
    if (value.kind === 'expression') addExpression(value.expression)
    else if (value.kind === 'cases') {
      for (const { condition, value: inner } of value.cases) {
        addExpression(condition)
        addValue(inner)
      }
      addValue(value.otherwise)
    }
  }
  if (equation.kind === 'equation') addValue(equation.value)
  else {
    addExpression(equation.condition ?? [])
    for (const inner of equation.body) for (const name of namesIn(inner)) names.add(name)
  }
  return names
}

interface Choice {
  readonly target: Target
  readonly value: Value
}

/** What an `if` gives each name; undefined where a name is given a value twice, or read before that in the same `if`. */
function choicesOf(statement: Conditional): readonly Choice[] | undefined {
  const assigned = new Set<string>()
  collectAssigned([statement], assigned)
  return readChoices(statement, assigned)
}

function collectAssigned(statements: readonly Statement[], names: Set<string>): void {
  for (const statement of statements) {
    if (statement.kind === 'assignment') names.add(statement.target.name)
    else if (statement.kind === 'conditional') {
      for (const { body } of statement.branches) collectAssigned(body, names)
      collectAssigned(statement.otherwise, names)
    }
  }
}

/** `assigned`: names that must not be read unless given a value before in the same branch. */
function readChoices(statement: Conditional, assigned: ReadonlySet<string>): readonly Choice[] | undefined {
  const bodies: ReadonlyMap<string, Choice>[] = []
  for (const { condition, body } of [...statement.branches, { condition: [], body: statement.otherwise }]) {
    if (reads(condition, assigned)) return undefined
    const choices = readBody(body, assigned)
    if (choices === undefined) return undefined
    bodies.push(choices)
  }
  const targets = new Map<string, Target>()
  for (const body of bodies) for (const [key, { target }] of body) targets.set(key, targets.get(key) ?? target)
  return [...targets].map(([key, target]): Choice => {
    const inBody = (index: number): Value => bodies[index]?.get(key)?.value ?? { kind: 'before' }
    const cases = statement.branches.map(({ condition }, index) => ({ condition, value: inBody(index) }))
    return { target, value: { kind: 'cases', cases, otherwise: inBody(bodies.length - 1) } }
  })
}

function readBody(body: readonly Statement[], assigned: ReadonlySet<string>): ReadonlyMap<string, Choice> | undefined {
  const open = new Set(assigned)
  const choices = new Map<string, Choice>()
  for (const statement of body) {
    const found = statement.kind === 'conditional' ? readChoices(statement, open) : choiceOf(statement, open)
    if (found === undefined) return undefined
    for (const choice of found) {
      if (choices.has(keyOf(choice.target))) return undefined
      choices.set(keyOf(choice.target), choice)
      if (isComplete(choice.value)) open.delete(choice.target.name)
    }
  }
  return choices
}

function choiceOf(
  statement: Exclude<Statement, Conditional>,
  open: ReadonlySet<string>,
): readonly Choice[] | undefined {
  if (statement.kind !== 'assignment') return []
  if (reads(statement.value, open)) return undefined
  return [{ target: statement.target, value: asValue(statement) }]
}

function asValue({ value }: Assignment): Value {
  return { kind: 'expression', expression: value }
}

function reads(expression: Expression, names: ReadonlySet<string>): boolean {
  return expression.some((node) => node.kind === 'name' && names.has(node.name))
}
