import { canonicalBytes } from '@cartkin/model'
import { describe, expect, it } from 'vitest'
import { modelOf } from '../compile-text.ts'

const text = `k = 0.5 # [1/day] loss
V = 70
conc = A/V + k*V
rate ~ ifelse(t < 3*k, k, V)
d/dt(A) = -k*A + rate
d/dt(B) = k*A - V*B
A(0) = V + k
f(A) = 0.9
`
const bytes = (of: string) => canonicalBytes(modelOf(of))
const changed = (from: string, to: string) => {
  expect(text).toContain(from)
  return bytes(text.replace(from, to))
}

describe('the canonical bytes of a model', () => {
  it.each([
    ['spacing', 'k*A + rate', 'k  *  A+rate'],
    ['brackets', '-k*A + rate', '((-k)*A) + (rate)'],
    ['units and labels', '# [1/day] loss', '# [1/h] elimination'],
    ['the order of parameters', 'k = 0.5 # [1/day] loss\nV = 70', 'V = 70\nk = 0.5'],
    ['the order of summands and factors', 'A/V + k*V', 'V*k + A/V'],
    ['the order of lines', 'd/dt(A) = -k*A + rate\nd/dt(B) = k*A - V*B', 'd/dt(A) = rate + -A*k\nd/dt(B) = A*k - B*V'],
    ['the place of an initial value', 'A(0) = V + k\nf(A) = 0.9', 'f(A) = 0.9\nA(0) = k + V'],
    ['hidden names', 'rate ~', 'inflow ~ 1\nrate ~'],
    ['how a condition is written', 't < 3*k', '3*k > t'],
  ])('do not depend on %s', (_, from, to) => {
    expect(changed(from, to)).toEqual(bytes(text))
  })

  it.each([
    ['a value', 'k = 0.5', 'k = 0.25'],
    ['a constant', '3*k', '4*k'],
    ['an operation', 'A/V +', 'A/V -'],
    ['the order of operands of a difference', 'k*A - V*B', 'V*B - k*A'],
    ['a condition at its own time', 't < 3*k', 't <= 3*k'],
    ['the name of an output', 'conc =', 'concentration ='],
    ['an initial value', 'A(0) = V + k', 'A(0) = V'],
    ['a dosing property', 'f(A) = 0.9', 'lag(A) = 0.9'],
    ['the state of a dosing property', 'f(A) = 0.9', 'f(B) = 0.9'],
    ['whether a name is shown', 'rate ~', 'rate ='],
    [
      'the order of the states',
      'd/dt(A) = -k*A + rate\nd/dt(B) = k*A - V*B',
      'd/dt(B) = k*A - V*B\nd/dt(A) = -k*A + rate',
    ],
  ])('tell %s', (_, from, to) => {
    expect(changed(from, to)).not.toEqual(bytes(text))
  })

  const model = (ini: string, error: string) => `ini({\n${ini}\n})\nmodel({\nd/dt(A) = -k*exp(e)*A\n${error}\n})\n`
  const whole = model('k <- c(0, 1, 5)\ne ~ 0.1\ns <- 2', 'A ~ add(s)')
  it.each([
    ['bounds', model('k <- c(0, 1, 6)\ne ~ 0.1\ns <- 2', 'A ~ add(s)')],
    ['fixing', model('k <- fixed(c(0, 1, 5))\ne ~ 0.1\ns <- 2', 'A ~ add(s)')],
    ['variances', model('k <- c(0, 1, 5)\ne ~ 0.2\ns <- 2', 'A ~ add(s)')],
    ['residual errors', model('k <- c(0, 1, 5)\ne ~ 0.1\ns <- 2', 'A ~ prop(s)')],
    ['kinds of parameters', model('k <- c(0, 1, 5)\ne <- 0\ns <- 2', 'A ~ add(s)')],
  ])('tell %s', (_, other) => {
    expect(bytes(other)).not.toEqual(bytes(whole))
  })
})
