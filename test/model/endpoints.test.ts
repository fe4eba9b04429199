import { describe, expect, it } from 'vitest'
import { errorsOf, modelOf } from './compile-text.ts'

const text = (line: string) => `a = 1\nb = 2\nl = 0.5\nn = 3\nd/dt(x) = -a*x\ny = x/2\nlam = exp(x)\nh ~ 2\n${line}`
const errorModelOf = (line: string) => modelOf(text(line)).errorModels[0]
const parameter = (name: string) => ({ kind: 'parameter', name })
const one = { kind: 'number', value: 1 }

describe('a residual error', () => {
  it.each([
    ['y ~ add(a)', { additive: parameter('a'), transform: { kind: 'identity' } }],
    ['y ~ norm(a)', { additive: parameter('a') }],
    ['y ~ prop(b)', { proportional: { coefficient: parameter('b'), exponent: one } }],
    ['y ~ pow(b, n)', { proportional: { coefficient: parameter('b'), exponent: parameter('n') } }],
    ['y ~ add(a) + prop(b)', { additive: parameter('a'), combination: 'variance' }],
    ['y ~ add(a) + prop(b) + combined1()', { combination: 'deviation' }],
    ['y ~ add(a) + pow(b, n) + combined2()', { combination: 'variance' }],
    ['y ~ lnorm(a)', { additive: parameter('a'), transform: { kind: 'log' } }],
    ['y ~ dlnorm(a)', { transform: { kind: 'log' } }],
    [
      'y ~ lnorm(NA) + prop(b)',
      { transform: { kind: 'log' }, proportional: { coefficient: parameter('b'), exponent: one } },
    ],
    ['y ~ logitNorm(a)', { additive: parameter('a'), transform: { kind: 'logit', low: 0, high: 1 } }],
    ['y ~ logitNorm(a, -1, 10)', { transform: { kind: 'logit', low: -1, high: 10 } }],
    ['y ~ probitNorm(a, 0, 5)', { transform: { kind: 'probit', low: 0, high: 5 } }],
    ['y ~ add(a) + boxCox(l)', { transform: { kind: 'boxCox', lambda: parameter('l') } }],
    ['y ~ add(a) + yeoJohnson(0.5)', { transform: { kind: 'yeoJohnson', lambda: { kind: 'number', value: 0.5 } } }],
    ['y ~ add(a) + t(n)', { distribution: { kind: 't', degreesOfFreedom: parameter('n') } }],
    ['y ~ add(a) + cauchy()', { distribution: { kind: 't', degreesOfFreedom: one } }],
    ['y ~ add(a) + dnorm()', { distribution: { kind: 'normal' } }],
    ['y ~ add(0.5)', { additive: { kind: 'number', value: 0.5 } }],
    ['y ~ add(lam)', { additive: { kind: 'output', name: 'lam' } }],
    ['x ~ add(unheard)', { name: 'x', additive: parameter('unheard') }],
    ['y ~ add(a) | effect', { name: 'y', endpoint: 'effect' }],
  ])('%s', (line, wanted) => {
    expect(errorModelOf(line)).toMatchObject({ kind: 'continuous', ...wanted })
  })

  it.each([
    ['score ~ pois(lam)', { kind: 'poisson', name: 'score', mean: { kind: 'output', name: 'lam' } }],
    ['y ~ dpois(lam) | count', { kind: 'poisson', endpoint: 'count' }],
    ['y ~ binom(n, l)', { kind: 'binomial', trials: parameter('n'), probability: parameter('l') }],
  ])('of counts: %s', (line, wanted) => {
    expect(errorModelOf(line)).toMatchObject(wanted)
  })

  it('may be one of several, each with its endpoint', () => {
    const { errorModels } = modelOf(text('y ~ prop(a) | cp\nx ~ add(b)\ny ~ add(a) | again'))
    expect(errorModels.map(({ name, endpoint }) => [name, endpoint])).toEqual([
      ['y', 'cp'],
      ['x', 'x'],
      ['y', 'again'],
    ])
  })

  it('is not the hidden value of a function of the same name', () => {
    const model = modelOf('a = 2\nz ~ pow(a, WT)\ny = 2*z')
    expect(model.errorModels).toEqual([])
    expect(model.outputs.map(({ name }) => name)).toEqual(['y'])
  })

  it.each([
    ['y ~ ar(a)', '9:5 The residual error `ar` is not supported yet; there are add(sd)'],
    ['y ~ propF(a, y)', '9:5 The residual error `propF` is not supported yet'],
    ['y ~ nbinom(n, l)', '9:5 The residual error `nbinom` is not supported yet'],
    ['y ~ c(p1, p2)', '9:5 Ordinal observations'],
    ['linCmt() ~ add(a)', '9:1'],
    ['ll(y) ~ -a', '9:1 `ll()` before `~` is not supported yet'],
    ['y ~ add()', '9:5 `add` is given 0 arguments; expected add(sd)'],
    ['y ~ add(a, b)', '9:5 `add` is given 2 arguments'],
    ['y ~ add(a) + add(b)', '9:14 There are two additive residual errors for `y`'],
    ['y ~ prop(a) + pow(b, n)', '9:15 There are two proportional residual errors'],
    ['y ~ lnorm(a) + boxCox(l)', '9:16 There are two scales'],
    ['y ~ boxCox(l)', '9:1 The residual error of `y` has no standard deviation'],
    ['y ~ pois(lam) + add(a)', '9:5 Counts, `pois`, stand alone'],
    ['y ~ add(2*a)', '9:9 A parameter, a number or a value of the model was expected here'],
    ['y ~ add(h)', '9:9 `h` is hidden by `~`'],
    ['y ~ logitNorm(a, 3, 2)', '9:5 The bounds of `logitNorm` are 3 and 2'],
    ['z ~ add(a)', '9:1 `z` has a residual error but is no state or output'],
    ['y ~ add(a)\ny ~ prop(b)', '10:1 The endpoint `y` has a residual error at line 9, column 1 already'],
    ['y ~ add(a) | 3', '9:14 The name of an endpoint was expected'],
    ['if (a > 1) { y ~ add(a) }', '9:14 A residual error line cannot stand inside `if`'],
  ])('%j is refused', (line, message) => {
    expect(errorsOf(text(line))).toEqual([expect.stringContaining(message)])
  })
})

describe('declarations', () => {
  const system = 'd/dt(a) = -k*a\nd/dt(b) = k*a\nd/dt(c) = k*b\n'
  const statesOf = (source: string) => modelOf(source).states.map(({ name }) => name)

  it('cmt() numbers compartments: those first, the others by appearance', () => {
    expect(statesOf(system)).toEqual(['a', 'b', 'c'])
    expect(statesOf(`cmt(c)\ncmt(b)\n${system}`)).toEqual(['c', 'b', 'a'])
    expect(statesOf(`${system}cmt(b)`)).toEqual(['b', 'a', 'c'])
  })

  it('dosing properties before the d/dt number too, initial values do not', () => {
    expect(statesOf(`f(c) = 0.5\n${system}`)).toEqual(['c', 'a', 'b'])
    expect(statesOf(`c(0) = 0.5\n${system}`)).toEqual(['a', 'b', 'c'])
  })

  it('cmt() may name an endpoint', () => {
    expect(statesOf(`${system}cp = a/2\ncp ~ add(sd) | obs\ncmt(obs)\ncmt(cp)`)).toEqual(['a', 'b', 'c'])
    expect(errorsOf(`${system}cmt(matt)`)).toEqual([
      expect.stringContaining('4:1 cmt(matt) is given, but there is no d/dt(matt)'),
    ])
  })

  it('dvid() tells what data mean', () => {
    expect(modelOf(`${system}dvid(3, 1)`).dvid).toEqual([3, 1])
    expect(errorsOf(`${system}dvid(0)`)).toEqual([expect.stringContaining('the number of a compartment')])
  })

  it('mtime() is a time in parameters alone', () => {
    const model = modelOf('tau = 3\nmtime(t1) <- tau + 1\nd/dt(x) = ifelse(t < t1, 1, 0)')
    expect(model.switches).toHaveLength(1)
    expect(errorsOf('mtime(t1) <- t + 1\nd/dt(x) = t1')).toEqual([
      expect.stringContaining('`mtime(t1)` depends on time; it must be in parameters alone'),
    ])
  })

  it('param() says nothing of values, df()/dy() is not needed', () => {
    const model = modelOf(`param(k, WT)\n${system}df(a)/dy(a) = -k`)
    expect(model.parameters.map(({ name }) => name)).toEqual(['k'])
    expect(model.warnings.map(({ message }) => message)).toEqual([
      'A derivative given by hand is not used: derivatives are exact.',
    ])
  })

  it.each(['interp(WT)', 'printf("x")', 'print(a)'])('%s is refused by name', (line) => {
    const name = line.slice(0, line.indexOf('('))
    expect(errorsOf(`${system}${line}`)).toEqual([expect.stringContaining(`4:1 \`${name}()\` is not supported: `)])
  })

  it.each(['while (a > 1) { a = 2 }', 'for (i in 1) { }', 'repeat { b = 1 }'])('%s is refused', (line) => {
    expect(errorsOf(`${system}${line}`)[0]).toContain('4:1')
  })
})

describe('functions of doses', () => {
  const build = (line: string) => modelOf(`d/dt(a) = -a\nd/dt(b) = a - b\n${line}`)

  it.each([
    ['y = tad()', [{ quantity: 'tlast', state: undefined, before: Number.NaN }]],
    ['y = tad(b)', [{ quantity: 'tlast', state: 1, before: Number.NaN }]],
    ['y = 2*tad', [{ quantity: 'tlast', state: undefined, before: Number.NaN }]],
    ['y = tafd(a) + tafd(a)', [{ quantity: 'tfirst', state: 0, before: Number.NaN }]],
    [
      'y = podo() + dose(b)',
      [
        { quantity: 'podo', state: undefined, before: 0 },
        { quantity: 'dose', state: 1, before: Number.NaN },
      ],
    ],
    ['y = dosenum()', [{ quantity: 'dosenum', state: undefined, before: 0 }]],
  ])('%s', (line, wanted) => {
    expect(build(line).doseInputs).toEqual(wanted)
  })

  it('transit() counts the doses into the state whose rate it is part of', () => {
    const states = modelOf('d/dt(a) = transit(n, mtt) - a\nd/dt(b) = a').doseInputs.map(({ state }) => state)
    expect(new Set(states)).toEqual(new Set([0]))
  })

  it.each([
    ['y = tad(z)', '3:9 There is no d/dt(z) to which a dose could go'],
    ['y = tad(a, b)', '3:5 `tad` takes the name of a state or nothing'],
    ['y = tad(3)', '3:5 `tad` takes the name of a state or nothing'],
    ['y = transit(3)', '3:5 `transit` is given 1 argument; expected transit(n, mtt)'],
    ['b(0) = tad()', '3:1 `b(0)` depends on'],
  ])('%s is refused', (line, message) => {
    expect(errorsOf(`d/dt(a) = -a\nd/dt(b) = a - b\n${line}`)).toEqual([expect.stringContaining(message)])
  })
})

describe('unit()', () => {
  it('says the unit of a name, before that of its comment', () => {
    const model = modelOf(
      'k = 1 # [1/day] rate\nunit(k) <- "1/h"\nunit(x) = "mg"\nd/dt(x) = -k*x # amount\ny = 2*x\nunits(y) <- "mg"',
    )
    expect(
      [...model.parameters, ...model.states, ...model.outputs].map(({ name, unit, label }) => [name, unit, label]),
    ).toEqual([
      ['k', '1/h', 'rate'],
      ['x', 'mg', 'amount'],
      ['y', 'mg', ''],
    ])
  })
})
