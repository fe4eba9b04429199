import { exp, log, pow, sin } from '@cartkin/numerics'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluated, instanceOf, outputAt, outputsAt } from './compile-text.ts'
import { randomExpression, realValueOf } from './random-expression.ts'

describe('precedence is that of R', () => {
  it.each([
    ['-2^2', -4],
    ['2^3^2', 512],
    ['2**3**2', 512],
    ['2^-1', 0.5],
    ['-2^-2', -0.25],
    ['1 - 2 - 3', -4],
    ['12/3/2', 2],
    ['2*3^2', 18],
    ['1 + 2*3', 7],
    ['-3*-2', 6],
    ['--3', 3],
    ['+3', 3],
    ['!0 == 1', 1],
    ['!(1 > 2)', 1],
    ['1 < 2 & 2 < 1', 0],
    ['1 < 2 && !(2 < 1)', 1],
    ['0 & 0 | 1', 1],
    ['1 | 0 & 0', 1],
    ['1 || 0', 1],
    ['1 + 1 == 2', 1],
    ['3 != 3', 0],
    ['3 >= 3', 1],
    ['3 <= 2', 0],
    ['2 > 1', 1],
    ['(1 + 2)*3', 9],
  ])('%s = %d', (text, value) => {
    expect(evaluated(text)).toBe(value)
  })
})

describe('numbers', () => {
  it.each([
    ['1e6', 1e6],
    ['.5', 0.5],
    ['5.', 5],
    ['5L', 5],
    ['1E-3', 1e-3],
    ['TRUE', 1],
    ['FALSE', 0],
    ['Inf', Number.POSITIVE_INFINITY],
    ['-Inf', Number.NEGATIVE_INFINITY],
    ['pi', Math.PI],
    ['4.9e-324', 4.9e-324],
  ])('%s', (text, value) => {
    expect(evaluated(text)).toBe(value)
  })
})

describe('functions', () => {
  it.each([
    ['exp(1.5)', exp(1.5)],
    ['log(3)', log(3)],
    ['sqrt(2)', Math.SQRT2],
    ['sin(1)', sin(1)],
    ['abs(-3)', 3],
    ['min(3, 1, 2)', 1],
    ['max(3, 5, 4, 1)', 5],
    ['max(7)', 7],
    ['pow(2.5, 1.5)', pow(2.5, 1.5)],
    ['floor(-1.5)', -2],
    ['ceiling(1.2)', 2],
    ['trunc(-1.7)', -1],
    ['ifelse(2 > 1, 10, 20)', 10],
    ['ifelse(0, 10, 20)', 20],
    ['expit(0)', 0.5],
    ['expit(0, 2, 4)', 3],
    ['logit(3, 2, 4)', 0],
    ['log10(1000)', 3],
    ['log2(8)', 3],
    ['expm1(0)', 0],
    ['log1p(0)', 0],
  ])('%s', (text, value) => {
    expect(evaluated(text)).toBeCloseTo(value, 14)
  })

  it('evaluates powers with whole exponents by multiplication, exactly where the result is exact', () => {
    const instance = instanceOf('x = 3\na = x^2; b = x^5; c2 = x^-2; d1 = x^0; e1 = x^33')
    expect(outputsAt(instance, 0)).toEqual({ a: 9, b: 243, c2: 1 / 9, d1: 1, e1: 3 ** 33 })
  })
})

describe('a value not chosen has no influence', () => {
  it('keeps NaN and Infinity of the other branch out', () => {
    const instance = instanceOf('x = 0\na = ifelse(x > 0, log(x), 7)\nb = ifelse(x == 0, 1, 1/x)')
    expect(outputsAt(instance, 0)).toEqual({ a: 7, b: 1 })
  })

  it('takes a non-zero condition as true', () => {
    expect(outputsAt(instanceOf('x = 0.3\na = ifelse(x, 1, 2)\nb = !x\nc1 = x & 2'), 0)).toEqual({ a: 1, b: 0, c1: 1 })
  })
})

describe('tape against direct evaluation of the same expression', () => {
  it('agrees on random expressions of states and parameters', () => {
    const point = fc.array(fc.double({ min: 0.2, max: 2, noNaN: true }), { minLength: 4, maxLength: 4 })
    fc.assert(
      fc.property(randomExpression(['x', 'y', 'p', 'q']), point, (expression, values) => {
        const [x = 1, y = 1, p = 1, q = 1] = values
        const instance = instanceOf(`p = ${p}\nq = ${q}\nd/dt(x) = 0\nd/dt(y) = 0\nout = ${expression.text}`)
        const value = outputAt(instance, 'out', 0, [x, y])
        const direct = realValueOf(expression, [x, y, p, q])
        expect(Math.abs(value - direct)).toBeLessThanOrEqual(1e-11 * (1 + Math.abs(direct)))
      }),
      { numRuns: 400 },
    )
  })
})
