import type { Expression, Target } from '../../syntax/syntax.ts'
import type { Equation, Value } from '../equations/equations.ts'
import { latexCases, latexDerivative, latexExpression, latexTerms } from './latex-expression.ts'
import type { LatexNames } from './latex-names.ts'

/** About how many characters a line of an equation holds. */
const lineWidth = 68

/** An equation as rows of an `align*`; long sums go on in the next row. */
export function latexEquation(equation: Equation, names: LatexNames, indent: string): readonly string[] {
  switch (equation.kind) {
    case 'equation': {
      const { target, value, again } = equation
      const left = latexTarget(target, names)
      // a name that is given a second value is not equal to both
      const sign = again ? '\\leftarrow' : '='
      const [first = '', ...further] =
        value.kind === 'expression' ? broken(value.expression, names) : [latexValueOf(value, equation, names)]
      const head = indent === '' ? `${left} &${sign} ` : `&${indent}${left} ${sign} `
      return [`${head}${first}`, ...further.map((line) => `&\\quad ${indent}${line}`)]
    }
    case 'branch': {
      const { condition, body } = equation
      const head =
        condition === undefined ? '\\text{otherwise:}' : `\\text{if } ${latexExpression(condition, names)}\\text{:}`
      return [`&${indent}${head}`, ...body.flatMap((inner) => latexEquation(inner, names, `${indent}\\quad `))]
    }
  }
}

/** The right side of an equation, in lines. */
function broken(expression: Expression, names: LatexNames): readonly string[] {
  const lines: string[] = []
  let line = ''
  let width = 0
  for (const term of latexTerms(expression, names)) {
    const more = shownWidth(term)
    if (line !== '' && width + more > lineWidth) {
      lines.push(line)
      line = ''
      width = 0
    }
    line = line === '' ? term : `${line} ${term}`
    width += more
  }
  return [...lines, line]
}

/** Roughly how many characters a page shows: a command is one, braces and blanks are none. */
function shownWidth(latex: string): number {
  let width = 0
  for (let i = 0; i < latex.length; i++) {
    const character = latex.charAt(i)
    if (character === '\\') {
      while (isLetter(latex.charCodeAt(i + 1))) i++
      width++
    } else if (!'{}^_ &'.includes(character)) width++
  }
  return width
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90)
}

function latexValueOf(value: Value, of: Assigned, names: LatexNames): string {
  switch (value.kind) {
    case 'expression':
      return latexExpression(value.expression, names)
    case 'before':
      return valueBefore(of, names)
    case 'cases': {
      const cases = value.cases.map((one): [string, string] => [
        latexValueOf(one.value, of, names),
        latexExpression(one.condition, names),
      ])
      return latexCases(cases, latexValueOf(value.otherwise, of, names))
    }
  }
}

type Assigned = Extract<Equation, { kind: 'equation' }>

/** What holds where no line says anything. */
function valueBefore({ target, again }: Assigned, names: LatexNames): string {
  switch (target.kind) {
    case 'initial':
    case 'lag':
      return '0'
    case 'bioavailability':
      return '1'
    case 'variable':
    case 'derivative':
    case 'duration':
    case 'rate':
    case 'modelTime':
      return again ? latexTarget(target, names) : '\\text{no value}'
  }
}

function latexTarget({ kind, name }: Target, names: LatexNames): string {
  const sign = names.of(name)
  switch (kind) {
    case 'variable':
    case 'modelTime':
      return sign
    case 'derivative':
      return latexDerivative(name, names)
    case 'initial':
      return `${sign}(0)`
    case 'bioavailability':
      return `F\\left(${sign}\\right)`
    case 'lag':
      return `t_{\\text{lag}}\\left(${sign}\\right)`
    case 'duration':
      return `\\text{duration}\\left(${sign}\\right)`
    case 'rate':
      return `\\text{rate}\\left(${sign}\\right)`
  }
}
