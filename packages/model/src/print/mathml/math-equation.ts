import type { Expression, Target } from '../../syntax/syntax.ts'
import type { Equation, Value } from '../equations/equations.ts'
import { mathCases, mathDerivative, mathExpression, mathTerms } from './math-expression.ts'
import type { MathNames } from './math-names.ts'
import { applied, branch, leaf, type MathNode, row } from './math-node.ts'

/** One equation: what stands before its sign, and the lines from the sign on. */
export interface MathRow {
  readonly left: MathNode
  readonly lines: readonly MathNode[]
  /** The name it gives a value to, and what of it; empty where there is none. */
  readonly name: string
  readonly of: Target['kind'] | 'condition' | 'distribution'
}

/** About how many characters a line of an equation holds. */
const lineWidth = 62

/** An equation as rows; what stands below a condition has one row each, set in. */
export function mathEquation(equation: Equation, names: MathNames, depth = 0): readonly MathRow[] {
  const indent: readonly MathNode[] = depth === 0 ? [] : [leaf('mtext', '\u2003'.repeat(depth))]
  switch (equation.kind) {
    case 'equation': {
      const { target, value, again } = equation
      const left = mathTarget(target, names)
      // a name that is given a second value is not equal to both
      const sign = leaf('mo', again ? '←' : '=')
      const [first = row(), ...further] =
        value.kind === 'expression' ? broken(value.expression, names) : [mathValueOf(value, equation, names)]
      const isInner = depth > 0
      const lines = [
        row(...indent, ...(isInner ? [left] : []), sign, first),
        ...further.map((line) => row(...indent, leaf('mtext', '\u2003'), line)),
      ]
      return [{ left: isInner ? row() : left, lines, name: target.name, of: target.kind }]
    }
    case 'branch': {
      const { condition, body } = equation
      const head =
        condition === undefined
          ? leaf('mtext', 'otherwise:')
          : row(leaf('mtext', 'if\u00A0'), mathExpression(condition, names), leaf('mtext', ':'))
      return [
        { left: row(), lines: [row(...indent, head)], name: '', of: 'condition' },
        ...body.flatMap((inner) => mathEquation(inner, names, depth + 1)),
      ]
    }
  }
}

/** The right side of an equation, in lines. */
function broken(expression: Expression, names: MathNames): readonly MathNode[] {
  const lines: MathNode[][] = []
  let width = lineWidth
  for (const term of mathTerms(expression, names)) {
    const more = term.reduce((sum, node) => sum + shownWidth(node), 0)
    const line = lines.at(-1)
    if (line === undefined || width + more > lineWidth) {
      lines.push([...term])
      width = more
    } else {
      line.push(...term)
      width += more
    }
  }
  return lines.map((line) => row(...line))
}

/** Roughly how many characters a page shows. */
function shownWidth(node: MathNode): number {
  if ('text' in node) return Array.from(node.text).length + (node.tag === 'mo' && node.text === '\u2061' ? -1 : 0)
  const widths = node.children.map(shownWidth)
  if (node.tag === 'mfrac' || node.tag === 'mtable') return Math.max(0, ...widths)
  if (node.tag === 'msub' || node.tag === 'msup') return (widths[0] ?? 0) + 0.7 * (widths[1] ?? 0)
  return widths.reduce((sum, width) => sum + width, 0)
}

type Assigned = Extract<Equation, { kind: 'equation' }>

function mathValueOf(value: Value, of: Assigned, names: MathNames): MathNode {
  switch (value.kind) {
    case 'expression':
      return mathExpression(value.expression, names)
    case 'before':
      return valueBefore(of, names)
    case 'cases': {
      const cases = value.cases.map((one): [MathNode, MathNode] => [
        mathValueOf(one.value, of, names),
        mathExpression(one.condition, names),
      ])
      return mathCases(cases, mathValueOf(value.otherwise, of, names))
    }
  }
}

/** What holds where no line says anything. */
function valueBefore({ target, again }: Assigned, names: MathNames): MathNode {
  switch (target.kind) {
    case 'initial':
    case 'lag':
      return leaf('mn', '0')
    case 'bioavailability':
      return leaf('mn', '1')
    case 'variable':
    case 'derivative':
    case 'duration':
    case 'rate':
    case 'modelTime':
      return again ? mathTarget(target, names) : leaf('mtext', 'no value')
  }
}

function mathTarget({ kind, name }: Target, names: MathNames): MathNode {
  const sign = names.of(name)
  switch (kind) {
    case 'variable':
    case 'modelTime':
      return sign
    case 'derivative':
      return mathDerivative(name, names)
    case 'initial':
      return applied(sign, [leaf('mn', '0')])
    case 'bioavailability':
      return applied(leaf('mi', 'F'), [sign])
    case 'lag':
      return applied(branch('msub', leaf('mi', 't'), leaf('mtext', 'lag')), [sign])
    case 'duration':
      return applied(leaf('mi', 'duration'), [sign])
    case 'rate':
      return applied(leaf('mi', 'rate'), [sign])
  }
}
