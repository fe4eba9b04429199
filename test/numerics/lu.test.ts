import { factorLu, solveLu } from '@cartkin/numerics'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hilbert, identity, largest, largestDifference, multiply, randomMatrix, shapes } from './matrix.ts'

function factors(a: Float64Array, n: number) {
  const lu = a.slice()
  const pivots = new Int32Array(n)
  return { lu, pivots, outcome: factorLu(lu, n, pivots) }
}

function solve(a: Float64Array, b: Float64Array): Float64Array {
  const { lu, pivots, outcome } = factors(a, b.length)
  expect(outcome).toEqual({ status: 'factored' })
  const x = b.slice()
  solveLu(lu, b.length, pivots, x)
  return x
}

describe('LU', () => {
  it('rebuilds the matrix: P A = L U, multipliers at most 1', () => {
    fc.assert(
      fc.property(shapes, ({ seed, rows: n }) => {
        const a = randomMatrix(seed, n)
        const { lu, pivots } = factors(a, n)
        const l = identity(n)
        const u = new Float64Array(n * n)
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) {
            if (j < i) l[i * n + j] = lu[i * n + j]!
            else u[i * n + j] = lu[i * n + j]!
          }
        }
        expect(largest(l)).toBe(1)
        const permuted = a.slice()
        pivots.forEach((row, k) => {
          const upper = permuted.slice(k * n, k * n + n)
          permuted.copyWithin(k * n, row * n, row * n + n)
          permuted.set(upper, row * n)
        })
        expect(largestDifference(multiply(l, u, n, n, n), permuted)).toBeLessThan(1e-14 * n * largest(u))
      }),
      { seed: 1 },
    )
  })

  it('solves with a residual of rounding size, whatever the condition', () => {
    for (const a of [randomMatrix(1, 30), hilbert(10), Float64Array.of(0, 1, 1, 0)]) {
      const n = Math.sqrt(a.length)
      const b = randomMatrix(2, n, 1)
      const x = solve(a, b)
      expect(largestDifference(multiply(a, x, n, n, 1), b)).toBeLessThan(
        1e-15 * n * largest(a) * Math.max(1, largest(x)),
      )
    }
  })

  it('solves Vandermonde’s system for the coefficients of a polynomial', () => {
    const coefficients = Float64Array.of(1, -2, 0.5, 3, -1)
    const a = Float64Array.from({ length: 25 }, (_, i) => Math.floor(i / 5) ** (i % 5))
    expect(largestDifference(solve(a, multiply(a, coefficients, 5, 5, 1)), coefficients)).toBeLessThan(1e-12)
  })

  it('reports a singular matrix with its column', () => {
    expect(factors(Float64Array.of(1, 2, 2, 4), 2).outcome).toMatchObject({ status: 'failed', column: 1 })
    expect(factors(new Float64Array(9), 3).outcome).toMatchObject({ status: 'failed', column: 0 })
  })

  it('reports a matrix that is not finite, wherever the value is', () => {
    for (let i = 0; i < 9; i++) {
      for (const bad of [NaN, Infinity]) {
        const a = randomMatrix(3, 3)
        a[i] = bad
        expect(factors(a, 3).outcome, `${bad} at ${i}`).toMatchObject({ status: 'failed' })
      }
    }
  })
})
