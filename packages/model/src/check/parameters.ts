import { Algebra } from '../graph/algebra.ts'
import type { OmegaBlock, Parameter } from '../model.ts'
import type { Expression, IniStatement } from '../syntax/syntax.ts'
import { budget } from '../text/budget.ts'
import type { Diagnostics } from '../text/diagnostics.ts'
import { quote } from '../text/quote.ts'
import type { Extent } from '../text/source-text.ts'
import { Switches } from './compare.ts'
import { lowerEach, type Meaning } from './lower-expression.ts'
import { readUnitComment } from './unit-comment.ts'

/** The parameters of a model while its text is read, by name. */
export class Parameters {
  readonly list: Parameter[] = []
  readonly omega: OmegaBlock[] = []
  readonly #index = new Map<string, number>()
  #isFull = false
  readonly #diagnostics: Diagnostics

  constructor(diagnostics: Diagnostics) {
    this.#diagnostics = diagnostics
  }

  indexOf(name: string): number | undefined {
    return this.#index.get(name)
  }

  names(): Iterable<string> {
    return this.#index.keys()
  }

  /** Adds a parameter; a name given twice and a number beyond the budget are reported. */
  add(parameter: Omit<Parameter, 'span'>, at: Extent): void {
    const known = this.list[this.#index.get(parameter.name) ?? -1]
    if (known !== undefined) {
      this.#diagnostics.error(
        at,
        `${quote(parameter.name)} is given a second time; the first is at line ${known.span.line}.`,
      )
      return
    }
    if (this.list.length >= budget.parameters) {
      if (!this.#isFull) this.#diagnostics.error(at, `The model has more than ${budget.parameters} parameters.`)
      this.#isFull = true
      return
    }
    this.#index.set(parameter.name, this.list.length)
    this.list.push({ ...parameter, span: this.#diagnostics.lines.span(at) })
  }

  /** Adds what `ini` holds. */
  addIni(entries: readonly IniStatement[]): void {
    for (const entry of entries) {
      if (entry.kind === 'theta') this.#addTheta(entry.name, entry.value, entry.comment, entry.at)
      else if (entry.kind === 'omega') this.#addOmega(entry.names, entry.value, entry.comment)
      else if (entry.kind === 'label') {
        const last = this.list.length - 1
        const labelled = this.list[last]
        if (labelled === undefined) this.#diagnostics.error(entry.at, 'There is no parameter before this label.')
        else this.list[last] = { ...labelled, label: entry.text }
      } else if (entry.target !== undefined) {
        const { name, at } = entry.target
        if (this.indexOf(name) === undefined) this.add({ ...plain, name, value: Number.NaN }, at)
      }
    }
  }

  #addTheta(name: string, expression: Expression, comment: string, at: Extent): void {
    const reader = new ConstantReader(expression, this.#diagnostics)
    const { numbers, fixed } = reader.read()
    const [a = Number.NaN, b, c] = numbers
    const lower = b === undefined ? Number.NEGATIVE_INFINITY : a
    const value = b ?? a
    const upper = c ?? Number.POSITIVE_INFINITY
    if (numbers.length > 3) {
      this.#diagnostics.error(at, `${quote(name)} has ${numbers.length} numbers; expected c(lower, estimate, upper).`)
    } else if (numbers.length > 0 && !(lower <= value && value <= upper)) {
      this.#diagnostics.error(
        at,
        `The estimate ${value} of ${quote(name)} is outside its bounds [${lower}, ${upper}]; expected c(lower, estimate, upper).`,
      )
    }
    this.add({ ...plain, name, value, lower, upper, fixed, ...readUnitComment(comment), inIni: true }, at)
  }

  #addOmega(names: readonly { name: string; at: Extent }[], expression: Expression, comment: string): void {
    const { numbers, fixed } = new ConstantReader(expression, this.#diagnostics).read()
    const n = names.length
    const wanted = (n * (n + 1)) / 2
    const whole = expression.at(-1)
    if (numbers.length !== wanted && whole !== undefined && numbers.length > 0) {
      this.#diagnostics.error(
        whole.at,
        `The covariance of ${n} random effect${n === 1 ? '' : 's'} has ${wanted} number${wanted === 1 ? '' : 's'} (lower triangle by rows); got ${numbers.length}.`,
      )
    }
    for (let i = 0, diagonal = 0; i < n; i++, diagonal += i + 1) {
      const variance = numbers[diagonal]
      if (variance !== undefined && !(variance >= 0) && whole !== undefined) {
        this.#diagnostics.error(
          whole.at,
          `The variance of ${quote(names[i]?.name ?? '')} is ${variance}; it must not be negative.`,
        )
      }
    }
    for (const { name, at } of names) {
      this.add({ ...plain, name, value: 0, fixed, ...readUnitComment(comment), kind: 'eta', inIni: true }, at)
    }
    this.omega.push({ names: names.map(({ name }) => name), lower: numbers, level: 'id' })
  }
}

const plain = {
  lower: Number.NEGATIVE_INFINITY,
  upper: Number.POSITIVE_INFINITY,
  fixed: false,
  unit: '',
  label: '',
  kind: 'parameter',
  inIni: false,
  transform: { kind: 'identity' },
  levels: [],
} as const

/** A parameter given as one number in the text. */
export function literalParameter(name: string, value: number, comment: string): Omit<Parameter, 'span'> {
  return { ...plain, name, value, ...readUnitComment(comment) }
}

/** A column that data will supply. */
export function covariate(name: string): Omit<Parameter, 'span'> {
  return { ...plain, name, value: Number.NaN, kind: 'covariate' }
}

const fixing: ReadonlySet<string> = new Set(['fix', 'fixed', 'FIX', 'FIXED'])
const listing: ReadonlySet<string> = new Set(['c', ...fixing])

/** Reads the numbers of an `ini` entry: constant expressions, `c(…)`, `fixed(…)`. */
class ConstantReader {
  readonly #expression: Expression
  readonly #diagnostics: Diagnostics

  constructor(expression: Expression, diagnostics: Diagnostics) {
    this.#expression = expression
    this.#diagnostics = diagnostics
  }

  read(): { numbers: number[]; fixed: boolean } {
    const algebra = new Algebra()
    const unknown = algebra.constant(Number.NaN)
    let failed = false
    const fail = (name: string, at: Extent) => {
      failed = true
      this.#diagnostics.error(
        at,
        `${quote(name)} stands in a constant of \`ini\`; only numbers and functions of numbers may.`,
      )
      return unknown
    }
    const meaning: Meaning = {
      algebra,
      switches: new Switches(algebra),
      diagnostics: this.#diagnostics,
      name: fail,
      derivative: fail,
      ownCalls: listing,
    }
    const values = lowerEach(this.#expression, meaning)
    const numbers: number[] = []
    let fixed = false
    // lists hold numbers or fixed numbers, fixed(…) may hold a list: two levels are all there is
    const collect = (index: number, depth: number): void => {
      const node = this.#expression[index]
      if (node?.kind === 'call' && listing.has(node.name) && depth < 3) {
        if (fixing.has(node.name)) fixed = true
        for (const argument of node.arguments) collect(argument, depth + 1)
        return
      }
      const lowered = values[index]
      const value = lowered === undefined ? undefined : algebra.builder.valueOf(lowered)
      if (value === undefined || Number.isNaN(value)) {
        if (!failed && node !== undefined) {
          this.#diagnostics.error(
            node.at,
            'This is no number; expected a constant such as 0.5, log(0.16) or c(0, 1, Inf).',
          )
        }
        failed = true
      }
      numbers.push(value ?? Number.NaN)
    }
    collect(this.#expression.length - 1, 0)
    return { numbers: failed ? [] : numbers, fixed }
  }
}
