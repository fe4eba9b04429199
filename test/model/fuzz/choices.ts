/** Draws from a sequence of whole numbers: the same sequence makes the same text, a smaller one a simpler text. */
export class Choices {
  readonly #next: () => number
  /** What was drawn so far. */
  readonly drawn: number[] = []

  /** @param next gives whole numbers from 0 to 2³² - 1. */
  constructor(next: () => number) {
    this.#next = next
  }

  /** 0 to count - 1. */
  below(count: number): number {
    const drawn = this.#next()
    this.drawn.push(drawn)
    return drawn % count
  }

  /** True in one of so many cases. */
  oneIn(count: number): boolean {
    return this.below(count) === count - 1
  }

  pick<T>(list: readonly T[]): T {
    const picked = list[this.below(list.length)]
    if (picked === undefined) throw new RangeError('nothing to pick from')
    return picked
  }

  /** 0 to most things. */
  some<T>(most: number, make: (index: number) => T): T[] {
    return Array.from({ length: this.below(most + 1) }, (_, index) => make(index))
  }
}

/** Choices from a seed (SplitMix32). */
export function choicesOf(seed: number): Choices {
  let state = seed >>> 0
  return new Choices(() => {
    state = (state + 0x9e3779b9) >>> 0
    let mixed = state ^ (state >>> 16)
    mixed = Math.imul(mixed, 0x21f0aaad)
    mixed ^= mixed >>> 15
    mixed = Math.imul(mixed, 0x735a2d97)
    return (mixed ^ (mixed >>> 15)) >>> 0
  })
}

/** Choices from a list; where it ends, the first of everything. */
export function choicesFrom(drawn: readonly number[]): Choices {
  let place = 0
  return new Choices(() => drawn[place++] ?? 0)
}
