import type { ColumnTable } from '@cartkin/simulation'

/** One extreme of a sampled quantity and the first time it is taken. */
interface Extreme {
  readonly value: number
  readonly time: number
}

/**
 * A sampled course as the definitions of the key numbers read it: no interpolation within extremes and counts, linear
 * between samples elsewhere; where a time has two rows (before and after a dose), extremes and counts see both and
 * `at` reads the second. Rows that a run did not reach (NaN) take no part: whether it finished is the run's outcome.
 */
export class Course {
  readonly times: Float64Array
  readonly #columns: ReadonlyMap<string, Float64Array>

  /** Throws an Error for a table without a number column `time` or without rows. */
  constructor(table: ColumnTable) {
    this.#columns = new Map(
      table.columns.flatMap((column) => (column.kind === 'number' ? [[column.name, column.values] as const] : [])),
    )
    this.times = this.column('time')
    if (this.times.length === 0) throw new Error('the course has no rows')
  }

  /** Values of a quantity, one per row; throws an Error where the table lacks it. */
  column(name: string): Float64Array {
    const values = this.#columns.get(name)
    if (values === undefined)
      throw new Error(`the course has no column ${name}; it has ${[...this.#columns.keys()].join(', ')}`)
    return values
  }

  /** Value at a time, after a dose given then; NaN outside the rows. */
  at(name: string, time: number): number {
    const values = this.column(name)
    const next = this.times.findIndex((t) => t > time)
    const last = next < 0 ? this.times.length - 1 : next - 1
    if (last < 0) return Number.NaN
    const from = this.times[last]!
    if (from === time) return values[last]!
    if (next < 0) return Number.NaN
    return values[last]! + ((values[next]! - values[last]!) * (time - from)) / (this.times[next]! - from)
  }

  /** Largest value over the rows with time >= from (> from when `after`). */
  maximum(name: string, from = Number.NEGATIVE_INFINITY, after = false): Extreme {
    return this.#extreme(name, from, after, 1)
  }

  /** Smallest value over all rows. */
  minimum(name: string): Extreme {
    return this.#extreme(name, Number.NEGATIVE_INFINITY, false, -1)
  }

  #extreme(name: string, from: number, after: boolean, sign: 1 | -1): Extreme {
    const values = this.column(name)
    let best: Extreme = { value: Number.NaN, time: Number.NaN }
    values.forEach((value, row) => {
      const time = this.times[row]!
      if (after ? !(time > from) : !(time >= from)) return
      if (sign * value > sign * best.value || (Number.isNaN(best.value) && !Number.isNaN(value))) best = { value, time }
    })
    return best
  }

  /** Times of the rows where the condition holds, each once. */
  timesWhere(name: string, holds: (value: number, time: number) => boolean): readonly number[] {
    const values = this.column(name)
    const times: number[] = []
    this.times.forEach((time, row) => {
      if (holds(values[row]!, time) && times.at(-1) !== time) times.push(time)
    })
    return times
  }

  /** First time where the condition holds; NaN if never. */
  firstTime(name: string, holds: (value: number, time: number) => boolean): number {
    return this.timesWhere(name, holds)[0] ?? Number.NaN
  }

  /** Distance of the first two different times: the weight of one sample in a duration. */
  step(): number {
    const first = this.times[0]!
    return (this.times.find((time) => time > first) ?? Number.NaN) - first
  }

  /** Trapezoid over the rows from the first to the last time given. */
  area(name: string, from: number, to: number): number {
    const values = this.column(name)
    let area = 0
    for (let row = 1; row < values.length; row++) {
      const start = this.times[row - 1]!
      const end = this.times[row]!
      if (start >= from && end <= to) area += ((values[row - 1]! + values[row]!) / 2) * (end - start)
    }
    return area
  }
}
