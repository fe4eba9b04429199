import { languageReference } from '@cartkin/model'
import type { Choices } from './choices.ts'

/** How many arguments each function takes at least, and whether it takes more. */
const functions = sectionOf('Functions of numbers').map(({ written, example }) => {
  const name = written.slice(0, written.indexOf('('))
  const given = example.slice(example.indexOf('(') + 1, example.lastIndexOf(')'))
  return { name, least: given === '' ? 0 : given.split(',').length, isOpen: written.includes('…') }
})

const constants = sectionOf('Names with a value')
  .filter(({ state, written }) => state === 'supported' && /^\w+$/.test(written))
  .map(({ written }) => written)

function sectionOf(title: string) {
  const found = languageReference().find((section) => section.title === title)
  if (found === undefined) throw new RangeError(`the reference has no section '${title}'`)
  return found.constructs.filter(({ state }) => state === 'supported')
}

const numbers = [
  '0',
  '1',
  '2',
  '0.5',
  '.25',
  '3.',
  '1e6',
  '2.5E-3',
  '5L',
  '1e-300',
  '007',
  '1e+2',
  '12345678901234567890',
]
const arithmetic = ['+', '-', '*', '/', '^', '**', '%%']
const comparisons = ['<', '<=', '>', '>=', '==', '!=']
const logical = ['&', '&&', '|', '||']

/** What an expression may refer to. */
export interface ExpressionNames {
  /** A name that has a value, noted as used. */
  readonly name: () => string
  /** Values beside names and numbers, such as `tad()` or `d/dt(x)`; none where parameters alone may stand. */
  readonly special: readonly (() => string)[]
}

/** An expression of the language, with brackets, blanks and line ends where they may be. */
export function expressionText(choices: Choices, names: ExpressionNames, depth = 3): string {
  if (depth === 0 || choices.oneIn(4)) return leaf(choices, names)
  const inner = () => expressionText(choices, names, depth - 1)
  // comparisons do not chain, and `a <-1` assigns: what is inside stands in brackets, what is beside has blanks
  const bracketed = () => `(${gap(choices)}${inner()}${gap(choices)})`
  switch (choices.below(8)) {
    case 0:
    case 1:
    case 2:
      return `${operand(choices, names, depth)} ${choices.pick(arithmetic)}${lineGap(choices)}${operand(choices, names, depth)}`
    case 3:
      return `${bracketed()} ${choices.pick(comparisons)} ${lineGap(choices)}${bracketed()}`
    case 4:
      return `${bracketed()}${choices.pick(logical)}${lineGap(choices)}${bracketed()}`
    case 5:
      return `${choices.pick(['-', '+', '!', '-', '- ', '--'])}${operand(choices, names, depth)}`
    case 6:
      return call(choices, inner)
    default:
      return bracketed()
  }
}

function operand(choices: Choices, names: ExpressionNames, depth: number): string {
  return choices.oneIn(2) ? `(${expressionText(choices, names, depth - 1)})` : leaf(choices, names)
}

function leaf(choices: Choices, names: ExpressionNames): string {
  const kind = choices.below(10)
  if (kind < 5) return names.name()
  if (kind < 7) return choices.pick(numbers)
  if (kind === 7) return choices.pick(constants)
  return names.special.length === 0 ? '1' : choices.pick(names.special)()
}

function call(choices: Choices, inner: () => string): string {
  if (choices.oneIn(4)) return `ifelse(${inner()},${lineGap(choices)}${inner()}, ${inner()})`
  const { name, least, isOpen } = choices.pick(functions)
  const values = Array.from({ length: least + (isOpen ? choices.below(3) : 0) }, inner)
  return `${name}${gap(choices)}(${values.join(`,${lineGap(choices)}`)})`
}

export function gap(choices: Choices): string {
  return choices.pick(['', '', '', ' ', '  ', '\t'])
}

/** Where an operator or bracket is open, a line may end. */
function lineGap(choices: Choices): string {
  return choices.pick(['', '', ' ', ' ', ' ', '\n', ' # open\n  '])
}
