import { svd } from '@cartkin/numerics'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hilbert, identity, largest, largestDifference, multiply, randomMatrix, shapes, transpose } from './matrix.ts'

function decompose(a: Float64Array, rows: number, columns: number) {
  const result = svd(a, rows, columns)
  if (result.status === 'failed') throw new Error(result.message)
  return result
}

function expectDecomposition(a: Float64Array, rows: number, columns: number): void {
  const { u, values, v } = decompose(a, rows, columns)
  const k = Math.min(rows, columns)
  const scaled = u.map((value, i) => value * values[i % k]!)
  expect(largestDifference(multiply(scaled, transpose(v, columns, k), rows, k, columns), a)).toBeLessThan(
    2e-14 * k * largest(a) + 1e-300,
  )
  expect(largestDifference(multiply(transpose(u, rows, k), u, k, rows, k), identity(k))).toBeLessThan(2e-14 * k)
  expect(largestDifference(multiply(transpose(v, columns, k), v, k, columns, k), identity(k))).toBeLessThan(2e-14 * k)
  expect([...values]).toEqual([...values].sort((x, y) => y - x))
  expect(values[k - 1]).toBeGreaterThanOrEqual(0)
}

describe('svd', () => {
  it('rebuilds tall and wide matrices with orthonormal factors, values descending', () => {
    fc.assert(
      fc.property(shapes, ({ seed, rows, columns }) =>
        expectDecomposition(randomMatrix(seed, rows, columns), rows, columns),
      ),
      { seed: 1 },
    )
  })

  it('does so for matrices without full rank', () => {
    for (let rank = 1; rank <= 4; rank++) {
      const a = multiply(randomMatrix(rank, 7, rank), randomMatrix(rank + 20, rank, 5), 7, rank, 5)
      expectDecomposition(a, 7, 5)
      const { values } = decompose(a, 7, 5)
      expect(values.filter((value) => value > 1e-13 * values[0]!)).toHaveLength(rank)
    }
    expectDecomposition(new Float64Array(12), 4, 3)
    expectDecomposition(Float64Array.of(1, 1, 1, 1, 1, 1), 2, 3)
    // the vectors to be added are not the first unit vectors, which are taken
    expectDecomposition(Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 0), 3, 3)
  })

  it('has the singular values of the Hilbert matrix of order 8, condition 1.5258e10', () => {
    const { values } = decompose(hilbert(8), 8, 8)
    expect(values[0]).toBeCloseTo(1.6959389969219, 12)
    expect(values[0]! / values[7]! / 1.52575755e10).toBeCloseTo(1, 5)
  })

  it('keeps small singular values of badly scaled columns to full relative accuracy', () => {
    const a = Float64Array.of(1, 1e-120, 1, -1e-120)
    const { values } = decompose(a, 2, 2)
    expect(values[0]! / Math.SQRT2).toBeCloseTo(1, 14)
    expect(values[1]! / (Math.SQRT2 * 1e-120)).toBeCloseTo(1, 14)
  })

  it('takes extreme sizes', () => {
    for (const scale of [1e-300, 1e300]) {
      const { values } = decompose(Float64Array.of(3 * scale, 0, 0, -4 * scale), 2, 2)
      expect(values[0]! / scale).toBeCloseTo(4, 14)
      expect(values[1]! / scale).toBeCloseTo(3, 14)
    }
  })

  it('says when a value is not finite, and refuses a wrong length', () => {
    const message = 'svd: element (0, 1) is NaN; every value must be finite'
    expect(svd(Float64Array.of(1, NaN), 1, 2)).toEqual({ status: 'failed', message })
    expect(() => svd(new Float64Array(5), 2, 3)).toThrow(/a 2×3 matrix has 6 elements, got 5/)
  })
})
