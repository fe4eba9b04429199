import { mean, quantile, quantileOfSorted, standardDeviation, sum } from '@cartkin/numerics'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const list = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 30 })

describe('summaries', () => {
  it('shift and scale with the values', () => {
    fc.assert(
      fc.property(list, (values) => {
        const moved = Float64Array.from(values, (x) => 2 * x + 8)
        expect(mean(moved)).toBeCloseTo(2 * mean(values) + 8, 6)
        expect(standardDeviation(moved)).toBeCloseTo(2 * standardDeviation(values), 6)
        expect(quantile(moved, 0.3)).toBeCloseTo(2 * quantile(values, 0.3) + 8, 6)
        expect(sum(values)).toBeCloseTo(mean(values) * values.length, 6)
      }),
      { seed: 1 },
    )
  })

  it('quantiles rise from the least to the largest value, in whatever order', () => {
    fc.assert(
      fc.property(list, (values) => {
        const at = [0, 0.1, 0.25, 0.5, 0.9, 1].map((p) => quantile(values, p))
        expect(at).toEqual([...at].sort((a, b) => a - b))
        expect(at[0]! === Math.min(...values) && at[5]! === Math.max(...values)).toBe(true)
        expect(quantile([...values].reverse(), 0.37)).toBe(quantile(values, 0.37))
        expect(
          quantileOfSorted(
            [...values].sort((a, b) => a - b),
            0.37,
          ),
        ).toBe(quantile(values, 0.37))
      }),
      { seed: 1 },
    )
  })

  it('agrees with R: x <- c(2, 4, 4, 4, 5, 5, 7, 9)', () => {
    const x = [9, 2, 4, 5, 4, 7, 4, 5]
    expect(sum(x)).toBe(40)
    expect(mean(x)).toBe(5)
    expect(standardDeviation(x)).toBeCloseTo(2.138089935299395, 14)
    // quantile(x, c(.05, .25, .5, .9))
    expect([0.05, 0.25, 0.5, 0.9].map((p) => Number(quantile(x, p).toFixed(12)))).toEqual([2.7, 4, 4.5, 7.6])
    expect(x).toEqual([9, 2, 4, 5, 4, 7, 4, 5])
  })

  it('adds in index order', () => {
    expect(sum([1, 1e16, -1e16])).toBe(0)
    expect(sum([1e16, -1e16, 1])).toBe(1)
  })

  it('keeps the deviation of values far from 0', () => {
    expect(standardDeviation([1e9 + 1, 1e9 + 2, 1e9 + 3])).toBe(1)
  })

  it('takes infinite values where the answer is one of them', () => {
    expect(quantile([1, Infinity, Infinity], 0.75)).toBe(Infinity)
    expect(mean([1, Infinity])).toBe(Infinity)
  })

  it('refuses empty lists and NaN, and says where', () => {
    for (const f of [sum, mean, standardDeviation]) {
      expect(() => f([])).toThrow(/needs at least [12] values?, got 0/)
      expect(() => f([1, NaN, 3])).toThrow(/value 1 of 3 is NaN; leave missing values out first/)
    }
    expect(() => standardDeviation([1])).toThrow('standard deviation: needs at least 2 values, got 1')
    expect(() => quantile([], 0.5)).toThrow(/got 0/)
    expect(() => quantile([NaN, 1], 0.5)).toThrow(/value 0 of 2 is NaN/)
    for (const p of [-0.1, 1.1, NaN]) expect(() => quantile([1, 2], p)).toThrow(`must be in [0, 1], got ${p}`)
  })
})
