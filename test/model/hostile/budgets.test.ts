import { compileModel, parseModel } from '@cartkin/model'
import { describe, expect, it } from 'vitest'
import { errorsOf } from '../compile-text.ts'

describe('budgets, at the limit and one beyond', () => {
  const isOk = (text: string) => parseModel(text).ok
  const nested = (depth: number) => `y = ${'('.repeat(depth - 1)}1${')'.repeat(depth - 1)} + t`

  it('source of 2 MiB', () => {
    const text = (length: number) => `y = t\n#${'a'.repeat(length - 7)}`
    expect(isOk(text(2 ** 21))).toBe(true)
    expect(errorsOf(text(2 ** 21 + 1))[0]).toContain('The text has 2097153 characters; at most 2097152 are read')
  })

  it('500,000 tokens', () => {
    const text = (tokens: number) => `y=t${'\n'.repeat(tokens - 3)}`
    expect(isOk(text(500_000))).toBe(true)
    expect(errorsOf(text(500_001))[0]).toContain('more than 500000 tokens')
  })

  it('nesting of 256', () => {
    expect(isOk(nested(256))).toBe(true)
    expect(errorsOf(nested(257))[0]).toContain('Nesting is deeper than 256 levels')
  })

  it('names of 64 letters', () => {
    expect(isOk(`y = t\n${'a'.repeat(64)} = 1`)).toBe(true)
    expect(errorsOf(`y = t\n${'a'.repeat(65)} = 1`)[0]).toContain('has 65 letters; at most 64 are allowed')
    expect(errorsOf(`y = t\n\`${'a'.repeat(65)}\` = 1`)[0]).toContain('has 65 letters; at most 64 are allowed')
  })

  it('2,000 states', () => {
    const text = (count: number) => Array.from({ length: count }, (_, i) => `d/dt(x${i}) = -x${i}`).join('\n')
    expect(isOk(text(2000))).toBe(true)
    expect(errorsOf(text(2001))).toEqual([expect.stringContaining('2001 states; at most 2000 are allowed')])
  })

  it('5,000 parameters', () => {
    const text = (count: number) => `${Array.from({ length: count }, (_, i) => `p${i} = ${i}`).join('\n')}\ny = t`
    expect(isOk(text(5000))).toBe(true)
    expect(errorsOf(text(5001))).toEqual([expect.stringContaining('more than 5000 parameters')])
  })

  it('1,000,000 nodes of the graph: a text that grows beyond is refused, not run', () => {
    const text = (branches: number) => {
      const names = Array.from({ length: branches }, (_, i) => `a${i}`)
      const chain = names.map((name, i) => `if (t*t > ${i}) ${name} = ${i}`).join(' else ')
      return `${names.map((name) => `${name} = t`).join('\n')}\n${chain}`
    }
    expect(isOk(text(500))).toBe(true)
    expect(errorsOf(text(1500))).toEqual([expect.stringContaining('needs more than 1000000 operations')])
  })

  it('derivatives that grow beyond it are refused by compileModel', () => {
    const sum = Array.from({ length: 600 }, (_, i) => `x${i}`).join('+')
    const lines = Array.from({ length: 600 }, (_, i) => `d/dt(x${i}) = (x${i}*s)^63`)
    const result = parseModel([`s = ${sum}`, ...lines].join('\n'))
    expect(result.ok && (() => compileModel(result.model))).toThrow(/more than 2000000 partial derivatives/)
  })
})
