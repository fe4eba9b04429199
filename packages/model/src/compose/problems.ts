import type { Diagnostic } from '../model.ts'
import { budget } from '../text/budget.ts'
import { didYouMean } from '../text/nearest-name.ts'
import { type Extent, LineIndex } from '../text/source-text.ts'
import type { CompositionProblem } from './composition.ts'

/** Collects what is wrong with a composition, each thing once, up to the budget. */
export class Problems {
  readonly errors: CompositionProblem[] = []
  readonly warnings: CompositionProblem[] = []
  readonly #seen = new Set<string>()
  readonly #lines = new Map<string, LineIndex>()
  /** Looking for the names that were meant takes time: for all of a composition together, as much as this. */
  readonly #effort = { left: budget.comparisons }

  error(part: string, message: string, place?: { readonly text: string; readonly at: Extent }): void {
    this.#add('error', part, message, place)
  }

  warn(part: string, message: string, place?: { readonly text: string; readonly at: Extent }): void {
    this.#add('warning', part, message, place)
  }

  /** What the checker of the language says of a text. */
  tell(part: string, text: string, diagnostics: readonly Diagnostic[]): void {
    for (const { severity, message, span } of diagnostics) {
      this.#keep({ severity, message, part, place: { text, span } })
    }
  }

  /** " Did you mean `x`?" or nothing, as long as the effort is not used up. */
  didYouMean(name: string, candidates: Iterable<string>): string {
    return this.#effort.left > 0 ? didYouMean(name, candidates, this.#effort) : ''
  }

  /** Line of a place in a text, from 1. */
  line(text: string, { offset }: Extent): number {
    return this.#linesOf(text).line(offset)
  }

  #add(severity: Diagnostic['severity'], part: string, message: string, place?: { text: string; at: Extent }): void {
    const span = place && this.#linesOf(place.text).span(place.at)
    this.#keep({ severity, message, part, ...(place && span && { place: { text: place.text, span } }) })
  }

  #linesOf(text: string): LineIndex {
    const known = this.#lines.get(text) ?? new LineIndex(text)
    this.#lines.set(text, known)
    return known
  }

  #keep(problem: CompositionProblem): void {
    const list = problem.severity === 'error' ? this.errors : this.warnings
    const key = `${problem.severity}\n${problem.part}\n${problem.place?.span.offset ?? ''}\n${problem.message}`
    if (this.#seen.has(key) || list.length >= budget.diagnostics) return
    this.#seen.add(key)
    list.push(problem)
  }
}
