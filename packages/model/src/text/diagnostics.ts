import type { Diagnostic } from '../model.ts'
import { budget } from './budget.ts'
import { didYouMean } from './nearest-name.ts'
import { type Extent, LineIndex } from './source-text.ts'

/** Collects what is wrong with one text, in order of place, up to the budget. */
export class Diagnostics {
  readonly lines: LineIndex
  readonly #errors: Diagnostic[] = []
  readonly #warnings: Diagnostic[] = []
  readonly #seen = new Set<string>()
  /** Looking for the names that were meant takes time: for all of a text together, as much as this. */
  readonly #effort = { left: budget.comparisons }

  constructor(text: string) {
    this.lines = new LineIndex(text)
  }

  error(extent: Extent, message: string): void {
    if (!this.full && this.#isNew(extent, message)) {
      this.#errors.push({ severity: 'error', message, span: this.lines.span(extent) })
    }
  }

  warn(extent: Extent, message: string): void {
    if (this.#warnings.length < budget.diagnostics && this.#isNew(extent, message)) {
      this.#warnings.push({ severity: 'warning', message, span: this.lines.span(extent) })
    }
  }

  /** Number of errors kept so far. */
  get count(): number {
    return this.#errors.length
  }

  /** " Did you mean `x`?" or nothing, as long as the effort for this text is not used up. */
  didYouMean(name: string, candidates: Iterable<string>): string {
    return this.#effort.left > 0 ? didYouMean(name, candidates, this.#effort) : ''
  }

  /** No further error will be kept. */
  get full(): boolean {
    return this.#errors.length >= budget.diagnostics
  }

  get errors(): readonly Diagnostic[] {
    return this.#errors.toSorted(byPlace)
  }

  get warnings(): readonly Diagnostic[] {
    return this.#warnings.toSorted(byPlace)
  }

  #isNew(extent: Extent, message: string): boolean {
    const key = `${extent.offset} ${message}`
    if (this.#seen.has(key)) return false
    this.#seen.add(key)
    return true
  }
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  return a.span.offset - b.span.offset
}
