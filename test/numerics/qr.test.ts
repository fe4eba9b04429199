import { factorQr, leastSquares, solveQr } from '@cartkin/numerics'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hilbert, largest, largestDifference, multiply, randomMatrix, shapes, transpose } from './matrix.ts'

describe('QR with column pivoting', () => {
  it('has Rᵀ R = (A P)ᵀ (A P) and a diagonal of falling magnitude', () => {
    fc.assert(
      fc.property(shapes, ({ seed, rows, columns }) => {
        const a = randomMatrix(seed, rows, columns)
        const qr = a.slice()
        const order = new Int32Array(columns)
        const rank = factorQr(qr, rows, columns, new Float64Array(Math.min(rows, columns)), order)
        expect(rank).toBe(Math.min(rows, columns))
        const r = qr.map((value, i) => (i % columns >= Math.floor(i / columns) ? value : 0))
        const permuted = a.map((_, i) => a[Math.floor(i / columns) * columns + order[i % columns]!]!)
        const square = (m: Float64Array) => multiply(transpose(m, rows, columns), m, columns, rows, columns)
        expect(largestDifference(square(r), square(permuted))).toBeLessThan(1e-13 * largest(square(permuted)))
        for (let k = 1; k < rank; k++) {
          const diagonal = (i: number) => Math.abs(qr[i * columns + i]!)
          expect(diagonal(k)).toBeLessThanOrEqual(diagonal(k - 1) * (1 + 1e-14))
        }
      }),
      { seed: 1 },
    )
  })

  it('finds least squares: the residual is orthogonal to the columns', () => {
    fc.assert(
      fc.property(shapes, ({ seed, rows: extra, columns }) => {
        const rows = columns + extra
        const a = randomMatrix(seed, rows, columns)
        const b = randomMatrix(seed + 1, rows, 1)
        const { x, rank, squares } = leastSquares(a, rows, columns, b)
        const fitted = multiply(a, x, rows, columns, 1)
        const residual = b.map((value, i) => value - fitted[i]!)
        expect(rank).toBe(columns)
        expect(largest(multiply(transpose(a, rows, columns), residual, columns, rows, 1))).toBeLessThan(
          1e-12 * (1 + largest(x)),
        )
        expect(squares).toBeCloseTo(
          residual.reduce((sum, value) => sum + value * value, 0),
          12,
        )
      }),
      { seed: 1 },
    )
  })

  it('counts the rank of a product of thin matrices and still minimizes', () => {
    for (let rank = 1; rank <= 4; rank++) {
      const a = multiply(randomMatrix(rank, 8, rank), randomMatrix(rank + 10, rank, 6), 8, rank, 6)
      const b = multiply(a, randomMatrix(99, 6, 1), 8, 6, 1)
      const fit = leastSquares(a, 8, 6, b)
      expect(fit.rank).toBe(rank)
      expect([...fit.x].filter((value) => value !== 0)).toHaveLength(rank)
      expect(largestDifference(multiply(a, fit.x, 8, 6, 1), b)).toBeLessThan(1e-13 * largest(b) * 10)
    }
    expect(leastSquares(new Float64Array(6), 3, 2, [1, 2, 2])).toEqual({ x: new Float64Array(2), rank: 0, squares: 9 })
  })

  it('solves underdetermined systems with a basic solution', () => {
    const a = randomMatrix(5, 3, 7)
    const b = randomMatrix(6, 3, 1)
    const { x, rank } = leastSquares(a, 3, 7, b)
    expect(rank).toBe(3)
    expect(largestDifference(multiply(a, x, 3, 7, 1), b)).toBeLessThan(1e-13)
  })

  it('fits a line through points on it', () => {
    const times = [0, 1, 2, 5, 9]
    const { x, squares } = leastSquares(
      times.flatMap((t) => [1, t]),
      5,
      2,
      times.map((t) => 1 + 2 * t),
    )
    expect(x[0]).toBeCloseTo(1, 13)
    expect(x[1]).toBeCloseTo(2, 13)
    expect(squares).toBeLessThan(1e-26)
  })

  it('sees that the Hilbert matrix of order 20 has numerically lost rank', () => {
    const n = 20
    const rank = factorQr(hilbert(n), n, n, new Float64Array(n), new Int32Array(n))
    expect(rank).toBeGreaterThan(9)
    expect(rank).toBeLessThan(16)
  })

  it('works at the ends of the range of doubles', () => {
    for (const scale of [1e-300, 1e300]) {
      const a = Float64Array.of(1, 2, 3, 4).map((value) => value * scale)
      const { x, rank } = leastSquares(a, 2, 2, [5 * scale, 11 * scale])
      expect(rank).toBe(2)
      expect(largestDifference(x, Float64Array.of(1, 2))).toBeLessThan(1e-13)
    }
  })

  it('refuses wrong lengths and values that are not finite', () => {
    expect(() => leastSquares([1, 2, 3], 2, 2, [1, 2])).toThrow(/a 2×2 matrix has 4 elements .* got 3 and 2/)
    expect(() => leastSquares([1, NaN], 2, 1, [1, 2])).toThrow(/element 1 of the matrix is NaN/)
    expect(() => leastSquares([1, 2], 2, 1, [Infinity, 2])).toThrow(/element 0 of the right-hand side is Infinity/)
    expect(() => factorQr(Float64Array.of(1, NaN), 1, 2, new Float64Array(1), new Int32Array(2))).toThrow(/not finite/)
  })

  it('leaves the factors usable for a second right-hand side', () => {
    const a = randomMatrix(8, 4)
    const qr = a.slice()
    const scales = new Float64Array(4)
    const order = new Int32Array(4)
    const rank = factorQr(qr, 4, 4, scales, order)
    for (const seed of [1, 2]) {
      const b = randomMatrix(seed, 4, 1)
      const x = new Float64Array(4)
      expect(solveQr(qr, 4, 4, scales, order, rank, b.slice(), x)).toBe(0)
      expect(largestDifference(multiply(a, x, 4, 4, 1), b)).toBeLessThan(1e-13)
    }
  })
})
