import { bindingKey } from '../check/scope.ts'
import type { Expression, IniStatement, Statement, Target } from '../syntax/syntax.ts'

/** What a statement reads and gives, by `bindingKey`; states and parameters are read by their names. */
export interface StatementNames {
  readonly reads: ReadonlySet<string>
  readonly writes: ReadonlySet<string>
  /** Holds a d/dt. */
  readonly hasDerivative: boolean
  /** Calls `linCmt()`, which reads parameters by their names. */
  readonly hasLinear: boolean
}

/** @param isErrorLine it is a residual error line, which reads what is observed and gives nothing. */
export function namesOf(statement: Statement, isErrorLine: boolean): StatementNames {
  const found = { reads: new Set<string>(), writes: new Set<string>(), hasDerivative: false, hasLinear: false }
  visit(statement, false)
  return found

  // nesting is bounded by the parser's budget
  function visit(inner: Statement, isInside: boolean): void {
    if (inner.kind === 'conditional') {
      for (const { condition, body } of inner.branches) {
        read(condition)
        for (const next of body) visit(next, true)
      }
      for (const next of inner.otherwise) visit(next, true)
    } else if (inner.kind === 'assignment') {
      read(inner.value)
      const { kind, name } = inner.target
      // a branch that is not taken leaves what was before
      if (isInside || isErrorLine) found.reads.add(bindingKey(kind, name))
      if (!isErrorLine) found.writes.add(bindingKey(kind, name))
      if (kind === 'modelTime') found.writes.add(name)
      if (kind === 'derivative') found.hasDerivative = true
    }
  }

  function read(expression: Expression): void {
    for (const node of expression) {
      if (node.kind === 'name') found.reads.add(node.name)
      else if (node.kind === 'derivative') found.reads.add(bindingKey('derivative', node.name))
      else if (node.kind === 'call' && node.name === 'linCmt') found.hasLinear = true
    }
  }
}

/** The statement with every name replaced by what `rename` makes of it. */
export function renamed(statement: Statement, rename: (name: string) => string): Statement {
  switch (statement.kind) {
    case 'assignment':
      return {
        ...statement,
        target: renamedTarget(statement.target, rename),
        value: renamedExpression(statement.value, rename),
      }
    case 'conditional':
      return {
        ...statement,
        branches: statement.branches.map(({ condition, body }) => ({
          condition: renamedExpression(condition, rename),
          body: body.map((inner) => renamed(inner, rename)),
        })),
        otherwise: statement.otherwise.map((inner) => renamed(inner, rename)),
      }
    case 'compartment':
    case 'levels':
    case 'unit':
      return { ...statement, name: rename(statement.name) }
    case 'interpolation':
    case 'order':
      return { ...statement, names: statement.names.map(rename) }
    case 'broken':
    case 'dvid':
    case 'jacobian':
      return statement
  }
}

function renamedTarget(target: Target, rename: (name: string) => string): Target {
  return { ...target, name: rename(target.name) }
}

export function renamedExpression(expression: Expression, rename: (name: string) => string): Expression {
  return expression.map((node) =>
    node.kind === 'name' || node.kind === 'derivative' ? { ...node, name: rename(node.name) } : node,
  )
}

export function renamedIni(entry: IniStatement, rename: (name: string) => string): IniStatement {
  switch (entry.kind) {
    case 'theta':
      return { ...entry, name: rename(entry.name) }
    case 'omega':
      return {
        ...entry,
        names: entry.names.map(({ name, at }) => ({ name: rename(name), at })),
        level: rename(entry.level),
      }
    case 'label':
    case 'backTransform':
    case 'broken':
      return entry
  }
}
