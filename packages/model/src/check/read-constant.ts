import { Algebra } from '../graph/algebra.ts'
import type { NodeId } from '../graph/graph.ts'
import type { Expression, ExpressionNode } from '../syntax/syntax.ts'
import { budget } from '../text/budget.ts'
import type { Diagnostics } from '../text/diagnostics.ts'
import { quote } from '../text/quote.ts'
import type { Extent } from '../text/source-text.ts'
import { Switches } from './compare.ts'
import { lowerNode, type Meaning } from './lower-expression.ts'
import { namedConstants } from './named-constants.ts'

/** The numbers of an `ini` entry; `undefined` stands for one that could not be had and was reported. */
export interface Constant {
  readonly numbers: readonly number[]
  /** `fix(…)` or `fixed(…)` stands somewhere in it. */
  readonly fixed: boolean
  /** Functions around the whole that only say how the numbers are meant: `sd`, `cor`, … */
  readonly forms: ReadonlySet<string>
}

const fixing: ReadonlySet<string> = new Set(['fix', 'fixed', 'FIX', 'FIXED'])
const matrixForms: ReadonlySet<string> = new Set(['sd', 'var', 'cor', 'cov', 'chol'])

/** One element of a list: its value, or that it was said to be fixed and has none (`c(0, 1, 2, fixed)`). */
type Element = NodeId | undefined

/**
 * Reads the numbers of an `ini` entry: constant expressions, `c(…)`, `fixed(…)` and functions of lists, as in
 * `log(c(0, 2.7, 100))`. Undefined where something in it is no number; that has been reported.
 *
 * @param allowsForms whether `sd(…)`, `cor(…)` and their kin may stand around the numbers.
 */
export function readConstant(
  expression: Expression,
  allowsForms: boolean,
  diagnostics: Diagnostics,
): Constant | undefined {
  return new ConstantReader(diagnostics, allowsForms).read(expression)
}

class ConstantReader {
  readonly #diagnostics: Diagnostics
  readonly #allowsForms: boolean
  readonly #algebra = new Algebra()
  readonly #unknown: NodeId
  readonly #forms = new Set<string>()
  #fixed = false
  /** Elements of all lists so far: operations on long lists are many. */
  #elements = 0
  #failed = false

  constructor(diagnostics: Diagnostics, allowsForms: boolean) {
    this.#diagnostics = diagnostics
    this.#allowsForms = allowsForms
    this.#unknown = this.#algebra.constant(Number.NaN)
  }

  read(expression: Expression): Constant | undefined {
    const before = this.#diagnostics.count
    const lists: (readonly Element[])[] = []
    for (const node of expression) lists.push(this.#list(node, lists))
    const numbers: number[] = []
    for (const element of lists.at(-1) ?? []) {
      if (element === undefined) continue
      const value = this.#algebra.builder.valueOf(element)
      if (value === undefined || Number.isNaN(value)) {
        // what made it so has been said
        if (this.#diagnostics.count > before) this.#failed = true
        const at = expression.at(-1)?.at ?? { offset: 0, length: 1 }
        this.#fail(at, 'This is no number; expected a constant such as 0.5, log(0.16) or c(0, 1, Inf).')
      }
      numbers.push(value ?? Number.NaN)
    }
    return this.#failed ? undefined : { numbers, fixed: this.#fixed, forms: this.#forms }
  }

  #fail(at: Extent, message: string): NodeId {
    if (!this.#failed) this.#diagnostics.error(at, message)
    this.#failed = true
    return this.#unknown
  }

  #name(name: string, at: Extent): NodeId {
    return this.#fail(at, `${quote(name)} stands in a constant of \`ini\`; only numbers and functions of numbers may.`)
  }

  /** Elements of one node of the expression, from those of the nodes before it. */
  #list(node: ExpressionNode, lists: readonly (readonly Element[])[]): readonly Element[] {
    if (this.#failed) return [this.#unknown]
    if (node.kind === 'name' && fixing.has(node.name) && !namedConstants.has(node.name)) {
      this.#fixed = true
      return [undefined]
    }
    if (node.kind === 'call') {
      const joined = () => node.arguments.flatMap((argument) => lists[argument] ?? [])
      if (node.name === 'c') return joined()
      if (fixing.has(node.name)) {
        this.#fixed = true
        return joined()
      }
      if (matrixForms.has(node.name)) {
        if (!this.#allowsForms) {
          return [this.#fail(node.at, `${quote(node.name)} belongs to variances, \`eta ~ ${node.name}(…)\`.`)]
        }
        this.#forms.add(node.name)
        return joined()
      }
    }
    const operands = operandsOf(node)
    const length = operands.reduce((most, operand) => Math.max(most, lists[operand]?.length ?? 1), 1)
    this.#elements += length
    if (this.#elements > budget.nodes)
      return [this.#fail(node.at, 'This constant needs too many operations; write the number.')]
    return Array.from({ length }, (_, k) => this.#element(node, operands, lists, k))
  }

  /** Element k of an operation on lists, a list of one going with every element of the other. */
  #element(
    node: ExpressionNode,
    operands: readonly number[],
    lists: readonly (readonly Element[])[],
    k: number,
  ): Element {
    const values: NodeId[] = []
    for (const operand of operands) {
      const list = lists[operand] ?? []
      const element = list.length === 1 ? list[0] : list[k]
      if (element === undefined && list.length > 1) return undefined
      values[operand] = element ?? this.#unknown
    }
    const meaning: Meaning = {
      algebra: this.#algebra,
      switches: new Switches(this.#algebra),
      diagnostics: this.#diagnostics,
      name: (name, at) => this.#name(name, at),
      derivative: (name, at) => this.#name(`d/dt(${name})`, at),
    }
    return lowerNode(node, values, this.#unknown, meaning)
  }
}

function operandsOf(node: ExpressionNode): readonly number[] {
  if (node.kind === 'call') return node.arguments
  if (node.kind === 'unary') return [node.argument]
  return node.kind === 'binary' ? [node.left, node.right] : []
}
