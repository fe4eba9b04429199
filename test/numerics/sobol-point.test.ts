import { digitalShift, maxSobolDimensions, randomStream, sobolPoint } from '@cartkin/numerics'
import { describe, expect, it } from 'vitest'

function points(count: number, dimensions: number, shift?: Uint32Array): Float64Array[] {
  return Array.from({ length: count }, (_, i) => {
    const out = new Float64Array(dimensions)
    sobolPoint(i, out, shift)
    return out
  })
}

describe('sobolPoint', () => {
  // the output of sobol.cc with new-joe-kuo-6.21201 for 10 points in 3 dimensions, as in its documentation
  it('begins as published', () => {
    expect(points(10, 3).map((p) => [...p])).toEqual([
      [0, 0, 0],
      [0.5, 0.5, 0.5],
      [0.75, 0.25, 0.25],
      [0.25, 0.75, 0.75],
      [0.375, 0.375, 0.625],
      [0.875, 0.875, 0.125],
      [0.625, 0.125, 0.875],
      [0.125, 0.625, 0.375],
      [0.1875, 0.3125, 0.9375],
      [0.6875, 0.8125, 0.4375],
    ])
  })

  // scipy.stats.qmc.Sobol(200, scramble=False, bits=32) of SciPy, which embeds the whole table
  it('agrees with SciPy far out and in high dimensions', () => {
    const out = new Float64Array(64)
    sobolPoint(123456, out)
    expect([out[20], out[40], out[63]]).toEqual([0.11809539794921875, 0.7939529418945312, 0.9521408081054688])
    const most = new Float64Array(200)
    sobolPoint(123456, most)
    expect([most[100], most[150], most[199]]).toEqual([0.5315628051757812, 0.5865859985351562, 0.6844558715820312])
  })

  it('fills each of 2^m intervals once in every dimension, in every block of 2^m points, shifted or not', () => {
    const shift = digitalShift(randomStream({ seed: 5, study: 'shift' }), maxSobolDimensions)
    for (const set of [points(1024, maxSobolDimensions), points(1024, maxSobolDimensions, shift)]) {
      for (const size of [2, 64, 512, 1024]) {
        for (let start = 0; start < 1024; start += size) {
          for (let d = 0; d < maxSobolDimensions; d++) {
            const cells = new Set<number>()
            for (let i = start; i < start + size; i++) cells.add(Math.floor((set[i]?.[d] ?? NaN) * size))
            expect(cells.size).toBe(size)
          }
        }
      }
    }
  })

  it('is a (0, m, 2)-net in its first two dimensions', () => {
    const m = 10
    const set = points(2 ** m, 2)
    for (let k = 0; k <= m; k++) {
      const cells = new Set(
        set.map(([x = NaN, y = NaN]) => Math.floor(x * 2 ** k) * 2 ** (m - k) + Math.floor(y * 2 ** (m - k))),
      )
      expect(cells.size).toBe(2 ** m)
    }
  })

  it('has distinct dimensions, each pair spread over the 16 squares of the unit square (dimensions to 21)', () => {
    const set = points(1024, 21)
    for (let d = 0; d < 21; d++) {
      for (let e = d + 1; e < 21; e++) {
        const counts = new Array<number>(16).fill(0)
        for (const p of set) {
          const cell = 4 * Math.floor((p[d] ?? NaN) * 4) + Math.floor((p[e] ?? NaN) * 4)
          counts[cell] = (counts[cell] ?? 0) + 1
        }
        expect(new Set(counts)).toEqual(new Set([64]))
      }
    }
  })

  it('integrates a smooth function better than 1/√n', () => {
    const n = 4096
    const dimensions = 6
    // ∏ (1 + (x − 1/2)/2) has mean 1
    const estimate =
      points(n, dimensions).reduce((sum, p) => sum + p.reduce((f, x) => f * (1 + (x - 0.5) / 2), 1), 0) / n
    expect(Math.abs(estimate - 1)).toBeLessThan(10 / n)
  })

  it('stays inside (0, 1) when shifted, and does not depend on the order of asking', () => {
    const shift = digitalShift(randomStream({ seed: 1 }), 4)
    const set = points(256, 4, shift)
    expect(set.every((p) => p.every((x) => x > 0 && x < 1))).toBe(true)
    const again = new Float64Array(4)
    sobolPoint(200, again, shift)
    expect(again).toEqual(set[200])
  })

  it('refuses an index or a dimension it has no numbers for', () => {
    expect(() => sobolPoint(-1, new Float64Array(2))).toThrow(/index must be an integer in \[0, 2\^32\), got -1/)
    expect(() => sobolPoint(2 ** 32, new Float64Array(2))).toThrow(/got 4294967296/)
    expect(() => sobolPoint(0, new Float64Array(201))).toThrow(/at most 200 dimensions .* got 201/)
    expect(() => sobolPoint(0, new Float64Array(3), new Uint32Array(2))).toThrow(/2 words for 3 dimensions/)
  })
})
