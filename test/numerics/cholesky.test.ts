import {
  factorCholesky,
  invertCholesky,
  log,
  logDeterminantCholesky,
  solveCholesky,
  solveLower,
  solveLowerTransposed,
} from '@cartkin/numerics'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hilbert, identity, largest, largestDifference, multiply, randomMatrix, shapes, transpose } from './matrix.ts'

/** B Bᵀ + I/10 for a random B: positive definite. */
function positiveDefinite(seed: number, n: number): Float64Array {
  const b = randomMatrix(seed, n)
  const a = multiply(b, transpose(b, n, n), n, n, n)
  for (let i = 0; i < n; i++) a[i * (n + 1)] = a[i * (n + 1)]! + 0.1
  return a
}

function factor(a: Float64Array, n: number): Float64Array {
  const l = a.slice()
  expect(factorCholesky(l, n)).toEqual({ status: 'factored' })
  return l
}

describe('Cholesky', () => {
  it('rebuilds the matrix from a lower triangle', () => {
    fc.assert(
      fc.property(shapes, ({ seed, rows: n }) => {
        const a = positiveDefinite(seed, n)
        const l = factor(a, n)
        for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) expect(l[i * n + j]).toBe(0)
        expect(largestDifference(multiply(l, transpose(l, n, n), n, n, n), a)).toBeLessThan(1e-14 * largest(a))
      }),
      { seed: 1 },
    )
  })

  it('solves, in one go or by its two triangles', () => {
    fc.assert(
      fc.property(shapes, ({ seed, rows: n }) => {
        const a = positiveDefinite(seed, n)
        const l = factor(a, n)
        const b = randomMatrix(seed + 1, n, 1)
        const x = b.slice()
        solveCholesky(l, n, x)
        expect(largestDifference(multiply(a, x, n, n, 1), b)).toBeLessThan(1e-13 * largest(a) * Math.max(1, largest(x)))
        const y = b.slice()
        solveLower(l, n, y)
        solveLowerTransposed(l, n, y)
        expect(y).toEqual(x)
      }),
      { seed: 1 },
    )
  })

  it('inverts, exactly symmetric', () => {
    const n = 6
    const a = positiveDefinite(4, n)
    const inverse = new Float64Array(n * n)
    invertCholesky(factor(a, n), n, inverse)
    expect(largestDifference(multiply(a, inverse, n, n, n), identity(n))).toBeLessThan(1e-12)
    expect(transpose(inverse, n, n)).toEqual(inverse)
  })

  it('has the determinant of the Hilbert matrix', () => {
    // det H₄ = 1/6048000
    expect(logDeterminantCholesky(factor(hilbert(4), 4), 4)).toBeCloseTo(-log(6048000), 10)
  })

  it('says where a matrix is not positive definite', () => {
    expect(factorCholesky(Float64Array.of(1, 2, 2, 1), 2)).toMatchObject({ status: 'failed', column: 1 })
    expect(factorCholesky(Float64Array.of(-1), 1)).toMatchObject({ status: 'failed', column: 0 })
    expect(factorCholesky(Float64Array.of(0), 1)).toMatchObject({ status: 'failed', column: 0 })
    expect(factorCholesky(Float64Array.of(1, 0, NaN, 1), 2)).toMatchObject({ status: 'failed', column: 1 })
    expect(factorCholesky(Float64Array.of(Infinity), 1)).toMatchObject({ status: 'failed', column: 0 })
  })
})
