import type { Diagnostics } from '../text/diagnostics.ts'
import { quote } from '../text/quote.ts'
import type { Extent } from '../text/source-text.ts'

/** The texts that names of a model may stand for; text k of a name has the code k + 1. */
export class Levels {
  readonly #levels = new Map<string, Map<string, number>>()
  /** Names whose texts `levels()` lists, so that no other can be meant. */
  readonly #closed = new Set<string>()
  readonly #diagnostics: Diagnostics

  constructor(diagnostics: Diagnostics) {
    this.#diagnostics = diagnostics
  }

  of(name: string): readonly string[] {
    return [...(this.#levels.get(name)?.keys() ?? [])]
  }

  declare(name: string, levels: readonly string[], at: Extent): void {
    if (new Set(levels).size < levels.length) {
      this.#diagnostics.error(at, `A text stands twice among the levels of ${quote(name)}.`)
    }
    if (this.#levels.has(name)) {
      this.#diagnostics.error(at, `The levels of ${quote(name)} are already known here; declare them once, before use.`)
    }
    this.#levels.set(name, new Map(Array.from(new Set(levels), (text, k) => [text, k + 1])))
    this.#closed.add(name)
  }

  /** The code of a text that a name is compared with or set to. */
  code(name: string, text: string, at: Extent): number {
    const known = this.#levels.get(name) ?? new Map<string, number>()
    const code = known.get(text)
    if (code !== undefined) return code
    if (this.#closed.has(name)) {
      this.#diagnostics.error(
        at,
        `${quote(text)} is none of the levels of ${quote(name)}.${this.#diagnostics.didYouMean(text, known.keys())}`,
      )
      return Number.NaN
    }
    this.#levels.set(name, known.set(text, known.size + 1))
    return known.size
  }
}
