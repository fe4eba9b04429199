import type { BinaryOperator, Expression, ExpressionNode } from '../syntax/syntax.ts'
import { printNumber, printString } from './print-literal.ts'
import { printName } from './print-name.ts'

/** How tightly R's operators bind; the parser's own order, which the round trip of every operator pair tests. */
export const binding: Readonly<Record<BinaryOperator, number>> = {
  '|': 1,
  '&': 2,
  '==': 4,
  '!=': 4,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
  '%%': 7,
  '^': 9,
}
const notBinding = 3
const comparisonBinding = 4
const signBinding = 8
const powerBinding = 9
const atomBinding = 10

const tight: ReadonlySet<BinaryOperator> = new Set(['*', '/', '^'])

/** How tightly the outermost operator of a node binds; names, numbers and calls tightest. */
export function bindingOf(node: ExpressionNode): number {
  switch (node.kind) {
    case 'binary':
      return binding[node.operator]
    case 'unary':
      return node.operator === '!' ? notBinding : signBinding
    case 'number':
    case 'string':
    case 'name':
    case 'derivative':
    case 'call':
      return atomBinding
  }
}

/** The weakest binding that operands of a binary operator may have without brackets. */
export function operandBindings(operator: BinaryOperator): { readonly left: number; readonly right: number } {
  const power = binding[operator]
  // powers associate to the right, and their exponent may bear a sign; comparisons do not chain
  if (power === powerBinding) return { left: powerBinding + 1, right: signBinding }
  return { left: power === comparisonBinding ? power + 1 : power, right: power + 1 }
}

/** An expression in canonical form: brackets only where precedence needs them. Long chains need no recursion. */
export function printExpression(expression: Expression): string {
  const texts: string[] = []
  const inside = (index: number, weakest: number): string => {
    const node = expression[index]
    const text = texts[index] ?? ''
    return node !== undefined && bindingOf(node) < weakest ? `(${text})` : text
  }
  for (const node of expression) texts.push(printNode(node, inside))
  return texts.at(-1) ?? ''
}

function printNode(node: ExpressionNode, inside: (index: number, weakest: number) => string): string {
  switch (node.kind) {
    case 'number':
      return printNumber(node.value)
    case 'string':
      return printString(node.value)
    case 'name':
      return printName(node.name)
    case 'derivative':
      return `d/dt(${printName(node.name)})`
    case 'unary':
      return `${node.operator}${inside(node.argument, node.operator === '!' ? notBinding : signBinding)}`
    case 'binary': {
      const weakest = operandBindings(node.operator)
      const gap = tight.has(node.operator) ? '' : ' '
      return `${inside(node.left, weakest.left)}${gap}${node.operator}${gap}${inside(node.right, weakest.right)}`
    }
    case 'call':
      return `${printName(node.name)}(${node.arguments.map((argument) => inside(argument, 0)).join(', ')})`
  }
}
