import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findCrossing } from '../../packages/simulation/src/results/find-crossing.ts'
import { findPeak } from '../../packages/simulation/src/results/find-peak.ts'

/** A function that counts how often it is asked. */
function counted(f: (t: number) => number) {
  const calls = { count: 0 }
  const asked = (t: number) => {
    calls.count++
    return f(t)
  }
  return { asked, calls }
}

describe('a crossing', () => {
  const curves: readonly (readonly [string, (t: number, root: number) => number, most: number])[] = [
    ['a line', (t, root) => 3 * (t - root), 8],
    ['a cubic', (t, root) => (t - root) * (1 + (t - root) ** 2), 16],
    ['a steep curve', (t, root) => Math.exp(8 * (t - root)) - 1, 20],
    ['a jump', (t, root) => (t > root ? 1 : -1), 60],
    ['a jump from nothing', (t, root) => (t > root ? 5 : 0), 60],
  ]
  it.each(curves)('of %s is the first double at which it is positive, or one close by', (_name, curve, most) => {
    fc.assert(
      fc.property(fc.double({ min: 1.01, max: 3.99, noNaN: true }), (root) => {
        const f = (t: number) => curve(t, root)
        const { asked, calls } = counted(f)
        const found = findCrossing(asked, 1, 4, f(1), f(4))
        expect(f(found)).toBeGreaterThan(0)
        expect(found - root).toBeLessThan(4e-15)
        expect(calls.count).toBeLessThanOrEqual(most)
      }),
    )
  })

  it('at the end of the bracket is that end, also where the value there is just the threshold', () => {
    expect(findCrossing((t) => (t >= 2 ? 0 : -1), 1, 2, -1, 0)).toBe(2)
    expect(findCrossing(() => -1, 5, 5, -1, 1)).toBe(5)
  })

  it('ends where values are no numbers', () => {
    expect(findCrossing(() => Number.NaN, 1, 2, -1, 1)).toBe(2)
  })
})

describe('a peak', () => {
  it('is found to the flatness of its top, with few questions', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        fc.double({ min: -1, max: 1, noNaN: true }),
        (top, skew) => {
          const f = (t: number) => 7 - (t - top) ** 2 * (1 + 0.5 * skew * (t - top))
          const { asked, calls } = counted(f)
          const place = (time: number) => ({ time, value: f(time) })
          const centre = Math.abs(top - 0.5) < 0.2 ? 0.5 : top < 0.5 ? 0.2 : 0.8
          const found = findPeak(asked, place(0), place(centre), place(1))
          expect(found.value).toBeCloseTo(7, 14)
          expect(Math.abs(found.time - top)).toBeLessThan(3e-8)
          expect(found.value).toBeGreaterThanOrEqual(f(centre))
          expect(calls.count).toBeLessThanOrEqual(30)
        },
      ),
    )
  })

  it('of a corner is found too', () => {
    const f = (t: number) => -Math.abs(t - 0.3)
    const place = (time: number) => ({ time, value: f(time) })
    expect(findPeak(f, place(0), place(0.5), place(1)).time).toBeCloseTo(0.3, 6)
  })

  it('of what is level or no number is the centre', () => {
    for (const value of [2, Number.NaN]) {
      const place = (time: number) => ({ time, value })
      expect(findPeak(() => value, place(0), place(0.5), place(1)).value).toBe(value)
    }
  })
})
