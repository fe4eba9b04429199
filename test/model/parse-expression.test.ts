import { nearestName, parseExpression } from '@cartkin/model'
import { describe, expect, it } from 'vitest'

describe('parseExpression', () => {
  it('reads arithmetic over names, each once, in order', () => {
    const expression = parseExpression('(w_flu + w_cy)*exp(0)*LDon - w_flu^2/4')
    if (!expression.ok) throw new Error('expected an expression')
    expect(expression.names).toEqual(['w_flu', 'w_cy', 'LDon'])
    const values = new Map([
      ['w_flu', 2],
      ['w_cy', 3],
      ['LDon', 10],
    ])
    expect(expression.evaluate((name) => values.get(name) ?? Number.NaN)).toBe(49)
    expect(expression.evaluate(() => 1)).toBe(1.75)
  })

  it('reads plain numbers', () => {
    const expression = parseExpression(' 1e6 ')
    expect(expression.ok && [expression.names, expression.evaluate(() => 0)]).toEqual([[], 1e6])
  })

  it.each([
    ['', '1:1 The text ends where a value'],
    ['a +', '1:4 The text ends'],
    ['a b', '1:3 `b` where an operator or the end of the expression was expected'],
    ['a = 3', '1:3 `=` where an operator'],
    ['t*3', '1:1 `t` has no meaning in this expression'],
    ['d/dt(x)', '1:1 `d/dt(x)` has no meaning'],
    ['exq(3)', '1:1 There is no function `exq`. Did you mean `exp`?'],
    ['(a', '1:1 This `(` is not closed'],
  ])('refuses %j', (text, message) => {
    const result = parseExpression(text)
    const found = result.ok ? [] : result.diagnostics.map((d) => `${d.span.line}:${d.span.column} ${d.message}`)
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(message)
  })
})

describe('nearestName', () => {
  it.each([
    ['kdeth', 'kdeath'],
    ['kdaeth', 'kdeath'],
    ['KDEATH', 'kdeath'],
    ['rhoo', 'rho'],
    ['hro', 'rho'],
    ['x', undefined],
    ['completely', undefined],
    ['', undefined],
  ])('of %j is %j', (name, expected) => {
    expect(nearestName(name, ['rho', 'kdeath', 'V'])).toBe(expected)
  })
})
