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
import { describe, expect, it } from 'vitest'

const special = [0, -0, 1, -1, Infinity, -Infinity, NaN, 5e-324, -5e-324, 2.2250738585072014e-308, -1e-310]

describe('special values are those of Math', () => {
  it.each<[string, (x: number) => number, (x: number) => number]>([
    ['exp', exp, Math.exp],
    ['expm1', expm1, Math.expm1],
    ['log', log, Math.log],
    ['log1p', log1p, Math.log1p],
    ['log2', log2, Math.log2],
    ['log10', log10, Math.log10],
    ['sin', sin, Math.sin],
    ['cos', cos, Math.cos],
    ['tan', tan, Math.tan],
    ['sinh', sinh, Math.sinh],
    ['cosh', cosh, Math.cosh],
    ['tanh', tanh, Math.tanh],
    ['asin', asin, Math.asin],
    ['acos', acos, Math.acos],
    ['atan', atan, Math.atan],
  ])('%s', (_, ours, theirs) => {
    for (const x of special) {
      // where the value is neither special nor exact, the engine's last bit is its own affair
      if (Math.abs(x) === 1 || (Math.abs(x) < 1e-300 && x !== 0 && Math.abs(theirs(x)) > 2)) {
        expect(Math.abs(ours(x) - theirs(x)) < 1e-13 * Math.abs(theirs(x)) || Object.is(ours(x), theirs(x))).toBe(true)
      } else expect(ours(x), String(x)).toBe(theirs(x))
    }
  })

  it('pow, for every pair', () => {
    const values = [
      ...special,
      ...[2, -2, 0.5, -0.5, 3, -3, 1.5, -1.5, 1e300, -1e300, 1.7976931348623157e308],
      ...[9007199254740991, -9007199254740991, 9007199254740992, 2 ** 64, -(2 ** 80), 4.5, -7],
    ]
    for (const x of values) {
      for (const y of values) {
        const expected = x ** y
        const exact = expected === 0 || !Number.isFinite(expected) || Math.abs(expected) === 1
        if (exact) expect(pow(x, y), `${x} ** ${y}`).toBe(expected)
        else expect(Math.abs(pow(x, y) / expected - 1), `${x} ** ${y}`).toBeLessThan(1e-15)
      }
    }
  })

  it('pow(±1, ±Infinity) and pow(1, NaN) are NaN, as with ** in JavaScript but not in C', () => {
    expect([pow(1, NaN), pow(-1, Infinity), pow(1, -Infinity), pow(NaN, 0)]).toEqual([NaN, NaN, NaN, 1])
  })

  it('exp and pow over- and underflow where they should', () => {
    expect(exp(709.782712893384)).toBeLessThan(Infinity)
    expect(exp(709.7827128933841)).toBe(Infinity)
    expect(exp(-745.1332191019411)).toBe(5e-324)
    expect(exp(-745.1332191019412)).toBe(0)
    expect(pow(2, 1023.9999999999999)).toBeLessThan(Infinity)
    expect(pow(2, 1024)).toBe(Infinity)
    expect(pow(2, -1074)).toBe(5e-324)
    expect(pow(2, -1075.1)).toBe(0)
    expect(pow(-3, 1e308)).toBe(Infinity)
    expect(pow(-0.5, 2 ** 53 - 1)).toBe(-0)
  })
})

describe('special values of the functions Math lacks', () => {
  it.each<[string, (x: number) => number, readonly (readonly [number, number])[]]>([
    [
      'erf',
      erf,
      [
        [0, 0],
        [-0, -0],
        [Infinity, 1],
        [-Infinity, -1],
        [NaN, NaN],
        [5e-324, 5e-324],
      ],
    ],
    [
      'erfc',
      erfc,
      [
        [0, 1],
        [Infinity, 0],
        [-Infinity, 2],
        [NaN, NaN],
        [28, 0],
        [-28, 2],
      ],
    ],
    [
      'normalCdf',
      normalCdf,
      [
        [-Infinity, 0],
        [Infinity, 1],
        [NaN, NaN],
        [0, 0.5],
        [-0, 0.5],
        [-39, 0],
      ],
    ],
    [
      'logNormalCdf',
      logNormalCdf,
      [
        [-Infinity, -Infinity],
        [Infinity, -0],
        [NaN, NaN],
        [40, -0],
      ],
    ],
    [
      'normalQuantile',
      normalQuantile,
      [
        [0, -Infinity],
        [1, Infinity],
        [0.5, 0],
        [NaN, NaN],
        [-0.1, NaN],
        [1.1, NaN],
      ],
    ],
    [
      'lgamma',
      lgamma,
      [
        [0, Infinity],
        [Infinity, Infinity],
        [-1, Infinity],
        [-Infinity, Infinity],
        [NaN, NaN],
        [1e306, Infinity],
      ],
    ],
    [
      'expit',
      expit,
      [
        [-Infinity, 0],
        [Infinity, 1],
        [0, 0.5],
        [NaN, NaN],
        [-800, 0],
      ],
    ],
    [
      'logit',
      logit,
      [
        [0, -Infinity],
        [1, Infinity],
        [0.5, 0],
        [NaN, NaN],
        [-0.1, NaN],
        [1.1, NaN],
      ],
    ],
    ['sin beyond its range', sin, [[1000001, NaN]]],
    ['cos beyond its range', cos, [[-1000001, NaN]]],
    ['tan beyond its range', tan, [[1e300, NaN]]],
  ])('%s', (_, f, pairs) => {
    for (const [x, y] of pairs) expect(f(x), String(x)).toBe(y)
  })
})
