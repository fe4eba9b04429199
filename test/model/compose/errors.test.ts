import { type CompositionPart, composeModels } from '@cartkin/model'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { modelText } from '../print/random-text.ts'
import { composed, pk, problemsOf, response } from './composed.ts'

const drug: CompositionPart = { id: 'pk', text: pk }
const effect: CompositionPart = { id: 'pd', text: response, prefix: 'pd_', connect: { Cp: 'C' } }

describe('what is wrong with a composition is told', () => {
  it.each<[string, readonly CompositionPart[], string]>([
    [
      'two parts with one name, both places and the remedy',
      [drug, { id: 'other', text: 'V = 2\nd/dt(x) = -V*x' }],
      'other 1:1 `V` of part `other` has the name of `V` of part `pk` (line 4): give one of the parts a prefix or one of the names another, or connect `V` to what is meant.',
    ],
    [
      'a new name that is taken',
      [{ ...drug, rename: { ka: 'V' } }],
      'pk 4:1 `V` of part `pk` has the name of `ka` (renamed `V`) of part `pk` (line 2): give one of the parts a prefix or one of the names another, or connect `V` to what is meant.',
    ],
    [
      'an input with the name of what another part gives',
      [drug, { id: 'pd', text: 'd/dt(R) = C - R' }],
      'pd 1:11 The input `C` of part `pd` has the name of `C` of part `pk` (line 8): if that is meant, connect it, `C: C`, else rename one of them.',
    ],
    [
      'a state that is to be connected',
      [{ ...drug, connect: { central: '5' } }],
      'pk 6:1 `central` is a state and cannot be connected: connect what is computed from it, and drop the state if nothing else needs it.',
    ],
    [
      'an unknown name that is connected',
      [drug, { ...effect, connect: { Cq: 'C' } }],
      'pd `Cq` is to be connected, but there is no such name. Did you mean `Cp`?',
    ],
    [
      'an unknown name that is renamed',
      [{ ...drug, rename: { KA: 'k' } }],
      'pk `KA` is to be renamed, but there is no such name. Did you mean `ka`?',
    ],
    [
      'an unknown name that is dropped',
      [{ ...drug, drop: ['AUC'] }],
      'pk `AUC` is to be dropped, but there is no such name.',
    ],
    [
      'a connection to a name that no part gives',
      [drug, { ...effect, connect: { Cp: '2*centrl' } }],
      'pd 1:3 `Cp` is connected to `centrl`, which no part gives. Did you mean `central`?',
    ],
    [
      'a connection that is no expression',
      [drug, { ...effect, connect: { Cp: '2*' } }],
      'pd 1:3 The text ends where a value, a name or `(` was expected.',
    ],
    [
      'a new name that is reserved',
      [{ ...drug, rename: { ka: 'time' } }],
      'pk `ka` cannot be renamed to `time`, which is reserved.',
    ],
    [
      'a new name that is none',
      [{ ...drug, rename: { ka: 'a = 1\nb' } }],
      'pk `ka` cannot be renamed to `a = 1\\u{a}b`; a name has letters, digits, `.` and `_`.',
    ],
    [
      'a prefix that begins no name',
      [{ ...drug, prefix: '1-' }],
      'pk The prefix `1-` begins no name; expected letters, digits, `.` and `_`, such as `toc_`.',
    ],
    [
      'a name that is connected and dropped',
      [drug, { id: 'b', text: 'y = 2*z', connect: { y: 'C' }, drop: ['y'] }],
      'b 1:1 `y` is both connected and dropped; choose one.',
    ],
    [
      'a parameter that is dropped',
      [{ ...drug, drop: ['ka'] }],
      'pk 2:1 `ka` is no output and no state and cannot be dropped; connect it instead.',
    ],
    [
      'a dropped state that is needed',
      [{ ...drug, drop: ['depot'] }],
      'pk 6:1 The state `depot` is dropped, but `d/dt(central)` reads it; connect or drop that, too.',
    ],
    [
      'a circle, with the names on it',
      [
        { id: 'a', text: 'y = 2*u', prefix: 'a_', connect: { u: 'b_y' } },
        { id: 'b', text: 'y = 3*u', prefix: 'b_', connect: { u: 'a_y' } },
      ],
      'a The connections go in a circle: `a_u` of part `a` needs `b_y` of part `b`, which needs `b_u` of part `b`, which needs `a_y` of part `a`, which needs `a_u`. Connect one of them to a state, which has its value at any time.',
    ],
    [
      'what is connected to itself',
      [{ id: 'a', text: 'y = 2*u', prefix: 'a_', connect: { u: 'a_u + 1' } }],
      'a The connections go in a circle: `a_u` of part `a` needs `a_u`. Connect one of them to a state, which has its value at any time.',
    ],
    [
      'times in different units',
      [drug, { id: 'pd', text: 'k = 1 # [1/h]\nd/dt(R) = -k*R # [1]' }],
      'pd Part `pd` counts time in h, part `pk` in day; convert the rates of one of them.',
    ],
    ['two parts of one id', [drug, drug], 'pk Two parts have the id `pk`; give each its own.'],
    [
      'a part that is no model',
      [{ id: 'x', text: 'd/dt(y) = ' }],
      'x 1:9 Nothing follows `=`; expected an expression.',
    ],
    [
      'compartments by number',
      [drug, { id: 'b', text: 'd/dt(x) = -x\ndvid(1)' }],
      'b 2:1 `dvid()` numbers the compartments of its part, which have other numbers in the whole; take it out.',
    ],
    [
      'linCmt() under a prefix',
      [{ id: 'a', text: 'cl = 1\nv = 2\ncp = linCmt()', prefix: 'a_' }],
      'a 3:6 `linCmt()` finds its parameters and compartments by their names, so its part takes no prefix and no new names; give them to the other parts, or write its equations with d/dt.',
    ],
    [
      'linCmt() that would take the names of others',
      [
        { id: 'a', text: 'cl = 1\nv = 2\ncp = linCmt()' },
        { id: 'b', text: 'q = 1\nvp = 3\nd/dt(x) = q - vp*x' },
      ],
      'a 3:6 In the whole `linCmt()` would find parameters of other parts by their names: write its own in the brackets, such as `linCmt(cl, v)`, or give the other parts a prefix.',
    ],
    [
      'one of two random effects with a covariance',
      [
        {
          id: 'a',
          text: 'ini({\nk <- 1\ne1 + e2 ~ c(1, 0.1, 1)\n})\nmodel({\nd/dt(x) = -k*exp(e1 + e2)*x\n})',
          connect: { e1: '0' },
        },
      ],
      'a `e1` is connected and has a covariance with `e2`, which is not; connect all random effects of a block, or none.',
    ],
    ['no parts', [], ' A composition has at least one part.'],
  ])('%s', (_, parts, message) => {
    expect(problemsOf(...parts)).toContain(message)
  })

  it('where a value is needed at a time and a state is given', () => {
    const [problem] = problemsOf(drug, { ...effect, connect: { Cp: 'C', kin: 'C' } })
    expect(problem).toContain('`pd_R(0)` depends on a state')
  })
})

describe('warnings', () => {
  it('tell of a connection whose units clash', () => {
    const ug = pk.replace('[mg] Drug\n', '[ug] Drug\n').replace('C = central/V # [mg/L]', 'C = central/V # [ug/L]')
    const { warnings } = composed({ id: 'pk', text: ug.replace('# [mg] Drug to', '# [ug] Drug to') }, effect)
    expect(warnings.map(({ message }) => message)).toEqual([
      '`pd_Cp` is in [mg/L], but `C` in [ug/L]; they differ by a factor of 1000: convert one, or correct its unit.',
    ])
  })

  it('tell of units that clash where no line connects', () => {
    const { warnings, model } = composed(drug, {
      id: 'pd',
      text: 'V = 3 # [mL] Volume\nd/dt(R) = -R/V',
      connect: { V: 'V' },
    })
    expect(warnings.map(({ message }) => message)).toEqual([
      '`V` is in [mL] in part `pd` and in [L] in part `pk`; they differ by a factor of 1000: connect a converted value, or correct a unit.',
    ])
    expect(model.parameters.map(({ name }) => name)).toEqual(['ka', 'CL', 'V'])
  })

  it('tell of doses that count in all parts', () => {
    const { warnings } = composed(drug, { id: 'b', text: 'd/dt(x) = -x\nlate = tad()' })
    expect(warnings[0]?.message).toContain('counts doses into any state')
    expect(composed(drug, { id: 'b', text: 'd/dt(x) = -x\nlate = tad(x)' }).warnings).toEqual([])
  })
})

describe('any names and texts', () => {
  it('that a language has of its own are names like others', () => {
    const text =
      'constructor = 2\ntoString = 3\nd/dt(hasOwnProperty) = -constructor*hasOwnProperty + valueOf\ny = toString*2'
    const { names, model, inputs } = composed({
      id: '__proto__',
      text,
      prefix: 'p_',
      rename: { toString: 'constructor' },
      connect: JSON.parse('{"valueOf": "constructor"}'),
    })
    expect(Object.fromEntries(names.get('__proto__') ?? [])).toMatchObject({
      constructor: 'p_constructor',
      toString: 'constructor',
      hasOwnProperty: 'p_hasOwnProperty',
    })
    expect(model.parameters.map(({ name }) => name)).toEqual(['p_constructor', 'constructor'])
    expect(inputs).toEqual([])
    expect(problemsOf({ id: 'a', text, connect: JSON.parse('{"__proto__": "1"}') })).toEqual([
      'a `__proto__` is to be connected, but there is no such name.',
    ])
  })

  it('never throw', () => {
    const word = fc.constantFrom(
      'x',
      'y',
      'k',
      'a_x',
      'b_y',
      '',
      '`',
      '\n',
      '} d/dt(x) = 1',
      '__proto__',
      'if',
      't',
      '1/0',
    )
    const names = fc.dictionary(word, fc.oneof(word, fc.string({ maxLength: 12 })), { maxKeys: 3 })
    const text = fc.oneof(
      modelText(),
      fc.constantFrom('k = 1\nd/dt(x) = -k*x + u\ny = x/k', 'y = x', 'x ~ 3\ny ~ x + z', '}', 'ini({', ''),
      fc.string({ maxLength: 60 }),
    )
    const part = fc.record({
      id: word,
      text,
      prefix: word,
      rename: names,
      connect: names,
      drop: fc.array(word, { maxLength: 2 }),
    })
    fc.assert(
      fc.property(fc.array(part, { maxLength: 3 }), fc.string(), (parts, name) => {
        const result = composeModels({ name, parts })
        expect(result.ok || result.problems.length > 0).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('cost no more than the budget allows', () => {
    const long = `k = 1\nd/dt(x) = -k*x\n${'# a comment\n'.repeat(100_000)}`
    expect(problemsOf({ id: 'a', text: long }, { id: 'b', text: long })).toEqual([
      ' The texts of the parts have 2400042 characters together; at most 2097152 are read.',
    ])
    const many = Array.from({ length: 101 }, (_, k) => ({ id: `p${k}`, text: 'd/dt(x) = -x', prefix: `p${k}_` }))
    expect(problemsOf(...many)).toEqual([' There are 101 parts; at most 100 are allowed.'])
    expect(problemsOf({ ...drug, prefix: 'p'.repeat(60) })).toContain(
      `pk 5:1 \`${'p'.repeat(60)}depo…\` has 65 letters; at most 64 are allowed.`,
    )
  })

  it('of a long chain of lines need no recursion', () => {
    const count = 12_000
    const chain = Array.from({ length: count }, (_, k) => `v${k + 1} ~ v${k}*0.5`).join('\n')
    const { model } = composed(
      { id: 'a', text: 'd/dt(x) = -u*x', connect: { u: `v${count}` } },
      { id: 'b', text: `v0 = 1\n${chain}\nd/dt(y) = -y` },
    )
    expect(model.states).toHaveLength(2)
  })
})
