/** Values that are all kept before the first narrowing. */
const FIRST_NARROWING = 2048
/** Half the width of a window, in standard deviations of the rank: none of a billion is missed by chance. */
const DEVIATIONS = 6
/** Ranks by which a window is wider than that. */
const MARGIN = 2

/**
 * Exact quantiles of values that come little by little, at most so many, without keeping all of them.
 *
 * Once there are thousands, only values near the wanted quantiles are kept: those in windows of ranks in which the quantiles
 * of all values lie, as far as those so far can tell. The others are counted. Windows narrow each time the number of values
 * doubles, so that memory grows with its square root. A quantile is a value that was kept, at a rank that is known exactly:
 * the result has the bits of a full sort, in whatever order the values came. Should the values have come in an order so
 * strange that a rank lies outside its window, there is no result.
 */
export class StreamedQuantiles {
  readonly #levels: readonly number[]
  readonly #kept: Float64Array
  #size = 0
  #count = 0
  /** A value had no room: nothing is known any more. */
  #isFull = false
  #nextNarrowing: number
  /** Windows, ascending, closed; values outside are only counted. */
  #lower: readonly number[] = [Number.NEGATIVE_INFINITY]
  #upper: readonly number[] = [Number.POSITIVE_INFINITY]
  /** Values counted below each window and above the one before; the last: above all. */
  #gaps: number[] = [0, 0]
  /** How often values within windows came that come very often; they are not among the kept. */
  readonly #atoms = new Map<number, number>()

  /** `levels`: probabilities in [0, 1]; `room`: as from `roomFor`, or the number of values to keep all of them. */
  constructor(levels: readonly number[], most: number, room = roomFor(levels, most)) {
    this.#levels = levels
    this.#kept = new Float64Array(Math.min(room, most))
    this.#nextNarrowing = room < most ? FIRST_NARROWING : Number.POSITIVE_INFINITY
  }

  /** Finite values added so far. */
  get count(): number {
    return this.#count
  }

  /** Adds entries `first`, `first + stride` … of a list, those that are finite. */
  add(values: Float64Array, first = 0, stride = 1): void {
    for (let k = first; k < values.length; k += stride) {
      // no sign on a zero: it would depend on the order
      const value = values[k]! + 0
      if (!(value - value === 0)) continue
      this.#count++
      const w = this.#placeOf(value)
      if (w < 0) this.#gaps[-1 - w]!++
      else if (this.#size < this.#kept.length && this.#atoms.size === 0) this.#kept[this.#size++] = value
      else this.#keep(value)
      if (this.#count >= this.#nextNarrowing) this.#narrow()
    }
  }

  /** Quantiles at the levels, by linear interpolation between order statistics; NaN of nothing, null where one is not known. */
  quantiles(): readonly number[] | null {
    const sorted = this.#sorted()
    const found: number[] = []
    for (const level of this.#levels) {
      if (this.#count === 0) {
        found.push(Number.NaN)
        continue
      }
      const place = level * (this.#count - 1)
      const below = Math.floor(place)
      const low = this.#valueAt(below, sorted)
      const high = this.#valueAt(Math.ceil(place), sorted)
      if (this.#isFull || low === null || high === null) return null
      found.push(low === high ? low : low + (place - below) * (high - low))
    }
    return found
  }

  /** The window that holds a value, or -1 - gap. */
  #placeOf(value: number): number {
    const windows = this.#lower.length
    for (let w = 0; w < windows; w++) {
      if (value < this.#lower[w]!) return -1 - w
      if (value <= this.#upper[w]!) return w
    }
    return -1 - windows
  }

  #keep(value: number): void {
    if (this.#isFull) return
    const often = this.#atoms.size === 0 ? undefined : this.#atoms.get(value)
    if (often !== undefined) this.#atoms.set(value, often + 1)
    else if (this.#size < this.#kept.length) this.#kept[this.#size++] = value
    else {
      this.#makeRoom()
      if (this.#size < this.#kept.length) this.#kept[this.#size++] = value
      else this.#isFull = true
    }
  }

  /** Counts what comes very often in place of keeping it, or narrows the windows. */
  #makeRoom(): void {
    const sorted = this.#sorted()
    const often = Math.max(16, sorted.length / 64)
    let size = 0
    for (let k = 0; k < sorted.length; ) {
      const value = sorted[k]!
      let end = k + 1
      while (end < sorted.length && sorted[end] === value) end++
      if (end - k >= often) this.#atoms.set(value, end - k)
      else for (let i = k; i < end; i++) sorted[size++] = value
      k = end
    }
    this.#size = size
    if (size > 0.9 * sorted.length) this.#narrow()
  }

  #narrow(): void {
    this.#nextNarrowing = Math.max(this.#nextNarrowing, 2 * this.#count)
    const sorted = this.#sorted()
    const windows = this.#levels
      .map((level) => this.#windowAround(level, sorted))
      .filter(({ lower, upper }) => lower <= upper)
      .sort((a, b) => a.lower - b.lower)
      .reduce<{ lower: number; upper: number }[]>((merged, window) => {
        const last = merged.at(-1)
        if (last === undefined || window.lower > last.upper) merged.push(window)
        else last.upper = Math.max(last.upper, window.upper)
        return merged
      }, [])
    if (windows.length === 0) return
    const gaps: number[] = []
    let upTo = 0
    for (const { lower, upper } of windows) {
      gaps.push(this.#countBelow(lower, false, sorted) - upTo)
      upTo = this.#countBelow(upper, true, sorted)
    }
    gaps.push(this.#count - upTo)
    let size = 0
    for (const { lower, upper } of windows) {
      const end = bound(sorted, upper, true)
      for (let k = bound(sorted, lower, false); k < end; k++) sorted[size++] = sorted[k]!
    }
    this.#size = size
    for (const value of [...this.#atoms.keys()])
      if (!windows.some(({ lower, upper }) => value >= lower && value <= upper)) this.#atoms.delete(value)
    this.#lower = windows.map(({ lower }) => lower)
    this.#upper = windows.map(({ upper }) => upper)
    this.#gaps = gaps
  }

  /** The values between which the quantile of all values will lie, no wider than what is kept. */
  #windowAround(level: number, sorted: Float64Array): { lower: number; upper: number } {
    const n = this.#count
    const centre = level * (n - 1)
    const half = DEVIATIONS * Math.sqrt(n * level * (1 - level)) + MARGIN
    const first = Math.floor(centre - half)
    const last = Math.ceil(centre + half)
    const lower = first < 0 ? this.#lower[0]! : (this.#valueAt(first, sorted) ?? this.#edge(first, sorted, 1))
    const upper = last >= n ? this.#upper.at(-1)! : (this.#valueAt(last, sorted) ?? this.#edge(last, sorted, -1))
    return { lower, upper }
  }

  /** The edge of the window after (1) or before (-1) a rank that lies between windows. */
  #edge(rank: number, sorted: Float64Array, side: 1 | -1): number {
    const next = this.#lower.findIndex((lower) => this.#countBelow(lower, false, sorted) > rank)
    if (side > 0) return next < 0 ? Number.POSITIVE_INFINITY : this.#lower[next]!
    return next === 0 ? Number.NEGATIVE_INFINITY : this.#upper.at(next < 0 ? -1 : next - 1)!
  }

  /** The value with this rank, from 0; null where it was only counted. */
  #valueAt(rank: number, sorted: Float64Array): number | null {
    let below = 0
    for (let w = 0; w < this.#lower.length; w++) {
      below += this.#gaps[w]!
      if (rank < below) return null
      const lower = this.#lower[w]!
      const upper = this.#upper[w]!
      const first = bound(sorted, lower, false)
      const end = bound(sorted, upper, true)
      let at = first
      for (const [value, times] of this.#atomsWithin(lower, upper)) {
        const before = bound(sorted, value, false) - at
        if (rank < below + before) return sorted[at + rank - below]!
        below += before
        at += before
        if (rank < below + times) return value
        below += times
      }
      if (rank < below + end - at) return sorted[at + rank - below]!
      below += end - at
    }
    return null
  }

  #atomsWithin(lower: number, upper: number): readonly (readonly [value: number, times: number])[] {
    if (this.#atoms.size === 0) return noAtoms
    return [...this.#atoms].filter(([value]) => value >= lower && value <= upper).sort(([a], [b]) => a - b)
  }

  /** How many values are below a number within a window, or up to it. */
  #countBelow(number: number, inclusive: boolean, sorted: Float64Array): number {
    let total = bound(sorted, number, inclusive)
    for (const [value, times] of this.#atoms) if (value < number || (inclusive && value === number)) total += times
    this.#lower.forEach((lower, w) => {
      if (lower <= number) total += this.#gaps[w]!
    })
    return total
  }

  /** What is kept, sorted in its place. */
  #sorted(): Float64Array {
    return this.#kept.subarray(0, this.#size).sort()
  }
}

const noAtoms: readonly (readonly [value: number, times: number])[] = []

/** Numbers that exact quantiles of at most `most` values keep at a time. */
export function roomFor(levels: readonly number[], most: number): number {
  let largest = Math.min(most, FIRST_NARROWING)
  for (let n = FIRST_NARROWING; n < most; n *= 2) {
    let share = 0
    for (const level of levels) share += 2 * (DEVIATIONS * Math.sqrt((level * (1 - level)) / n) + (MARGIN + 1) / n)
    largest = Math.max(largest, Math.min(1, share) * Math.min(2 * n, most))
  }
  // a little more than on average; a window that turns out fuller is narrowed sooner
  return Math.min(most, Math.ceil(1.1 * largest))
}

/** Index of the first entry not below a number, or above it. */
function bound(sorted: Float64Array, number: number, above: boolean): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (above ? sorted[middle]! <= number : sorted[middle]! < number) low = middle + 1
    else high = middle
  }
  return low
}
