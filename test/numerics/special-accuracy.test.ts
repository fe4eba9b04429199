import { readFileSync } from 'node:fs'
import * as numerics from '@cartkin/numerics'
import { describe, expect, it } from 'vitest'
import { fromHex } from './units-in-the-last-place.ts'

/** Rows "<arguments> <y>" by golden/make-special.py: 120-digit arithmetic. */
const golden: Readonly<Record<string, readonly string[]>> = JSON.parse(
  readFileSync(new URL('golden/special.json', import.meta.url), 'utf8'),
)

type Numbers = (...x: number[]) => number
const ofY = (y: number) => Math.abs(y)

/**
 * Each function, the error it may have and what that is relative to, y itself unless said otherwise: near a zero between
 * poles, or of an oscillation, only an error relative to the size around it makes sense.
 */
const bounds: readonly (readonly [name: string, f: Numbers, bound: number, scale?: Numbers])[] = [
  ['lgamma', numerics.lgamma as Numbers, 2e-15, (y, x = 0) => 1 + Math.abs(y) + numerics.lgamma(Math.abs(x))],
  ['gammaFunction', numerics.gammaFunction as Numbers, 6e-16],
  ['lgamma1p', numerics.lgamma1p as Numbers, 7e-16],
  ['digamma', numerics.digamma as Numbers, 1e-15, (y, x = 0) => (x > 0 ? ofY(y) : Math.max(ofY(y), 5))],
  ['trigamma', numerics.trigamma as Numbers, 1e-15],
  ['polygamma', numerics.polygamma as Numbers, 1e-14],
  ['sinPi', numerics.sinPi as Numbers, 2.3e-16],
  ['cosPi', numerics.cosPi as Numbers, 2.3e-16],
  ['asinh', numerics.asinh as Numbers, 4.5e-16],
  ['acosh', numerics.acosh as Numbers, 4.5e-16],
  ['atanh', numerics.atanh as Numbers, 4.5e-16],
  ['atan2', numerics.atan2 as Numbers, 4.5e-16],
  ['log1pexp', numerics.log1pexp as Numbers, 4.5e-16],
  ['log1pmx', numerics.log1pmx as Numbers, 1.3e-15],
  ['erfInverse', numerics.erfInverse as Numbers, 9e-16],
  ['lbeta', numerics.lbeta as Numbers, 1e-14, (y) => 1 + ofY(y)],
  ['choose', numerics.choose as Numbers, 1e-13],
  ['gammaP', numerics.gammaP as Numbers, 1e-13],
  ['gammaQ', numerics.gammaQ as Numbers, 1e-13],
  ['gammaDensity', numerics.gammaDensity as Numbers, 1e-14],
  ['slope1', (a = NaN, x = NaN) => numerics.gammaPSlope(1, a, x), 1e-13],
  ['slope2', (a = NaN, x = NaN) => numerics.gammaPSlope(2, a, x), 1e-13],
  ['gammaPInverse', numerics.gammaPInverse as Numbers, 1e-13],
  ['besselJ', numerics.besselJ as Numbers, 1e-13, (y, x = 1, n = 0) => Math.min(amplitude(x, n), 1e6 * ofY(y))],
  ['besselY', numerics.besselY as Numbers, 1e-13, (_, x = 1, n = 0) => amplitude(x, n)],
  ['besselIScaled', numerics.besselIScaled as Numbers, 1e-13],
  ['besselKScaled', numerics.besselKScaled as Numbers, 1e-13],
]

function amplitude(x: number, order: number): number {
  const [j, y] = [numerics.besselJ(x, order), numerics.besselY(x, order)]
  return Math.sqrt(j * j + y * y)
}

describe('errors against 120-digit values', () => {
  it('has a table for each function', () => {
    expect(bounds.map(([name]) => name)).toEqual(Object.keys(golden))
  })

  it.each(bounds.map(([name, f, bound, scale = ofY]) => ({ name, f, bound, scale })))(
    '$name',
    ({ name, f, bound, scale }) => {
      for (const row of golden[name] ?? []) {
        const x = row.split(' ').map(fromHex)
        const y = x.pop() ?? NaN
        const error = f(...x) === y ? 0 : Math.abs(f(...x) - y) / scale(y, ...x)
        expect(error, `at ${x}: ${f(...x)}, not ${y}`).toBeLessThanOrEqual(bound)
      }
    },
  )
})

describe('whole numbers', () => {
  it('have exact factorials and binomial coefficients', () => {
    let factorial = 1
    for (let n = 1; n <= 18; n++) {
      expect(numerics.gammaFunction(n)).toBe(factorial)
      factorial *= n
    }
    expect(numerics.choose(10, 3)).toBe(120)
    expect(numerics.choose(50, 25)).toBe(126410606437752)
    expect(numerics.choose(5, 7)).toBe(0)
    expect(numerics.choose(-2, 3)).toBe(-4)
    expect(numerics.choose(2.5, 2)).toBe(1.875)
  })
})

describe('remainders have the sign of the divisor, as in R', () => {
  it.each([
    [7, 3, 1],
    [-7, 3, 2],
    [7, -3, -2],
    [-7, -3, -1],
    [5.5, 2, 1.5],
    [100.25, 24, 4.25],
    [24, 24, 0],
    [5, Infinity, 5],
    [-5, Infinity, Infinity],
    [5, 0, NaN],
    [Infinity, 3, NaN],
    [1e300, 3, NaN],
  ])('modulo(%d, %d) = %d', (a, b, remainder) => {
    expect(numerics.modulo(a, b)).toBe(remainder)
  })

  it('agrees with the exact remainder of JavaScript', () => {
    let state = 1
    const next = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return state / 4294967296
    }
    for (let i = 0; i < 20_000; i++) {
      const [a, b] = [1e6 * next() * next(), 1e-3 + 100 * next() * next()]
      expect(numerics.modulo(a, b)).toBe(a % b)
    }
  })
})

describe('places where a function is not a number, or infinite', () => {
  it.each<[string, number, number]>([
    ['gamma at 0', numerics.gammaFunction(0), NaN],
    ['gamma at -3', numerics.gammaFunction(-3), NaN],
    ['gamma at 172', numerics.gammaFunction(172), Infinity],
    ['digamma at 0', numerics.digamma(0), NaN],
    ['digamma of NaN', numerics.digamma(NaN), NaN],
    ['trigamma at -2', numerics.trigamma(-2), Infinity],
    ['acosh below 1', numerics.acosh(0.9), NaN],
    ['atanh at 1', numerics.atanh(1), Infinity],
    ['atanh beyond 1', numerics.atanh(1.1), NaN],
    ['erfInverse at -1', numerics.erfInverse(-1), -Infinity],
    ['erfInverse beyond 1', numerics.erfInverse(1.5), NaN],
    ['P(a, 0)', numerics.gammaP(2, 0), 0],
    ['Q(a, Inf)', numerics.gammaQ(2, Infinity), 0],
    ['P(-1, 1)', numerics.gammaP(-1, 1), NaN],
    ['P of NaN', numerics.gammaP(NaN, 1), NaN],
    ['inverse of 0', numerics.gammaPInverse(2, 0), 0],
    ['inverse of 1', numerics.gammaPInverse(2, 1), Infinity],
    ['inverse of 1.2', numerics.gammaPInverse(2, 1.2), NaN],
    ['J_0(0)', numerics.besselJ(0, 0), 1],
    ['Y_0(0)', numerics.besselY(0, 0), -Infinity],
    ['K_1(0)', numerics.besselKScaled(0, 1), Infinity],
    ['J of a negative argument', numerics.besselJ(-1, 0), NaN],
    ['I of a negative order', numerics.besselIScaled(1, -1), NaN],
    ['atan2(0, 0)', numerics.atan2(0, 0), 0],
    ['atan2(0, -1)', numerics.atan2(0, -1), Math.PI],
    ['atan2(Inf, Inf)', numerics.atan2(Infinity, Infinity), Math.PI / 4],
    ['polygamma of half an order', numerics.polygamma(1.5, 2), NaN],
  ])('%s', (_, value, expected) => {
    expect(value).toBe(expected)
  })
})

describe('laws', () => {
  const places = Array.from({ length: 60 }, (_, k) => [0.05 + 0.37 * k, 0.02 + 0.53 * ((k * 7) % 60)] as const)

  it('P + Q = 1', () => {
    for (const [a, x] of places) {
      expect(Math.abs(numerics.gammaP(a, x) + numerics.gammaQ(a, x) - 1)).toBeLessThan(1e-14)
    }
  })

  it('inverses undo', () => {
    for (const [a, x] of places) {
      const [p, q] = [numerics.gammaP(a, x), numerics.gammaQ(a, x)]
      const [back, bound] = p < q ? [numerics.gammaPInverse(a, p), p] : [numerics.gammaQInverse(a, q), q]
      const condition = bound / (x * numerics.gammaDensity(a, x))
      expect(Math.abs(back / x - 1)).toBeLessThan(1e-14 + 1e-14 * condition)
      const shape = p < q ? numerics.gammaPInverseA(x, p) : numerics.gammaQInverseA(x, q)
      const slope = bound / Math.abs(a * numerics.gammaPSlope(1, a, x))
      expect(Math.abs(shape / a - 1)).toBeLessThan(1e-14 + 2e-14 * slope)
    }
  })

  it('Bessel functions of neighbouring orders have their Wronskians', () => {
    for (const [n, x] of places) {
      const [j, y] = [numerics.besselJ(x, n), numerics.besselY(x, n)]
      const cross = numerics.besselJ(x, n + 1) * y - j * numerics.besselY(x, n + 1)
      expect(Math.abs((cross * Math.PI * x) / 2 - 1)).toBeLessThan(1e-12)
      const [i, k] = [numerics.besselIScaled(x, n), numerics.besselKScaled(x, n)]
      const sum = numerics.besselIScaled(x, n + 1) * k + i * numerics.besselKScaled(x, n + 1)
      expect(Math.abs(sum * x - 1)).toBeLessThan(1e-12)
    }
  })

  it('atan2 is that of the point in every quadrant', () => {
    for (const [x, y] of [
      [1, 1],
      [-1, 2],
      [-3, -1],
      [2, -5],
    ] as const) {
      const size = Math.sqrt(x * x + y * y)
      const angle = numerics.atan2(y, x)
      expect(Math.abs(numerics.cos(angle) - x / size)).toBeLessThan(3e-16)
      expect(Math.abs(numerics.sin(angle) - y / size)).toBeLessThan(3e-16)
    }
  })
})
