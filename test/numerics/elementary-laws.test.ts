import {
  acos,
  asin,
  atan,
  cos,
  cosh,
  erf,
  erfc,
  exp,
  expit,
  expm1,
  lgamma,
  log,
  log1p,
  log2,
  log10,
  logit,
  logNormalCdf,
  normalCdf,
  normalQuantile,
  pow,
  sin,
  sinh,
  tan,
  tanh,
} from '@cartkin/numerics'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { doublesApart } from './units-in-the-last-place.ts'

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const anyDouble = fc.double()

describe('against the engine', () => {
  // an engine may be off by one itself
  it.each<[string, (x: number) => number, (x: number) => number, fc.Arbitrary<number>]>([
    ['exp', exp, Math.exp, anyDouble],
    ['expm1', expm1, Math.expm1, anyDouble],
    ['log', log, Math.log, anyDouble],
    ['log1p', log1p, Math.log1p, anyDouble],
    ['log2', log2, Math.log2, anyDouble],
    ['log10', log10, Math.log10, anyDouble],
    ['sin', sin, Math.sin, between(-1e6, 1e6)],
    ['cos', cos, Math.cos, between(-1e6, 1e6)],
    ['tan', tan, Math.tan, between(-1e6, 1e6)],
    ['sinh', sinh, Math.sinh, anyDouble],
    ['cosh', cosh, Math.cosh, anyDouble],
    ['tanh', tanh, Math.tanh, anyDouble],
    ['asin', asin, Math.asin, anyDouble],
    ['acos', acos, Math.acos, anyDouble],
    ['atan', atan, Math.atan, anyDouble],
    ['sinh in the middle', sinh, Math.sinh, between(-720, 720)],
    ['cosh in the middle', cosh, Math.cosh, between(-720, 720)],
    ['tanh in the middle', tanh, Math.tanh, between(-25, 25)],
    ['asin inside', asin, Math.asin, between(-1, 1)],
    ['acos inside', acos, Math.acos, between(-1, 1)],
    ['exp in the middle', exp, Math.exp, between(-750, 720)],
  ])('%s agrees within 2 units in the last place', (_, ours, theirs, argument) => {
    fc.assert(
      fc.property(argument, (x) => doublesApart(ours(x), theirs(x)) <= 2),
      { numRuns: 2000, seed: 1 },
    )
  })

  it('pow agrees within 2 units in the last place', () => {
    fc.assert(
      fc.property(anyDouble, fc.oneof(anyDouble, between(-20, 20), fc.integer({ min: -30, max: 30 })), (x, y) => {
        return doublesApart(pow(x, y), x ** y) <= 2
      }),
      { numRuns: 5000, seed: 1 },
    )
  })
})

describe('exact cases', () => {
  it('has exact powers of two and their logarithms', () => {
    for (let n = -1074; n <= 1023; n++) {
      expect(pow(2, n)).toBe(2 ** n)
      expect(log2(2 ** n)).toBe(n)
    }
  })

  it('has exact powers of ten and their logarithms', () => {
    for (let n = 0; n <= 22; n++) expect(pow(10, n)).toBe(Number(`1e${n}`))
    for (let n = -307; n <= 308; n++) expect(log10(Number(`1e${n}`))).toBe(n)
  })

  it('has exact integer powers', () => {
    fc.assert(
      fc.property(fc.integer({ min: -94906265, max: 94906265 }), (n) => pow(n, 2) === n * n && pow(n, 1) === n),
      { seed: 1 },
    )
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 208063 }),
        (n) => pow(n * n * n, 1) === n * n * n && pow(n, 3) === n * n * n,
      ),
      { seed: 1 },
    )
  })

  it('is exact at 0 and 1', () => {
    expect([exp(0), log(1), pow(1, 3.7), cos(0), cosh(0), lgamma(1), lgamma(2), acos(1), normalCdf(0)]).toEqual([
      1, 0, 1, 1, 1, 0, 0, 0, 0.5,
    ])
  })
})

describe('laws', () => {
  const runs = { numRuns: 1000, seed: 1 }
  const close = (a: number, b: number, units: number) =>
    Math.abs(a - b) <= units * 2 ** -52 * Math.max(Math.abs(a), Math.abs(b))

  it('is odd or even', () => {
    fc.assert(
      fc.property(between(-700, 700), (x) => {
        for (const f of [sin, tan, sinh, tanh, atan, erf]) expect(f(-x)).toBe(-f(x))
        for (const f of [cos, cosh]) expect(f(-x)).toBe(f(x))
      }),
      runs,
    )
  })

  it('does not decrease by more than the rounding from one double to the next', () => {
    fc.assert(
      fc.property(between(-38, 700), (x) => {
        const next = x + Math.abs(x) * 2 ** -52
        for (const f of [exp, normalCdf, expit, tanh, atan, erf]) {
          expect(f(next)).toBeGreaterThanOrEqual(f(x) - 4 * 2 ** -52 * Math.abs(f(x)))
        }
      }),
      runs,
    )
  })

  it('sin² + cos² = 1', () => {
    fc.assert(
      fc.property(between(-1e6, 1e6), (x) => close(sin(x) * sin(x) + cos(x) * cos(x), 1, 2)),
      runs,
    )
  })

  it('tan = sin / cos', () => {
    fc.assert(
      fc.property(between(-1e6, 1e6), (x) => close(tan(x), sin(x) / cos(x), 3)),
      runs,
    )
  })

  it('has inverses', () => {
    fc.assert(
      fc.property(between(-30, 30), (x) => {
        expect(Math.abs(log(exp(x)) - x)).toBeLessThanOrEqual(2 ** -52 * (1 + 2 * Math.abs(x)))
        expect(close(log1p(expm1(Math.abs(x))), Math.abs(x), 4)).toBe(true)
        expect(Math.abs(logit(expit(x)) - x)).toBeLessThan(1e-15 * (4 + exp(Math.abs(x))))
      }),
      runs,
    )
  })

  it('normalQuantile inverts normalCdf', () => {
    fc.assert(
      // the probability can be off by 3 units, of which the density makes an error of x
      fc.property(between(-37, 5), (x) => {
        const p = normalCdf(x)
        const density = exp(-0.5 * x * x) * 0.3989422804014327
        expect(Math.abs(normalQuantile(p) - x)).toBeLessThan(4 * 2 ** -52 * Math.abs(x) + (4 * 2 ** -52 * p) / density)
      }),
      runs,
    )
  })

  it('erf + erfc = 1 and the two tails of the normal distribution make 1', () => {
    fc.assert(
      fc.property(between(-10, 10), (x) => close(erf(x) + erfc(x), 1, 2) && close(normalCdf(x) + normalCdf(-x), 1, 2)),
      runs,
    )
  })

  it('logNormalCdf is the logarithm of normalCdf where that is a normal number', () => {
    fc.assert(
      fc.property(
        between(-37, 5),
        (x) => Math.abs(logNormalCdf(x) - log(normalCdf(x))) < 1e-14 * (1 + Math.abs(logNormalCdf(x))),
      ),
      runs,
    )
  })

  it('logNormalCdf goes on where normalCdf underflows', () => {
    // −x²/2 − ln(−x √(2π)) + ln(1 − 1/x² + 3/x⁴), the asymptotic series
    for (const x of [-50, -1e3, -1e5, -1e9]) {
      const series = -0.5 * x * x - log(-x * 2.5066282746310002) + log1p(-1 / (x * x) + 3 / pow(x, 4))
      expect(logNormalCdf(x) / series).toBeCloseTo(1, 11)
    }
    expect(logNormalCdf(-1e154)).toBe(-5e307)
    expect(logNormalCdf(10)).toBe(-normalCdf(-10))
  })

  it('Γ(x + 1) = x Γ(x) and Γ(n + 1) = n!', () => {
    fc.assert(
      fc.property(between(1e-5, 300), (x) => {
        expect(Math.abs(lgamma(x + 1) - lgamma(x) - log(x))).toBeLessThan(
          1e-15 * (3 + Math.abs(lgamma(x)) + Math.abs(log(x))),
        )
      }),
      runs,
    )
    let factorial = 1
    for (let n = 1; n <= 18; n++) {
      factorial *= n
      expect(doublesApart(lgamma(n + 1), log(factorial))).toBeLessThanOrEqual(2)
    }
  })

  it('e^(x + y) = e^x e^y', () => {
    fc.assert(
      fc.property(fc.integer({ min: -300, max: 300 }), fc.integer({ min: -300, max: 300 }), (x, y) =>
        close(exp(x / 8) * exp(y / 8), exp((x + y) / 8), 3),
      ),
      runs,
    )
  })
})
