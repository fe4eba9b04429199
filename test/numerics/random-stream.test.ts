import { exp, log, normalCdf, philox, randomStream } from '@cartkin/numerics'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

function block(counter: readonly number[], key: readonly [number, number]): number[] {
  const words = Uint32Array.from(counter)
  philox(words, ...key)
  return [...words]
}

describe('philox', () => {
  // kat_vectors of Random123 1.14, lines "philox4x32 10"
  it.each([
    [
      [0, 0, 0, 0],
      [0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ])('known answer %#', (counter, [key0 = 0, key1 = 0], expected) => {
    expect(block(counter, [key0, key1])).toEqual(expected)
  })
})

describe('randomStream', () => {
  const draws = (n: number, f: (draw: number) => number) => Array.from({ length: n }, (_, i) => f(i))

  it('lays the key out as (draw, occasion, subject, study) under the seed', () => {
    const seed = 0x1234567890ab
    const [a = 0, b = 0] = block([11, 5, 7, 3], [0x567890ab, 0x1234])
    const expected = ((a >>> 6) * 2 ** 26 + (b >>> 6) + 0.5) * 2 ** -52
    expect(randomStream({ seed, study: 3, subject: 7, occasion: 5 }).uniform(11)).toBe(expected)
  })

  it('is a pure function: neither order nor company matters', () => {
    const key = { seed: 42, study: 'trial', subject: 2 }
    const forward = draws(50, randomStream(key).uniform)
    const other = randomStream({ seed: 42, study: 'trial', subject: 3 })
    const again = randomStream(key)
    for (let i = 49; i >= 0; i--) {
      other.uniform(i)
      again.normal(i + 7)
      expect(again.uniform(i)).toBe(forward[i])
    }
  })

  it('differs whenever one part of the key does', () => {
    const keys = [
      { seed: 1 },
      { seed: 2 },
      { seed: -1 },
      { seed: 1 + 2 ** 32 },
      { seed: 1, study: 1 },
      { seed: 1, study: 'a' },
      { seed: 1, study: 'b' },
      { seed: 1, study: '' },
      { seed: 1, subject: 1 },
      { seed: 1, occasion: 1 },
      { seed: 1, study: 1, subject: 1 },
    ]
    const values = keys.flatMap((key) => draws(20, randomStream(key).uniform))
    expect(new Set(values).size).toBe(values.length)
  })

  it('stays within (0, 1) with 53 significant bits', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.nat(), fc.nat(), (seed, subject, draw) => {
        const u = randomStream({ seed, subject }).uniform(draw)
        return u > 0 && u < 1 && (u * 2 ** 53) % 2 === 1
      }),
      { seed: 1 },
    )
  })

  it('refuses what is no key, with the name of the part', () => {
    expect(() => randomStream({ seed: 0.5 })).toThrow(/seed must be a safe integer .* got 0.5/)
    expect(() => randomStream({ seed: NaN })).toThrow(/seed/)
    expect(() => randomStream({ seed: 1, subject: -1 })).toThrow(
      /subject must be an integer in \[0, 4294967296\), got -1/,
    )
    expect(() => randomStream({ seed: 1, study: 2 ** 31 })).toThrow(/study/)
    expect(() => randomStream({ seed: 1, occasion: Infinity })).toThrow(/occasion/)
    expect(() => randomStream({ seed: 1 }).uniform(-1)).toThrow(/draw/)
    expect(() => randomStream({ seed: 1 }).normal(NaN)).toThrow(/draw/)
  })

  // fixed seeds: these cannot fail by chance; bounds are 4 standard errors
  const n = 100_000
  const byDraw = draws(n, randomStream({ seed: 7 }).normal)
  const bySubject = draws(n, (subject) => randomStream({ seed: 7, subject }).normal(0))

  it.each([
    ['over draws', byDraw],
    ['over subjects', bySubject],
    ['over seeds', draws(n, (seed) => randomStream({ seed }).normal(3))],
  ])('has normal moments %s', (_, z) => {
    const moment = (k: number) => z.reduce((sum, x) => sum + x ** k, 0) / n
    expect(Math.abs(moment(1))).toBeLessThan(4 * Math.sqrt(1 / n))
    expect(Math.abs(moment(2) - 1)).toBeLessThan(4 * Math.sqrt(2 / n))
    expect(Math.abs(moment(3))).toBeLessThan(4 * Math.sqrt(15 / n))
    expect(Math.abs(moment(4) - 3)).toBeLessThan(4 * Math.sqrt(96 / n))
  })

  it('fills 100 cells evenly (χ² with 99 degrees of freedom, 0.001 … 0.999)', () => {
    for (const z of [byDraw, bySubject]) {
      const counts = new Array<number>(100).fill(0)
      for (const x of z) {
        const cell = Math.floor(100 * normalCdf(x))
        counts[cell] = (counts[cell] ?? 0) + 1
      }
      const chiSquare = counts.reduce((sum, count) => sum + (count - n / 100) ** 2 / (n / 100), 0)
      expect(chiSquare).toBeGreaterThan(60.4)
      expect(chiSquare).toBeLessThan(149.4)
    }
  })

  it('is uncorrelated between neighbouring draws, subjects, occasions and studies', () => {
    const neighbours = [
      byDraw.map((_, i) => byDraw[i + 1] ?? 0),
      bySubject,
      draws(n, randomStream({ seed: 7, subject: 1 }).normal),
      draws(n, randomStream({ seed: 7, occasion: 1 }).normal),
      draws(n, randomStream({ seed: 7, study: 1 }).normal),
      draws(n, randomStream({ seed: 8 }).normal),
    ]
    for (const other of neighbours) {
      const products = byDraw.slice(1, -1).reduce((sum, x, i) => sum + x * (other[i + 1] ?? 0), 0)
      expect(Math.abs(products / n)).toBeLessThan(4 / Math.sqrt(n))
    }
  })

  it('makes lognormal variability of the stated size', () => {
    const factors = byDraw.map((z) => exp(0.3 * z))
    const logs = factors.map(log)
    expect(Math.abs(logs.reduce((sum, x) => sum + x * x, 0) / n - 0.09)).toBeLessThan(4 * 0.09 * Math.sqrt(2 / n))
  })
})
