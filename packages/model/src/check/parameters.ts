import type { OmegaBlock, Parameter, Transform } from '../model.ts'
import type { Expression, IniStatement } from '../syntax/syntax.ts'
import { budget } from '../text/budget.ts'
import type { Diagnostics } from '../text/diagnostics.ts'
import { quote } from '../text/quote.ts'
import type { Extent } from '../text/source-text.ts'
import { OmegaBlocks } from './omega-blocks.ts'
import { readConstant } from './read-constant.ts'
import { readUnitComment, unitOfLabel } from './unit-comment.ts'

/** The parameters of a model while its text is read, by name. */
export class Parameters {
  readonly list: Parameter[] = []
  readonly #omega: OmegaBlocks
  readonly #index = new Map<string, number>()
  /** Transforms that `backTransform()` states. */
  readonly #stated = new Map<string, Transform>()
  #isFull = false
  readonly #diagnostics: Diagnostics

  constructor(diagnostics: Diagnostics) {
    this.#diagnostics = diagnostics
    this.#omega = new OmegaBlocks(diagnostics)
  }

  get omega(): readonly OmegaBlock[] {
    return this.#omega.list
  }

  indexOf(name: string): number | undefined {
    return this.#index.get(name)
  }

  find(name: string): Parameter | undefined {
    return this.list[this.#index.get(name) ?? -1]
  }

  /** There are more than the budget allows, and it has been reported. */
  get isFull(): boolean {
    return this.#isFull
  }

  names(): Iterable<string> {
    return this.#index.keys()
  }

  /** Adds a parameter; a name given twice and a number beyond the budget are reported. */
  add(parameter: Omit<Parameter, 'span'>, at: Extent): void {
    const known = this.find(parameter.name)
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

  /** Completes what is known of a parameter when the whole text has been read. */
  complete(
    name: string,
    more: Partial<Pick<Parameter, 'transform' | 'levels' | 'interpolation' | 'unit' | 'label'>>,
  ): void {
    const index = this.#index.get(name)
    const known = this.find(name)
    if (index === undefined || known === undefined) return
    const stated = this.#stated.get(name)
    this.list[index] = { ...known, ...more, ...(stated === undefined ? {} : { transform: stated }) }
  }

  /** Adds what `ini` holds. */
  addIni(entries: readonly IniStatement[]): void {
    for (const entry of entries) {
      if (this.#isFull || this.#diagnostics.full) break
      if (entry.kind !== 'omega' && entry.kind !== 'label') this.#omega.interrupt()
      switch (entry.kind) {
        case 'theta':
          this.#addTheta(entry.name, entry.value, entry.comment, entry.at)
          break
        case 'omega':
          this.#addOmega(entry)
          break
        case 'label':
          this.#relabel(entry.text, entry.at)
          break
        case 'backTransform':
          this.#state(entry.name, entry.at)
          break
        case 'broken':
          if (entry.target !== undefined && this.indexOf(entry.target.name) === undefined) {
            this.add({ ...plain, name: entry.target.name, value: Number.NaN, inIni: true }, entry.target.at)
          }
      }
    }
    this.#omega.interrupt()
  }

  #relabel(label: string, at: Extent): void {
    const last = this.list.length - 1
    const labelled = this.list[last]
    if (labelled === undefined) this.#diagnostics.error(at, 'There is no parameter before this label.')
    else this.list[last] = { ...labelled, label, unit: labelled.unit || unitOfLabel(label) }
  }

  #state(name: string, at: Extent): void {
    const last = this.list.at(-1)
    const transform = backTransforms.get(name)
    if (last === undefined) this.#diagnostics.error(at, 'There is no parameter before this backTransform.')
    else if (transform === undefined) {
      const known = [...backTransforms.keys()].join(', ')
      this.#diagnostics.error(at, `${quote(name)} is no back-transform known here; there are ${known}.`)
    } else this.#stated.set(last.name, transform)
  }

  #addTheta(name: string, expression: Expression, comment: string, at: Extent): void {
    const constant = readConstant(expression, false, this.#diagnostics)
    const numbers = constant?.numbers ?? []
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
    const fixed = constant?.fixed ?? false
    this.add({ ...plain, name, value, lower, upper, fixed, ...readUnitComment(comment), inIni: true }, at)
  }

  #addOmega(entry: Extract<IniStatement, { kind: 'omega' }>): void {
    const prior = entry.names.find(({ name }) => this.find(name)?.kind === 'parameter')
    if (prior !== undefined) {
      this.#diagnostics.error(
        prior.at,
        `${quote(prior.name)} is a fixed effect (line ${this.find(prior.name)?.span.line ?? 0}); priors, \`${prior.name} ~ variance\`, are not supported yet.`,
      )
      return
    }
    const fixed = this.#omega.add(entry)
    for (const { name, at } of entry.names) {
      this.add({ ...plain, name, value: 0, fixed, ...readUnitComment(entry.comment), kind: 'eta', inIni: true }, at)
    }
  }
}

/** What `backTransform()` may name. */
const backTransforms: ReadonlyMap<string, Transform> = new Map<string, Transform>([
  ['exp', { kind: 'log' }],
  ['expit', { kind: 'logit', low: 0, high: 1 }],
  ['probitInv', { kind: 'probit', low: 0, high: 1 }],
  ['identity', { kind: 'identity' }],
])

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

/** A name that the text does not give: data or the caller supply it. */
export function input(name: string): Omit<Parameter, 'span'> {
  return { ...plain, name, value: Number.NaN, kind: 'covariate' }
}
