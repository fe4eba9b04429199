import { compileModel, parseExpression, parseModel } from '@cartkin/model'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { errorsOf } from './compile-text.ts'
import { hostileTexts, kinds } from './hostile-texts.ts'
import { randomExpression } from './random-expression.ts'

const prototypes = [Object.prototype, Array.prototype, Function.prototype, Map.prototype]
const keys = () => prototypes.map((prototype) => Reflect.ownKeys(prototype).map(String).join()).join('\n')

/** Parses a text and checks what must hold of any answer. */
function parse(text: string): void {
  const result = parseModel(text)
  if (result.ok) {
    expect(result.model.states.length + result.model.outputs.length).toBeGreaterThan(0)
    return
  }
  expect(result.diagnostics.length).toBeGreaterThan(0)
  expect(result.diagnostics.length).toBeLessThanOrEqual(20)
  const odd = result.diagnostics.filter(({ message, span: { offset, line, column } }) => {
    const isPlace = offset >= 0 && offset <= text.length && line > 0 && column > 0
    return !isPlace || message === '' || message.length > 500
  })
  expect(odd).toEqual([])
}

describe('hostile texts', () => {
  it(`are more than 300 of ${kinds.length} kinds`, () => {
    expect(hostileTexts.length).toBeGreaterThan(300)
  })

  it.each(kinds.map(({ name }) => name))('%s: no exception, no code run, prototypes unchanged', (kind) => {
    const before = keys()
    for (const { text } of hostileTexts.filter((hostile) => hostile.kind === kind)) {
      parse(text)
      parseExpression(text)
    }
    expect(keys()).toBe(before)
  })
})

const vocabulary = [
  ...['d/dt(x)', 'd/dt(', 'x', 'k', 'x(0)', 'f(x)', 'lag(x)', '=', '<-', '->', '~', '+', '-', '*', '/', '^', '**'],
  ...['(', ')', '{', '}', ',', ';', '\n', ' ', 'if', 'else', 'if (', 'ini({', 'model({', '})', 'function()', 'c('],
  ...[
    '1',
    '2.5',
    '1e6',
    'exp(',
    'ifelse(',
    'max(',
    't',
    'time',
    '<',
    '>=',
    '==',
    '&',
    '|',
    '!',
    '"a"',
    '`b`',
    '# [1/d] c',
  ],
]

describe('random texts', () => {
  it('of any characters', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 100 }), parse), { numRuns: 1500 })
  })

  it('of pieces of the language', () => {
    const pieces = fc.array(fc.constantFrom(...vocabulary), { maxLength: 40 }).map((list) => list.join(' '))
    fc.assert(fc.property(pieces, parse), { numRuns: 6000 })
  })

  it('that are mutations of a valid one', () => {
    const mutation = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      cut: fc.nat(4),
      put: fc.constantFrom('', ...vocabulary),
    })
    const texts = fc
      .tuple(randomExpression(['x', 'y', 'p', 'q']), fc.array(mutation, { minLength: 1, maxLength: 4 }))
      .map(([{ text }, mutations]) => {
        let mutated = `p = 1 # [1/d] a\nq = 2\nif (p > q) { r = 1 } else r = 2\nd/dt(x) = r*(${text})\nd/dt(y) = x\nx(0) = p\nf(y) = q\n`
        for (const { at, cut, put } of mutations) {
          const place = Math.floor(at * mutated.length)
          mutated = mutated.slice(0, place) + put + mutated.slice(place + cut)
        }
        return mutated
      })
    fc.assert(fc.property(texts, parse), { numRuns: 3000 })
  })
})

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
