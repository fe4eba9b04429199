import { elements, textOf, type XmlElement } from './read-xml.ts'

/** Where a formula is evaluated. */
export interface Surroundings {
  readonly time: number
  /**
   * The time that comparisons with time see: one within the span that is integrated, so that a switch has its new value
   * from the beginning of a span on and its old one up to the end of the one before.
   */
  readonly phase: number
  readonly value: (name: string) => number
}

/** A formula of content MathML. */
export interface Formula {
  readonly evaluate: (at: Surroundings) => number
  /** Formulas with which it compares time. */
  readonly switches: readonly Formula[]
}

/** A function definition of a document. */
export interface FunctionDefinition {
  readonly names: readonly string[]
  readonly body: Formula
}

const sum = (a: readonly number[]) => a.reduce((x, y) => x + y, 0)
const product = (a: readonly number[]) => a.reduce((x, y) => x * y, 1)
const truth = (is: boolean) => (is ? 1 : 0)

const operators: Readonly<Record<string, (a: readonly number[]) => number>> = {
  plus: sum,
  times: product,
  minus: ([a = Number.NaN, b]) => (b === undefined ? -a : a - b),
  divide: ([a = Number.NaN, b = Number.NaN]) => a / b,
  power: ([a = Number.NaN, b = Number.NaN]) => a ** b,
  ln: ([a = Number.NaN]) => Math.log(a),
  exp: ([a = Number.NaN]) => Math.exp(a),
  eq: ([a, b]) => truth(a === b),
  and: (a) => truth(a.every((x) => x !== 0)),
  or: (a) => truth(a.some((x) => x !== 0)),
}

const relations: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  leq: (a, b) => a <= b,
  lt: (a, b) => a < b,
  geq: (a, b) => a >= b,
  gt: (a, b) => a > b,
}

const plain = (evaluate: Formula['evaluate'], parts: readonly Formula[] = []): Formula => ({
  evaluate,
  switches: parts.flatMap(({ switches }) => switches),
})

/**
 * Reads an expression in content MathML: numbers, names, time, the operators above, piecewise, and functions of the
 * document. Throws a SyntaxError for anything else.
 */
export function readMath(element: XmlElement, functions: ReadonlyMap<string, FunctionDefinition>): Formula {
  const read = (one: XmlElement): Formula => readMath(one, functions)
  const inner = elements(element)
  switch (element.name) {
    case 'math':
      if (inner.length !== 1) throw new SyntaxError(`math holds ${inner.length} formulas`)
      return read(inner[0]!)
    case 'cn': {
      const value = numberOf(element)
      return plain(() => value)
    }
    case 'ci': {
      const name = textOf(element)
      return plain(({ value }) => value(name))
    }
    case 'csymbol':
      if (!isTime(element)) throw new SyntaxError(`csymbol ${element.attributes['definitionURL']} is not read`)
      return plain(({ time }) => time)
    case 'piecewise':
      return piecewise(
        inner.map((piece) => ({ otherwise: piece.name === 'otherwise', parts: elements(piece).map(read) })),
      )
    case 'apply':
      return application(inner[0]!, inner.slice(1), functions)
  }
  throw new SyntaxError(`MathML ${element.name} is not read`)
}

function piecewise(pieces: readonly { readonly otherwise: boolean; readonly parts: readonly Formula[] }[]): Formula {
  const evaluate = (at: Surroundings) => {
    const found = pieces.find(({ otherwise, parts }) => otherwise || parts[1]!.evaluate(at) !== 0)
    if (found === undefined) throw new RangeError('no piece of a piecewise formula holds')
    return found.parts[0]!.evaluate(at)
  }
  return plain(
    evaluate,
    pieces.flatMap(({ parts }) => parts),
  )
}

function application(
  head: XmlElement,
  operands: readonly XmlElement[],
  functions: ReadonlyMap<string, FunctionDefinition>,
): Formula {
  if (head.name === 'log') return logarithm(operands, functions)
  const parts = operands.map((one) => readMath(one, functions))
  if (head.name === 'ci') return call(textOf(head), parts, functions)
  const relation = relations[head.name]
  if (relation !== undefined) {
    const sides = operands.map((one, k): Formula['evaluate'] =>
      isTime(one) ? ({ phase }) => phase : parts[k]!.evaluate,
    )
    const { switches, evaluate } = plain((at) => truth(relation(sides[0]!(at), sides[1]!(at))), parts)
    return {
      evaluate,
      switches: operands.some(isTime) ? [...switches, ...parts.filter((_, k) => !isTime(operands[k]!))] : switches,
    }
  }
  const operator = operators[head.name]
  if (operator === undefined) throw new SyntaxError(`MathML operator ${head.name} is not read`)
  return plain((at) => operator(parts.map(({ evaluate }) => evaluate(at))), parts)
}

function logarithm(operands: readonly XmlElement[], functions: ReadonlyMap<string, FunctionDefinition>): Formula {
  const base = operands.find(({ name }) => name === 'logbase')
  const [of] = operands.filter(({ name }) => name !== 'logbase').map((one) => readMath(one, functions))
  const [by] = base === undefined ? [plain(() => 10)] : elements(base).map((one) => readMath(one, functions))
  if (of === undefined || by === undefined) throw new SyntaxError('log without its number or base')
  return plain((at) => Math.log(of.evaluate(at)) / Math.log(by.evaluate(at)), [of, by])
}

function call(name: string, parts: readonly Formula[], functions: ReadonlyMap<string, FunctionDefinition>): Formula {
  const definition = functions.get(name)
  if (definition === undefined) throw new SyntaxError(`no function ${name}`)
  const { names, body } = definition
  if (names.length !== parts.length) throw new SyntaxError(`${name} takes ${names.length} numbers, not ${parts.length}`)
  return plain(
    (at) => {
      const given = new Map(names.map((argument, k) => [argument, parts[k]!.evaluate(at)]))
      const value = (argument: string) => {
        const found = given.get(argument)
        if (found === undefined) throw new SyntaxError(`${name} has no argument ${argument}`)
        return found
      }
      return body.evaluate({ ...at, value })
    },
    [...parts, body],
  )
}

const isTime = ({ name, attributes }: XmlElement): boolean =>
  name === 'csymbol' && attributes['definitionURL'] === 'http://www.sbml.org/sbml/symbols/time'

function numberOf(element: XmlElement): number {
  const numbers = element.content.filter((part) => typeof part === 'string').map((part) => Number(part.trim()))
  const [a = Number.NaN, b = Number.NaN] = numbers
  const kind = element.attributes['type'] ?? 'real'
  const value = kind === 'e-notation' ? Number(`${a}e${b}`) : kind === 'rational' ? a / b : a
  if (!Number.isFinite(value)) throw new SyntaxError(`no number: ${textOf(element)}`)
  return value
}
