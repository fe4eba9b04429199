import { libraryModels } from '@cartkin/cart-models'
import { type MathNode, modelMathematics, parseExpression, parseModel } from '@cartkin/model'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { modelOf } from '../compile-text.ts'
import { modelText } from './random-text.ts'
import { readMathematics, shapeFault } from './read-mathematics.ts'

const nodesOf = (text: string): readonly MathNode[] =>
  modelMathematics(modelOf(text)).flatMap(({ rows }) => rows.flatMap(({ left, lines }) => [left, ...lines]))

/** The right side of the one definition of a text, as a page shows it. */
function shown(expression: string): MathNode {
  const text = `a = 1\nb = 2\nc = 3\nd/dt(x) = -x\ny = ${expression}\n`
  const row = modelMathematics(modelOf(text))
    .flatMap(({ rows }) => rows)
    .find(({ name }) => name === 'y')
  if (row === undefined) throw new Error(`${expression} is shown nowhere`)
  return { tag: 'mrow', children: row.lines }
}

const read = (expression: string) =>
  readMathematics(shown(expression)).replace(/^==/, '').replaceAll('\u2003', '').trim()

const { expression } = fc.letrec<{ expression: string; condition: string }>((tie) => {
  const inner = tie('expression')
  const operator = fc.constantFrom('+', '-', '*', '/', '^')
  const comparison = fc.constantFrom('<', '<=', '>', '>=', '==', '!=')
  return {
    condition: fc.oneof(
      { depthSize: 'small' },
      fc.tuple(inner, comparison, inner).map(([l, o, r]) => `(${l}) ${o} (${r})`),
      fc.tuple(tie('condition'), fc.constantFrom('&', '|'), tie('condition')).map(([l, o, r]) => `(${l}) ${o} (${r})`),
      tie('condition').map((c) => `!(${c})`),
    ),
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom('a', 'b', 'c', '2', '0.5', '1e-7', '2.5e12', '120000', '3'),
      fc.tuple(inner, operator, inner).map(([l, o, r]) => `(${l})${o}(${r})`),
      inner.map((e) => `-(${e})`),
      fc
        .tuple(fc.constantFrom('exp', 'log', 'sqrt', 'abs', 'floor', 'ceil', 'tanh', 'atan'), inner)
        .map(([f, e]) => `${f}(${e})`),
      fc.tuple(fc.constantFrom('max', 'min'), inner, inner).map(([f, l, r]) => `${f}(${l}, ${r})`),
      fc.tuple(tie('condition'), inner, inner).map(([c, l, r]) => `ifelse(${c}, ${l}, ${r})`),
    ),
  }
})

function numberOf(text: string, values: Readonly<Record<string, number>>): number {
  const parsed = parseExpression(text)
  if (!parsed.ok) throw new Error(`${text}: ${parsed.diagnostics.map(({ message }) => message).join('; ')}`)
  return parsed.evaluate((name) => values[name] ?? Number.NaN)
}

describe('the mathematics of a model', () => {
  it('means what the text means', () => {
    fc.assert(
      fc.property(
        expression,
        fc.tuple(fc.double({ min: -3, max: 3 }), fc.double({ min: -3, max: 3 }), fc.double({ min: 0.1, max: 3 })),
        (text, [a, b, c]) => {
          const values = { a, b, c }
          const ours = numberOf(read(text), values)
          const theirs = numberOf(text, values)
          // brackets that mean nothing may move a product by a rounding
          if (Number.isFinite(theirs)) expect(ours).toBeCloseTo(theirs, 6 - Math.ceil(Math.log10(1 + Math.abs(theirs))))
          else expect(Number.isFinite(ours)).toBe(false)
        },
      ),
      { numRuns: 500 },
    )
  })

  it.each([
    ['a/b', '((a)/(b))'],
    ['a - (b - c)', 'a -(b -c)'],
    ['a - -b', 'a -( -b)'],
    ['-a^2', '-(a)^(2)'],
    ['(a*b)^-c', '((a*b))^( -c)'],
    ['1e-7*a', '(10)^( -7)*a'],
    ['ifelse(a < 1, 0, ifelse(b >= 2, 1, 2))', 'ifelse(a<1, 0, ifelse(b>=2, 1, 2))'],
    ['1000000*a - 12345678 + 100', '(10)^(6)*a -12345678+100'],
    ['2500000000/a', '((2.5*(10)^(9))/(a))'],
    ['abs(a)*sqrt(b + c)', 'abs(a)*sqrt(b+c)'],
  ])('shows %s as %s', (text, expected) => expect(read(text)).toBe(expected))

  it('sets names as signs: Greek letters, subscripts, words', () => {
    const nodes = nodesOf('alpha = 1\nk_e0 = 2\nk.e0 = 3\nCL = 4\nd/dt(x) = -alpha*k_e0*k.e0*CL*x\n')
    const right = JSON.stringify(nodes[1])
    for (const sign of [
      { tag: 'mi', text: 'α' },
      {
        tag: 'msub',
        children: [
          { tag: 'mi', text: 'k' },
          { tag: 'mi', text: 'e0' },
        ],
      },
      // a second name that would look the same is spelt out
      { tag: 'mtext', text: 'k.e0' },
      { tag: 'mi', text: 'CL' },
    ])
      expect(right).toContain(JSON.stringify(sign))
  })

  it('shows every derivative, definition and start of a text once', () => {
    const sections = modelMathematics(modelOf('k = 1\nu = k*2\nd/dt(x) = -k*x\nd/dt(z) = k*x\nx(0) = 3\nf(x) = u\n'))
    expect(sections.map(({ title, rows }) => [title, rows.map(({ name, of }) => `${of} ${name}`)])).toEqual([
      ['Definitions', ['variable u']],
      ['Differential equations', ['derivative x', 'derivative z']],
      ['Initial values', ['initial x']],
      ['Doses', ['bioavailability x']],
    ])
    for (const { latex, rows } of sections) {
      expect(latex.startsWith('\\begin{align*}\n')).toBe(true)
      expect(latex.split(' \\\\\n')).toHaveLength(rows.length)
    }
  })

  it('shows random effects and residual errors', () => {
    const nodes = nodesOf(`ini({
      tcl <- 1
      eta.cl + eta.v ~ c(0.1, 0.01, 0.2)
      sd <- 0.5
      cv <- 0.2
    })
    model({
      d/dt(C) = -exp(tcl + eta.cl)*C*exp(eta.v)
      C ~ lnorm(sd)
      D = C
      D ~ add(sd) + prop(cv)
    })`)
    const texts = JSON.stringify(nodes)
    for (const text of ['𝒩', '∼', 'ε', 'obs', '0.01']) expect(texts).toContain(`"${text}"`)
    expect(nodes.map(shapeFault).filter((fault) => fault !== undefined)).toEqual([])
  })

  it.each(libraryModels.map(({ id, text }) => ({ id, text })))(
    'of $id is well formed, with every state',
    ({ text }) => {
      const model = modelOf(text)
      const rows = modelMathematics(model).flatMap(({ rows }) => rows)
      expect(rows.filter(({ of }) => of === 'derivative').map(({ name }) => name)).toEqual(
        model.states.map(({ name }) => name),
      )
      for (const { left, lines } of rows) for (const node of [left, ...lines]) expect(shapeFault(node)).toBeUndefined()
    },
  )

  it('of any model is well formed', () => {
    fc.assert(
      fc.property(modelText(), (text) => {
        const parsed = parseModel(text)
        fc.pre(parsed.ok)
        for (const node of nodesOf(text)) expect(shapeFault(node)).toBeUndefined()
      }),
      { numRuns: 200 },
    )
  })
})
