import type { BinaryOperator, Expression, ExpressionNode } from '../../syntax/syntax.ts'
import { numberParts } from '../equations/number-parts.ts'
import { binding } from '../print-expression.ts'
import type { LatexNames } from './latex-names.ts'
import { latexText } from './latex-text.ts'

const signs: Readonly<Record<Exclude<BinaryOperator, '/' | '^'>, string>> = {
  '+': ' + ',
  '-': ' - ',
  '*': ' \\cdot ',
  '%%': ' \\bmod ',
  '<': ' < ',
  '<=': ' \\le ',
  '>': ' > ',
  '>=': ' \\ge ',
  '==': ' = ',
  '!=': ' \\ne ',
  '&': ' \\land ',
  '|': ' \\lor ',
}

/** Functions with a sign of their own before the bracket. */
const commands: ReadonlyMap<string, string> = new Map([
  ['exp', '\\exp'],
  ['log', '\\ln'],
  ['ln', '\\ln'],
  ['log10', '\\log_{10}'],
  ['log2', '\\log_{2}'],
  ['sin', '\\sin'],
  ['cos', '\\cos'],
  ['tan', '\\tan'],
  ['sinh', '\\sinh'],
  ['cosh', '\\cosh'],
  ['tanh', '\\tanh'],
  ['asin', '\\arcsin'],
  ['acos', '\\arccos'],
  ['atan', '\\arctan'],
  ['min', '\\min'],
  ['max', '\\max'],
  ['gamma', '\\Gamma'],
  ['lgamma', '\\ln\\Gamma'],
])

/** Functions written as brackets around their argument. */
const fences: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['sqrt', ['\\sqrt{', '}']],
  ['abs', ['\\left|', '\\right|']],
  ['fabs', ['\\left|', '\\right|']],
  ['floor', ['\\left\\lfloor ', '\\right\\rfloor ']],
  ['ceil', ['\\left\\lceil ', '\\right\\rceil ']],
  ['ceiling', ['\\left\\lceil ', '\\right\\rceil ']],
])

const associative: ReadonlySet<BinaryOperator> = new Set(['+', '*', '&', '|'])

const atom = 99
const product = binding['*']

interface Piece {
  readonly latex: string
  /** How tightly its outermost sign binds, as the page shows it: a fraction is one piece. */
  readonly binding: number
}

/** An expression as LaTeX for math mode; summands of a sum at the outermost level one by one, so that lines may break between them. */
export function latexTerms(expression: Expression, names: LatexNames): readonly string[] {
  const pieces = allPieces(expression, names)
  const terms: string[] = []
  let index = expression.length - 1
  for (;;) {
    const node = expression[index]
    if (node?.kind !== 'binary' || (node.operator !== '+' && node.operator !== '-')) break
    const right = unsigned(pieces[node.right], node.operator === '+' ? binding['+'] : product)
    terms.push(`${signs[node.operator].trim()} ${right}`)
    index = node.left
  }
  terms.push(pieces[index]?.latex ?? '')
  return terms.toReversed()
}

/** An expression as LaTeX for math mode. */
export function latexExpression(expression: Expression, names: LatexNames): string {
  return allPieces(expression, names).at(-1)?.latex ?? ''
}

function allPieces(expression: Expression, names: LatexNames): readonly Piece[] {
  const pieces: Piece[] = []
  for (const node of expression) pieces.push(pieceOf(node, pieces, names))
  return pieces
}

function fenced(piece: Piece | undefined, weakest: number): string {
  if (piece === undefined) return ''
  return piece.binding < weakest ? `\\left(${piece.latex}\\right)` : piece.latex
}

/** Likewise, and no two signs stand side by side. */
function unsigned(piece: Piece | undefined, weakest: number): string {
  const isSigned = piece?.latex.startsWith('-') || piece?.latex.startsWith('+')
  return fenced(piece, isSigned ? atom : weakest)
}

function pieceOf(node: ExpressionNode, pieces: readonly Piece[], names: LatexNames): Piece {
  switch (node.kind) {
    case 'number':
      return latexNumber(node.value)
    case 'string':
      return { latex: `\\text{\`\`${latexText(node.value)}''}`, binding: atom }
    case 'name':
      return { latex: latexName(node.name, names), binding: atom }
    case 'derivative':
      return { latex: latexDerivative(node.name, names), binding: product }
    case 'unary':
      return node.operator === '!'
        ? { latex: `\\lnot ${fenced(pieces[node.argument], atom)}`, binding: product + 1 }
        : { latex: `${node.operator}${unsigned(pieces[node.argument], product)}`, binding: product }
    case 'binary':
      return latexBinary(node.operator, pieces[node.left], pieces[node.right])
    case 'call':
      return latexCall(
        node.name,
        node.arguments.map((argument) => pieces[argument]?.latex ?? ''),
        names,
      )
  }
}

function latexBinary(operator: BinaryOperator, left: Piece | undefined, right: Piece | undefined): Piece {
  if (operator === '/') return { latex: `\\frac{${left?.latex ?? ''}}{${right?.latex ?? ''}}`, binding: product + 1 }
  if (operator === '^') return { latex: `{${fenced(left, atom)}}^{${right?.latex ?? ''}}`, binding: product + 1 }
  const power = binding[operator]
  const isComparison = power === binding['<']
  const a = fenced(left, isComparison ? power + 1 : power)
  const weakest = associative.has(operator) ? power : power + 1
  const b = power < binding['+'] ? fenced(right, weakest) : unsigned(right, weakest)
  return { latex: `${a}${signs[operator]}${b}`, binding: power }
}

function latexCall(name: string, given: readonly string[], names: LatexNames): Piece {
  const [first = '', second = '', third = ''] = given
  const fence = fences.get(name)
  if (fence !== undefined && given.length === 1)
    return { latex: `${fence[0]}${first}${fence[1]}`, binding: product + 1 }
  if (name === 'pow' && given.length === 2)
    return { latex: `{\\left(${first}\\right)}^{${second}}`, binding: product + 1 }
  if (name === 'ifelse') return { latex: latexCases([[second, first]], third), binding: 0 }
  const command = commands.get(name) ?? (given.length > 0 ? `\\operatorname{${latexText(name)}}` : names.of(name))
  return { latex: `${command}\\left(${given.join(', ')}\\right)`, binding: product + 1 }
}

/** Values with their conditions, and the value where none holds; nothing is said of that where it is undefined. */
export function latexCases(cases: readonly (readonly [string, string])[], otherwise: string | undefined): string {
  const rows = cases.map(([value, condition]) => `${value} & \\text{if } ${condition}`)
  if (otherwise !== undefined) rows.push(`${otherwise} & \\text{otherwise}`)
  return `\\begin{cases} ${rows.join(' \\\\ ')} \\end{cases}`
}

export function latexDerivative(name: string, names: LatexNames): string {
  return `\\frac{d ${names.of(name)}}{dt}`
}

function latexName(name: string, names: LatexNames): string {
  if (name === 'time') return 't'
  if (name === 'pi' || name === 'M_PI') return '\\pi'
  if (name === 'Inf') return '\\infty'
  return names.of(name)
}

function latexNumber(value: number): Piece {
  if (value === Number.POSITIVE_INFINITY) return { latex: '\\infty', binding: atom }
  if (value === Number.NEGATIVE_INFINITY) return { latex: '-\\infty', binding: binding['+'] }
  const [digits, exponent] = numberParts(value)
  if (exponent === undefined) return { latex: digits, binding: value < 0 ? binding['+'] : atom }
  const power = `10^{${exponent}}`
  return { latex: digits === '1' ? power : `${digits} \\cdot ${power}`, binding: product }
}

/** A number as LaTeX for math mode. */
export function latexValue(value: number): string {
  return latexNumber(value).latex
}
