import { randomStream } from '@cartkin/numerics'
import fc from 'fast-check'

/** rows×columns product of row-major a (rows×inner) and b (inner×columns). */
export function multiply(a: Float64Array, b: Float64Array, rows: number, inner: number, columns: number): Float64Array {
  const out = new Float64Array(rows * columns)
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0
      for (let k = 0; k < inner; k++) sum += a[i * inner + k]! * b[k * columns + j]!
      out[i * columns + j] = sum
    }
  }
  return out
}

export function transpose(a: Float64Array, rows: number, columns: number): Float64Array {
  return Float64Array.from({ length: a.length }, (_, i) => a[(i % rows) * columns + Math.floor(i / rows)]!)
}

export function identity(n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0))
}

export function largestDifference(a: Float64Array, b: Float64Array): number {
  return a.reduce((largest, x, i) => Math.max(largest, Math.abs(x - b[i]!)), 0)
}

export function largest(a: Float64Array): number {
  return largestDifference(a, new Float64Array(a.length))
}

/** 1/(i + j + 1), the classic of bad condition. */
export function hilbert(n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, i) => 1 / (Math.floor(i / n) + (i % n) + 1))
}

/** Normal deviates, rows×columns. */
export function randomMatrix(seed: number, rows: number, columns = rows): Float64Array {
  const stream = randomStream({ seed, study: 'matrix' })
  return Float64Array.from({ length: rows * columns }, (_, i) => stream.normal(i))
}

/** Seed and shape of a random matrix. */
export const shapes = fc.record({
  seed: fc.nat(),
  rows: fc.integer({ min: 1, max: 9 }),
  columns: fc.integer({ min: 1, max: 9 }),
})
