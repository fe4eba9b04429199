import type { Transform } from '../model.ts'
import type { Expression, Statement } from '../syntax/syntax.ts'
import { literalValue } from './lower-expression.ts'

/** Functions that make a parameter's natural value, and the scale they take it on. */
function transformOf(name: string, low: number, high: number): Transform | undefined {
  if (name === 'exp') return { kind: 'log' }
  if (name === 'expit') return { kind: 'logit', low, high }
  return name === 'probitInv' ? { kind: 'probit', low, high } : undefined
}

const identity: Transform = { kind: 'identity' }

/**
 * The scale on which a text uses each of `names`: `exp(tcl + eta.cl)` makes tcl a logarithm, `expit(x + eta, 0, 1)` a
 * logit. A name that is also used in any other way is taken as it is.
 */
export function transformsOf(body: readonly Statement[], names: ReadonlySet<string>): ReadonlyMap<string, Transform> {
  const found = new Map<string, Transform>()
  const note = (name: string, transform: Transform) => {
    const known = found.get(name)
    found.set(name, known === undefined || isSame(known, transform) ? transform : identity)
  }
  const visit = (statements: readonly Statement[]): void => {
    for (const statement of statements) {
      if (statement.kind === 'assignment') noteUses(statement.value, names, note)
      else if (statement.kind === 'conditional') {
        for (const { condition, body: inner } of statement.branches) {
          noteUses(condition, names, note)
          visit(inner)
        }
        visit(statement.otherwise)
      }
    }
  }
  visit(body)
  return found
}

function isSame(a: Transform, b: Transform): boolean {
  if (a.kind !== b.kind) return false
  return !('low' in a && 'low' in b) || (a.low === b.low && a.high === b.high)
}

function noteUses(
  expression: Expression,
  names: ReadonlySet<string>,
  note: (name: string, transform: Transform) => void,
): void {
  const scales = new Map<number, Transform>()
  // operators stand after their operands: going backwards, a call is met before what is in it
  for (let i = expression.length - 1; i >= 0; i--) {
    const node = expression[i]
    const scale = scales.get(i)
    if (node?.kind === 'name' && names.has(node.name)) note(node.name, scale ?? identity)
    else if (node?.kind === 'call') {
      const [first, low, high] = node.arguments
      const transform = transformOf(node.name, numberAt(expression, low) ?? 0, numberAt(expression, high) ?? 1)
      if (first !== undefined && transform !== undefined) scales.set(first, transform)
    } else if (node?.kind === 'binary' && node.operator === '+' && scale !== undefined) {
      scales.set(node.left, scale)
      scales.set(node.right, scale)
    }
  }
}

function numberAt(expression: Expression, index: number | undefined): number | undefined {
  const node = index === undefined ? undefined : expression[index]
  return node === undefined ? undefined : literalValue([node])
}
