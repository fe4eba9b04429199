import { describe, expect, it } from 'vitest'
import { errorsOf, evaluated, instanceOf } from './compile-text.ts'

const values: readonly (readonly [expression: string, value: number])[] = [
  ['round(2.5)', 3],
  ['round(-2.5)', -3],
  ['round(2.4999)', 2],
  ['round(0.49999999999999994)', 0],
  ['round(4503599627370497)', 4503599627370497],
  ['fround(2.345, 1)', 2.3],
  ['fround(1254.7, -2)', 1300],
  ['fround(-1.5, 0)', -2],
  ['fprec(1234.567, 2)', 1200],
  ['fprec(0.0012345, 3)', 0.00123],
  ['fprec(0, 3)', 0],
  ['ftrunc(-2.7)', -2],
  ['sign(-3)', -1],
  ['sign(0)', 0],
  ['sign(2, -3, -1)', 1],
  ['fsign(-2, 3)', 2],
  ['fsign(2, -3)', -2],
  ['abs0(-2)', 2],
  ['abs1(0)', 1],
  ['abs1(-2)', 2],
  ['dabs(-2)', -1],
  ['dabs1(2)', 1],
  ['dabs2(2)', 0],
  ['fmax2(1, 2)', 2],
  ['fmin2(1, 2)', 1],
  ['imax2(1.7, 0.3)', 1],
  ['imin2(1.7, 0.3)', 0],
  ['sum(1, 2, 3, 4)', 10],
  ['prod(1, 2, 3, 4)', 24],
  ['is.nan(0/0)', 1],
  ['is.na(1)', 0],
  ['is.finite(1/0)', 0],
  ['is.finite(1)', 1],
  ['is.infinite(-1/0)', 1],
  ['is.infinite(0/0)', 0],
  ['factorial(5)', 120],
  ['gamma(5)', 24],
  ['choose(5, 2)', 10],
  ['sinpi(1)', 0],
  ['cospi(0.5)', 0],
  ['tanpi(1) == 0', 1],
  ['7.5 %% 2', 1.5],
  ['-7.5 %% 2', 0.5],
  ['7.5 %% -2', -0.5],
  ['phi(0)', 0.5],
  ['qnorm(0.5)', 0],
  ['pnorm(3, 3, 2)', 0.5],
  ['probitInv(0, 2, 4)', 3],
  ['probit(3, 2, 4)', 0],
  ['invLogit(0)', 0.5],
  ['logitInv(0, 2, 4)', 3],
  ['ReLU(-1)', 0],
  ['dReLU(2)', 1],
  ['lReLU(-2)', -0.02],
  ['dlReLU(-2)', 0.01],
  ['dPReLU(-2, 3)', 3],
  ['dPReLUa(-2, 3)', -2],
  ['dPReLUa1(-2, 3)', 1],
  ['dELUa(1, 2)', 0],
  ['d2ELUa(0, 2)', 1],
  ['d2aELU(0, 2)', 1],
  ['llikUnif(5, 0, 1)', Number.NEGATIVE_INFINITY],
  ['llikExp(-1, 2)', Number.NEGATIVE_INFINITY],
  ['llikBinom(0, 3, 0) < 1e-15', 1],
  ['llikPois(0, 0)', 0],
  ['M_E', Math.E],
  ['M_LN_SQRT_2PI', 0.9189385332046728],
  ['logspace_add(-1/0, -1/0)', Number.NEGATIVE_INFINITY],
  ['logspace_add(800, 800)', 800 + Math.LN2],
  ['bessel_i(0, 0, 1)', 1],
]

describe('values', () => {
  it.each(values)('%s is %d', (expression, value) => {
    expect(evaluated(expression)).toBe(value)
  })

  it('the number of a place has no bearing', () => {
    expect(evaluated('llikXNorm(3, 1.2, 1, 2)')).toBe(evaluated('llikNorm(1.2, 1, 2)'))
    expect(evaluated('llikXTDdf(3, 1.2, 4, 1, 2)')).toBe(evaluated('llikTDdf(1.2, 4, 1, 2)'))
  })

  it('keeps the digits of large arguments', () => {
    // ln Γ(x) where Γ overflows, and the difference of two of them
    expect(evaluated('lbeta(1e8, 0.5)')).toBeCloseTo(-8.637975427801482, 14)
    expect(evaluated('beta(200, 300)/exp(lbeta(200, 300))')).toBe(1)
    expect(evaluated('log1mexp(1e-12)')).toBeCloseTo(-27.63102111592905, 13)
    expect(evaluated('expm1(log1pexp(-40))/exp(-40)')).toBeCloseTo(1, 14)
  })
})

describe('steps have slope 0, also beside NaN', () => {
  it.each(['round(x)', 'sign(x)', 'fprec(x, 2)', 'fround(x, 1)', 'is.nan(x)', 'dabs(x)', 'imax2(x, 0)'])(
    '%s',
    (text) => {
      const out = new Float64Array(1)
      instanceOf(`d/dt(x) = ${text}`).jacobian?.(0, Float64Array.of(1.37), out)
      expect(out[0]).toBe(0)
    },
  )

  it('a Bessel function has no slope by its order', () => {
    const out = new Float64Array(1)
    instanceOf('n = 1.5\nd/dt(x) = bessel_j(x, n)')
      .sensitivities([0])
      .tangent(0, Float64Array.of(1.37), Float64Array.of(0), out)
    expect(out[0]).toBeNaN()
  })

  it('x %% y has slope 1 by x and minus the whole quotient by y', () => {
    const out = new Float64Array(1)
    const instance = instanceOf('p = 2\nd/dt(x) = x %% p')
    instance.jacobian?.(0, Float64Array.of(7.5), out)
    expect(out[0]).toBe(1)
    instance.sensitivities([0]).tangent(0, Float64Array.of(7.5), Float64Array.of(0), out)
    expect(out[0]).toBe(-3)
  })
})

describe('messages', () => {
  it.each([
    ['gamma()', '`gamma` is given 0 arguments; expected gamma(x).'],
    ['polygamma(1)', '`polygamma` is given 1 argument; expected polygamma(n, x).'],
    ['gammap(1, 2, 3)', '`gammap` is given 3 arguments; expected gammap(a, x).'],
    ['bessel_k(1)', '`bessel_k` is given 1 argument; expected bessel_k(x, nu, expo = 1).'],
    ['pnorm(1, 2, 3, 4)', '`pnorm` is given 4 arguments; expected pnorm(x, mean = 0, sd = 1).'],
    ['llikT(1, 2)', '`llikT` is given 2 arguments; expected llikT(x, df, mean, sd).'],
    ['llikXNorm(1, 2, 3)', '`llikXNorm` is given 3 arguments; expected llikXNorm(i, x, mean, sd).'],
    ['atan2(1)', '`atan2` is given 1 argument; expected atan2(y, x).'],
    ['ELU(1)', '`ELU` is given 1 argument; expected ELU(x, alpha).'],
  ])('%s', (text, message) => {
    expect(errorsOf(`y = ${text}`).join()).toContain(message)
  })

  it.each(['rxnorm()', 'rnorm(0, 1)', 'rxunif(0, 1)', 'lag(x, 1)', 'lead(x)', 'diff(x)', 'rxTBS(x, 1, 2, 3, 4)'])(
    '%s is refused by name',
    (text) => {
      const name = text.slice(0, text.indexOf('('))
      expect(errorsOf(`x = 1\ny = ${text}`).join()).toContain(`The function \`${name}\` is not supported yet.`)
    },
  )
})
