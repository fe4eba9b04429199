import { libraryModels } from '@cartkin/cart-models'
import { analyseText, completionsAt, definitionsAt, hoverAt, nameAt, referencesTo, textTokens } from '@cartkin/model'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { modelText } from '../print/random-text.ts'

const text = `# Oral dosing
oral <- function() {
  description <- "one compartment"
  ini({
    tka <- c(-1, 0.5, 2) # [1/h] log of absorption
    eta.ka ~ 0.1
    sd <- 0.3
  })
  model({
    ka <- exp(tka + eta.ka) # [1/h] absorption
    hidden ~ 2 * ka
    d/dt(depot) <- -ka * depot # [mg] gut
    depot(0) <- pow(WT, 0.75)
    f(depot) <- 0.9
    if (SEX == "female") { cp <- depot / hidden } else cp <- depot
    cp ~ add(sd)
  })
}
`

/** The offset of the nth appearance of some words, and so many characters on. */
function at(words: string, nth = 1, further = 0): number {
  let offset = -1
  for (let i = 0; i < nth; i++) offset = text.indexOf(words, offset + 1)
  expect(offset).toBeGreaterThanOrEqual(0)
  return offset + further
}

const analysis = analyseText(text)

describe('tokens', () => {
  const kindsOf = (of: string) =>
    textTokens(analyseText(of)).map(({ kind, offset, length }) => [of.slice(offset, offset + length), kind])

  it('have the kinds that colours tell apart', () => {
    const kinds = new Map(kindsOf(text).map(([word = '', kind]) => [word, kind]))
    expect(Object.fromEntries(kinds)).toMatchObject({
      oral: 'metadata',
      description: 'metadata',
      function: 'keyword',
      ini: 'keyword',
      model: 'keyword',
      if: 'keyword',
      d: 'keyword',
      dt: 'keyword',
      exp: 'function',
      pow: 'function',
      f: 'function',
      tka: 'parameter',
      'eta.ka': 'eta',
      WT: 'input',
      SEX: 'input',
      ka: 'output',
      hidden: 'local',
      depot: 'state',
      cp: 'output',
      '0.75': 'number',
      '"female"': 'string',
      '[1/h]': 'unit',
      '# ': 'comment',
      ' absorption': 'comment',
      '# Oral dosing': 'comment',
      '<-': 'operator',
    })
  })

  it('take in a bare text, constants, and what means nothing', () => {
    expect(kindsOf('y = pi*t + q ? 3')).toEqual([
      ['y', 'output'],
      ['=', 'operator'],
      ['pi', 'constant'],
      ['*', 'operator'],
      ['t', 'constant'],
      ['+', 'operator'],
      ['q', 'name'],
      ['?', 'invalid'],
      ['3', 'number'],
    ])
  })

  it('of any text are in order, without overlap, and leave only blanks between them', () => {
    fc.assert(
      fc.property(brokenText(), (broken) => {
        let end = 0
        for (const { offset, length } of textTokens(analyseText(broken))) {
          expect(length).toBeGreaterThan(0)
          expect(broken.slice(end, offset).trim()).toBe('')
          expect(offset).toBeGreaterThanOrEqual(end)
          end = offset + length
        }
        expect(broken.slice(end).trim()).toBe('')
      }),
      { numRuns: 100, endOnFailure: true },
    )
  })
})

/** Model texts with a stretch cut out, doubled or overwritten. */
function brokenText(): fc.Arbitrary<string> {
  const source = fc.oneof(modelText(), fc.constantFrom(text, ...libraryModels.map((model) => model.text)))
  const insert = fc.constantFrom('', '(', '}', '#', '"', '`', '~', 'd/dt(', 'if', '[', '\n', 'é', '%%', '->')
  return fc.tuple(source, fc.nat(), fc.nat(40), insert).map(([whole, place, cut, more]) => {
    const from = place % (whole.length + 1)
    return whole.slice(0, from) + more + whole.slice(from + cut)
  })
}

describe('hover', () => {
  it('tells unit, label, value and bounds of a parameter', () => {
    expect(hoverAt(analysis, at('tka', 2, 1))).toMatchObject({
      kind: 'parameter',
      name: 'tka',
      unit: '1/h',
      label: 'log of absorption',
      parameter: { value: 0.5, lower: -1, upper: 2, fixed: false },
      offset: at('tka', 2),
      length: 3,
    })
  })

  it('tells the equation of a state, and the lines of an output', () => {
    expect(hoverAt(analysis, at('depot', 2))).toMatchObject({
      kind: 'state',
      unit: 'mg',
      lines: ['d/dt(depot) <- -ka * depot', 'depot(0) <- pow(WT, 0.75)'],
    })
    expect(hoverAt(analysis, at('cp', 1))).toMatchObject({
      kind: 'output',
      lines: ['cp <- depot / hidden', 'cp <- depot'],
    })
  })

  it('tells what functions do', () => {
    expect(hoverAt(analysis, at('pow('))).toMatchObject({ kind: 'function', signature: 'pow(base, exponent)' })
    expect(hoverAt(analysis, at('add('))).toMatchObject({ kind: 'function', signature: 'add(sd)' })
    expect(hoverAt(analysis, at('f(depot)'))).toMatchObject({ kind: 'function', signature: 'f(x)' })
  })

  it('tells the levels of an input, and nothing of signs and metadata', () => {
    expect(hoverAt(analysis, at('SEX'))).toMatchObject({ kind: 'input', parameter: { levels: ['female'] } })
    for (const words of ['<-', 'description', '0.75', 'Oral']) expect(hoverAt(analysis, at(words))).toBeUndefined()
  })
})

describe('definition and references', () => {
  const lines = (spans: readonly { readonly line: number }[]) => spans.map(({ line }) => line)

  it('are found for every kind of name', () => {
    expect(definitionsAt(analysis, at('tka', 2))).toMatchObject([{ line: 5, column: 5, length: 3 }])
    expect(lines(definitionsAt(analysis, at('eta.ka', 2)))).toEqual([6])
    expect(lines(definitionsAt(analysis, at('depot', 2)))).toEqual([12])
    expect(lines(definitionsAt(analysis, at('cp ~')))).toEqual([15, 15])
    expect(lines(definitionsAt(analysis, at('WT')))).toEqual([13])
    expect(definitionsAt(analysis, at('exp('))).toEqual([])
  })

  it('are the same for all references of a name', () => {
    expect(lines(referencesTo(analysis, 'ka'))).toEqual([10, 11, 12])
    for (const { offset } of referencesTo(analysis, 'ka')) expect(nameAt(analysis, offset)).toBe('ka')
  })
})

describe('completions', () => {
  /** The proposals where `|` stands, in a text that may be broken there. */
  const proposals = (before: string, after = '') =>
    completionsAt(analyseText(before + after), before.length).proposals.map((proposal) => proposal.text)

  it('are the names in scope, with value and unit, and the functions', () => {
    const { offset, length, proposals: found } = completionsAt(analysis, at('tka + eta.ka', 1, 2))
    expect([offset, length]).toEqual([at('tka + eta.ka'), 2])
    expect(found).toEqual([{ kind: 'parameter', text: 'tka', detail: '0.5 [1/h]', summary: 'log of absorption' }])
    expect(proposals('k = 1 # [1/h] loss\nd/dt(A) = -', '\nlate = A\n')).toEqual(
      expect.arrayContaining(['k', 'A', 'exp', 'tad']),
    )
    expect(proposals('k = 1 # [1/h] loss\nd/dt(A) = -', '\nlate = A\n')).not.toContain('late')
  })

  it('are statements at the start of a line', () => {
    expect(proposals('k = 1\n')).toEqual(expect.arrayContaining(['d/dt(x) = ', 'x(0) = ', 'cmt(x)', 'k']))
    expect(proposals('k = 1\ny = ')).not.toContain('d/dt(x) = ')
  })

  it('are states where only a state may stand', () => {
    expect(proposals('k = 1\nd/dt(gut) = -k*gut\nd/dt(blood) = k*gut\nf(', ')')).toEqual(['gut', 'blood'])
    expect(proposals('d/dt(gut) = 1\nd/dt(g')).toEqual(['gut'])
  })

  it('are residual errors after `~`', () => {
    expect(proposals('s = 1\nd/dt(A) = 1\nA ~ add(s) + pr')).toEqual(['prop', 'probitNorm'])
  })

  it('are none in comments and strings', () => {
    for (const before of ['k = 1 # the ', '# ', 'y = (x == "fe', 'y = 12']) expect(proposals(before)).toEqual([])
  })
})

describe('the service', () => {
  it('answers everywhere in every text', () => {
    fc.assert(
      fc.property(brokenText(), fc.nat(), (broken, place) => {
        const broke = analyseText(broken)
        const offset = place % (broken.length + 1)
        completionsAt(broke, offset)
        hoverAt(broke, offset)
        const name = nameAt(broke, offset)
        const definitions = definitionsAt(broke, offset)
        // whatever is a name is among its own references and has a place
        if (name !== undefined) {
          expect(
            referencesTo(broke, name).some((span) => span.offset <= offset && offset <= span.offset + span.length),
          ).toBe(true)
          expect(definitions.length).toBeGreaterThan(0)
        } else expect(definitions).toEqual([])
      }),
      { numRuns: 100, endOnFailure: true },
    )
  })

  it.each([
    ['many unknown functions', 'y = foo(1)\n'.repeat(30_000)],
    ['many names', Array.from({ length: 30_000 }, (_, k) => `a${k} = a${k}*2\n`).join('')],
    ['one long sum', `y = ${'k + '.repeat(100_000)}1`],
    ['open brackets', '('.repeat(300_000)],
    ['comments without ends of units', '#[\n'.repeat(200_000)],
    ['strings that do not close', `x = ${'"a\n'.repeat(100_000)}`],
    ['many derivatives of unknown states', 'y = d/dt(foo)\n'.repeat(30_000)],
    ['many empty comments', '#\n'.repeat(100_000)],
    ['many conditions in time', Array.from({ length: 15_000 }, (_, k) => `y${k} = t < ${k}\n`).join('')],
    ['a bracket too many', 'ini({\n a <- 1 })\nmodel({ d/dt(x) = 1 })\n}\n'],
    ['more than is read', 'x'.repeat(3 * 1024 * 1024)],
  ])('is done soon with %s', (_, long) => {
    const broke = analyseText(long)
    textTokens(broke)
    for (const offset of [0, long.length >> 1, long.length]) {
      completionsAt(broke, offset)
      hoverAt(broke, offset)
      definitionsAt(broke, offset)
    }
  })
})
