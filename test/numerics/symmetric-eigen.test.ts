import { symmetricEigen } from '@cartkin/numerics'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hilbert, identity, largest, largestDifference, multiply, randomMatrix, shapes, transpose } from './matrix.ts'

function eigen(a: Float64Array) {
  const n = Math.sqrt(a.length)
  const values = new Float64Array(n)
  const vectors = new Float64Array(n * n)
  return { n, values, vectors, outcome: symmetricEigen(a.slice(), n, values, vectors) }
}

const symmetric = (seed: number, n: number) => {
  const b = randomMatrix(seed, n)
  const t = transpose(b, n, n)
  return b.map((value, i) => value + t[i]!)
}

describe('eigenvalues of a symmetric matrix', () => {
  it('rebuild the matrix with orthonormal vectors, ascending', () => {
    fc.assert(
      fc.property(shapes, ({ seed, rows }) => {
        const a = symmetric(seed, rows)
        const { n, values, vectors, outcome } = eigen(a)
        expect(outcome.status).toBe('converged')
        expect([...values]).toEqual([...values].sort((x, y) => x - y))
        const scaled = vectors.map((value, i) => value * values[i % n]!)
        expect(largestDifference(multiply(scaled, transpose(vectors, n, n), n, n, n), a)).toBeLessThan(
          1e-14 * n * largest(a),
        )
        expect(largestDifference(multiply(transpose(vectors, n, n), vectors, n, n, n), identity(n))).toBeLessThan(
          1e-14 * n,
        )
      }),
      { seed: 1 },
    )
  })

  it('read the lower triangle alone', () => {
    const a = symmetric(3, 5)
    const lower = a.map((value, i) => (i % 5 > Math.floor(i / 5) ? NaN : value))
    expect(eigen(lower)).toEqual(eigen(a))
  })

  it('are those of the second difference matrix, 2 − 2 cos(kπ/(n + 1))', () => {
    const n = 12
    const a = Float64Array.from({ length: n * n }, (_, i) => [2, -1][Math.abs(Math.floor(i / n) - (i % n))] ?? 0)
    eigen(a).values.forEach((value, k) => {
      expect(value).toBeCloseTo(2 - 2 * Math.cos(((k + 1) * Math.PI) / (n + 1)), 14)
    })
  })

  it('keep the small ones of the Hilbert matrix of order 8 to many digits', () => {
    // 1.1115389663724…e-10 and 1.6959389969219…: mpmath 1.2.1, eigsy(hilbert(8)) with 50 digits
    const { values } = eigen(hilbert(8))
    expect(values[0]! / 1.1115389663724e-10).toBeCloseTo(1, 6)
    expect(values[7]).toBeCloseTo(1.6959389969219, 12)
  })

  it('take equal, zero and negative eigenvalues, and extreme sizes', () => {
    expect([...eigen(identity(4)).values]).toEqual([1, 1, 1, 1])
    expect([...eigen(new Float64Array(9)).values]).toEqual([0, 0, 0])
    expect([...eigen(Float64Array.of(0, 1, 1, 0)).values].map((x) => Math.round(x * 1e15) / 1e15)).toEqual([-1, 1])
    for (const scale of [1e-280, 1e280]) {
      const { values } = eigen(Float64Array.of(2, 1, 1, 2).map((value) => value * scale))
      expect(values[0]! / scale).toBeCloseTo(1, 14)
      expect(values[1]! / scale).toBeCloseTo(3, 14)
    }
  })

  it('turn each vector so that its largest component is positive', () => {
    const { n, vectors } = eigen(symmetric(9, 6))
    for (let j = 0; j < n; j++) {
      const column = Array.from({ length: n }, (_, i) => vectors[i * n + j]!)
      expect(Math.max(...column)).toBe(Math.max(...column.map(Math.abs)))
    }
  })

  it('say when a value is not finite', () => {
    const message = 'eigenvalues: element (1, 0) is NaN; every value must be finite'
    expect(eigen(Float64Array.of(1, 0, NaN, 1)).outcome).toEqual({ status: 'failed', message })
  })
})
