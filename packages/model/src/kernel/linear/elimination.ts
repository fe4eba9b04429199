/** Where a matrix factorized without pivoting has entries, in the order of elimination. */
export interface Elimination {
  /** Row and column eliminated at each step. */
  readonly order: Int32Array
  /** Columns right of the diagonal in row `order[k]` of the factors, as steps > k, ascending. */
  readonly upper: readonly Int32Array[]
  /** Rows below the diagonal in column `order[k]`, as steps > k, ascending. */
  readonly lower: readonly Int32Array[]
  /** Entries of the factors, diagonal included. */
  readonly entries: number
  /** Multiplications and additions of one factorization, in pairs. */
  readonly work: number
}

/**
 * Orders the elimination of an n × n matrix with a full diagonal and entries at (rows[k], columns[k]) so that it fills
 * up little: the next step is the diagonal entry with the least (entries in its row) × (entries in its column), ties by
 * index (H. Markowitz, Management Science 3, 255–269, 1957).
 */
export function eliminationOf(n: number, rows: ArrayLike<number>, columns: ArrayLike<number>): Elimination {
  const row = new BitMatrix(n)
  const column = new BitMatrix(n)
  for (let k = 0; k < rows.length; k++) {
    const i = rows[k]!
    const j = columns[k]!
    if (i === j) continue
    row.set(i, j)
    column.set(j, i)
  }
  const order = new Int32Array(n)
  const step = new Int32Array(n).fill(-1)
  const rowCount = Int32Array.from({ length: n }, (_, i) => row.count(i))
  const columnCount = Int32Array.from({ length: n }, (_, i) => column.count(i))
  const upper: Int32Array[] = []
  const lower: Int32Array[] = []
  let work = 0
  for (let k = 0; k < n; k++) {
    const pivot = cheapest(step, rowCount, columnCount)
    order[k] = pivot
    step[pivot] = k
    const right = row.members(pivot)
    const below = column.members(pivot)
    upper.push(right)
    lower.push(below)
    work += right.length * below.length
    for (const i of below) {
      row.clear(i, pivot)
      row.unite(i, pivot)
      row.clear(i, i)
      rowCount[i] = row.count(i)
    }
    for (const j of right) {
      column.clear(j, pivot)
      column.unite(j, pivot)
      column.clear(j, j)
      columnCount[j] = column.count(j)
    }
  }
  const toSteps = (members: Int32Array) => members.map((i) => step[i]!).sort()
  let entries = n
  for (let k = 0; k < n; k++) entries += upper[k]!.length + lower[k]!.length
  return { order, upper: upper.map(toSteps), lower: lower.map(toSteps), entries, work }
}

function cheapest(step: Int32Array, rowCount: Int32Array, columnCount: Int32Array): number {
  let best = -1
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i < step.length; i++) {
    const cost = rowCount[i]! * columnCount[i]!
    if (step[i]! < 0 && cost < least) {
      best = i
      least = cost
    }
  }
  return best
}

/** A square matrix of bits; operations on rows. */
class BitMatrix {
  readonly #words: number
  readonly #bits: Uint32Array

  constructor(n: number) {
    this.#words = (n + 31) >>> 5
    this.#bits = new Uint32Array(n * this.#words)
  }

  set(i: number, j: number): void {
    const at = i * this.#words + (j >>> 5)
    this.#bits[at] = this.#bits[at]! | (1 << (j & 31))
  }

  clear(i: number, j: number): void {
    const at = i * this.#words + (j >>> 5)
    this.#bits[at] = this.#bits[at]! & ~(1 << (j & 31))
  }

  unite(target: number, source: number): void {
    const bits = this.#bits
    const to = target * this.#words
    const from = source * this.#words
    for (let w = 0; w < this.#words; w++) bits[to + w] = bits[to + w]! | bits[from + w]!
  }

  count(i: number): number {
    let count = 0
    for (let w = i * this.#words; w < (i + 1) * this.#words; w++) {
      for (let bits = this.#bits[w]!; bits !== 0; bits = (bits & (bits - 1)) >>> 0) count++
    }
    return count
  }

  members(i: number): Int32Array {
    const found: number[] = []
    for (let w = 0; w < this.#words; w++) {
      for (let bits = this.#bits[i * this.#words + w]!; bits !== 0; bits = (bits & (bits - 1)) >>> 0) {
        found.push(32 * w + 31 - Math.clz32(bits & -bits))
      }
    }
    return Int32Array.from(found)
  }
}
