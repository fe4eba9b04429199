import { drawEstimates } from '@cartkin/fitting'
import { log } from '@cartkin/numerics'
import { describe, expect, it } from 'vitest'

const fit = {
  estimated: [
    { name: 'k', scale: 'log', lower: 0, upper: Infinity },
    { name: 'b', scale: 'linear', lower: -Infinity, upper: Infinity },
    { name: 'bound', scale: 'log', lower: 1, upper: 10 },
  ],
  estimates: [
    { name: 'k', estimate: 2 },
    { name: 'b', estimate: -1 },
    { name: 'bound', estimate: 10 },
  ],
  covariance: Float64Array.of(0.04, -0.03, NaN, -0.03, 0.09, NaN, NaN, NaN, NaN),
} as const

describe('parameters drawn from the uncertainty of a fit', () => {
  const draws = 4000
  const drawn = drawEstimates(fit, { draws, seed: 3 })
  const column = (j: number) => Array.from({ length: draws }, (_, k) => drawn.values[k * 3 + j]!)
  const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length

  it('have the mean and the covariance of the fit on its own scale', () => {
    const x = column(0).map((value) => log(value / 2))
    const y = column(1).map((value) => value + 1)
    expect(mean(x)).toBeCloseTo(0, 1.8)
    expect(mean(y)).toBeCloseTo(0, 1.5)
    expect(mean(x.map((value) => value * value)) / 0.04).toBeCloseTo(1, 1)
    expect(mean(y.map((value) => value * value)) / 0.09).toBeCloseTo(1, 1)
    // three standard errors of a covariance of 4000 pairs
    expect(Math.abs(mean(x.map((value, k) => value * y[k]!)) / -0.03 - 1)).toBeLessThan(0.11)
  })

  it('keep the estimate where there is no variance, and say so', () => {
    expect(drawn.held).toEqual(['bound'])
    expect(new Set(column(2))).toEqual(new Set([10]))
  })

  it('are the same for any number of draws, and others for another seed', () => {
    expect(drawEstimates(fit, { draws: 5, seed: 3 }).values).toEqual(drawn.values.slice(0, 15))
    expect(drawEstimates(fit, { draws: 5, seed: 4 }).values).not.toEqual(drawn.values.slice(0, 15))
  })

  it('lie within their bounds', () => {
    const narrow = { ...fit, estimated: [{ ...fit.estimated[0], lower: 1.9, upper: 2.1 }, ...fit.estimated.slice(1)] }
    const inside = drawEstimates(narrow, { draws: 500, seed: 1 })
    const values = Array.from({ length: 500 }, (_, k) => inside.values[k * 3]!)
    expect(Math.min(...values)).toBeGreaterThan(1.9)
    expect(Math.max(...values)).toBeLessThan(2.1)
    expect(inside.clipped).toBe(0)
    // a normal cut this narrowly is uniform on the log scale
    expect(mean(values.map((value) => log(value / 2)))).toBeCloseTo((log(1.9 / 2) + log(2.1 / 2)) / 2, 2)
  })

  it('refuse what is no covariance', () => {
    const covariance = Float64Array.of(1, 2, NaN, 2, 1, NaN, NaN, NaN, NaN)
    expect(() => drawEstimates({ ...fit, covariance }, { draws: 1, seed: 1 })).toThrow(/covariance of k, b is none/)
  })
})
