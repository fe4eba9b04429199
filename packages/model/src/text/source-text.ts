import type { Span } from '../model.ts'

/** A stretch of the text in UTF-16 units. */
export interface Extent {
  readonly offset: number
  readonly length: number
}

/** The extent from the start of `first` to the end of `last`. */
export function across(first: Extent, last: Extent): Extent {
  return { offset: first.offset, length: Math.max(0, last.offset + last.length - first.offset) }
}

/** Finds line and column of any offset; lines end with LF, CR or CR LF. */
export class LineIndex {
  readonly #starts: number[]
  readonly #length: number

  constructor(text: string) {
    this.#length = text.length
    // a byte order mark takes no column
    this.#starts = [text.charCodeAt(0) === 0xfeff ? 1 : 0]
    for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) this.#starts.push(i + 1)
    for (let i = text.indexOf('\r'); i >= 0; i = text.indexOf('\r', i + 1)) {
      if (text.charCodeAt(i + 1) !== 10) this.#starts.push(i + 1)
    }
    this.#starts.sort((a, b) => a - b)
  }

  /** Line of an offset, from 1. */
  line(offset: number): number {
    let low = 0
    let high = this.#starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return low + 1
  }

  span(extent: Extent): Span {
    const offset = Math.min(Math.max(0, extent.offset), this.#length)
    const line = this.line(offset)
    return { offset, length: extent.length, line, column: Math.max(1, offset - (this.#starts[line - 1] ?? 0) + 1) }
  }

  /** "line 3, column 7", for messages that point at a second place. */
  place(extent: Extent): string {
    const { line, column } = this.span(extent)
    return `line ${line}, column ${column}`
  }
}
