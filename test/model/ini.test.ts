import { describe, expect, it } from 'vitest'
import { errorsOf, modelOf } from './compile-text.ts'

const ini = (entries: string, use = 'y = 1 + WT') => `m <- function() {\n ini({\n${entries}\n })\n model({ ${use} })\n}`
const parametersOf = (entries: string) => modelOf(ini(entries)).parameters.filter(({ inIni }) => inIni)
const blocksOf = (entries: string) => modelOf(ini(entries)).omega
const refusal = (entries: string) => errorsOf(ini(entries))

describe('fixed effects', () => {
  it.each([
    ['a <- log(0.16)', { value: Math.log(0.16) }],
    ['a = -2^2', { value: -4 }],
    ['a <- fix(log(2))', { value: Math.LN2, fixed: true }],
    ['a <- fixed(-0.5)', { value: -0.5, fixed: true }],
    ['a <- c(0, 1)', { value: 1, lower: 0 }],
    ['a <- c(0, 1, Inf)', { value: 1, lower: 0, upper: Number.POSITIVE_INFINITY }],
    ['a <- c(-Inf, 1, 3)', { value: 1, lower: Number.NEGATIVE_INFINITY, upper: 3 }],
    ['a <- fix(0, 1, 3)', { value: 1, lower: 0, upper: 3, fixed: true }],
    ['a <- c(0, 1, 3, fixed)', { value: 1, lower: 0, upper: 3, fixed: true }],
    ['a <- c(0, fix(1))', { value: 1, lower: 0, fixed: true }],
    ['a <- log(c(0, 2.7, 100))', { value: Math.log(2.7), lower: Number.NEGATIVE_INFINITY, upper: Math.log(100) }],
    ['a <- log(0.62 / (1 - 0.62)) + 22/60', { value: Math.log(0.62 / 0.38) + 22 / 60 }],
    ['a <- 3.45; label("log V")  # note', { value: 3.45, label: 'log V' }],
    ['a <- 3.45 # [log(L)] log V', { value: 3.45, label: 'log V', unit: 'log(L)' }],
    ['a <- 3; label("Clearance (L/day)")', { value: 3, label: 'Clearance (L/day)', unit: 'L/day' }],
    ['a <- 3; label("Exponent (of weight)")', { unit: '' }],
    ['a <- 3 # [mL/h]\nlabel("Clearance (L/day)")', { unit: 'mL/h' }],
    ['a <- 3\nlabel ("on a line of its own")', { value: 3, label: 'on a line of its own' }],
  ])('%s', (entry, wanted) => {
    const [parameter] = parametersOf(entry)
    for (const [key, value] of Object.entries(wanted)) {
      const found = Object.entries(parameter ?? {}).find(([name]) => name === key)?.[1]
      if (typeof value === 'number' && Number.isFinite(value)) expect(found).toBeCloseTo(value, 14)
      else expect(found).toBe(value)
    }
  })

  it.each([
    ['a <- 1\na <- 2', '4:1 `a` is given a second time; the first is at line 3'],
    ['a <- c(2, 1)', '3:1 The estimate 1 of `a` is outside its bounds [2, Infinity]'],
    ['a <- c(1, 2, 3, 4)', '3:1 `a` has 4 numbers; expected c(lower, estimate, upper)'],
    ['a <- b', '3:6 `b` stands in a constant of `ini`'],
    ['a <- "x"', '3:6 The text `x` is no number'],
    ['a <- sd(2)', '3:6 `sd` belongs to variances'],
    ['label("x")', '3:1 There is no parameter before this label'],
    ['a <- 1; backTransform("sqrt")', '3:9 `sqrt` is no back-transform known here; there are exp'],
    ['prior(a) ~ dnorm(0, 1)', '3:1 Prior distributions'],
    ['dist(eta) ~ dgamma(1, 2)', '3:1 Random effects of other distributions'],
    ['~ invWishart(4)', '3:1 Priors of all random effects'],
    ['a <- 1\na ~ 4', '4:1 `a` is a fixed effect (line 3); priors'],
  ])('%j is refused', (entry, message) => {
    expect(refusal(entry)).toEqual([expect.stringContaining(message)])
  })
})

describe('random effects', () => {
  it.each([
    ['e ~ 0.3', [0.3]],
    ['e ~ log(0.68^2 + 1)', [Math.log(0.68 * 0.68 + 1)]],
    ['e ~ sd(0.3)', [0.09]],
    ['e ~ fix(0)', [0]],
    ['a + b ~ c(0.3,\n 0.005, 0.1)', [0.3, 0.005, 0.1]],
    ['a + b ~ fix(0.3, 0.005, 0.1)', [0.3, 0.005, 0.1]],
    // covariances from correlations: 0.25·√(1·4), 0.9·√(1·9), 0.5·√(4·9)
    ['a + b + c ~ cor(1,\n 0.25, 4,\n 0.9, 0.5, 9)', [1, 0.5, 4, 2.7, 3, 9]],
    ['a + b + c ~ cor(sd(1, 0.25, 4, 0.9, 0.5, 9))', [1, 1, 16, 8.1, 18, 81]],
    ['a + b + c ~ sd(cor(1, 0.25, 4, 0.9, 0.5, 9))', [1, 1, 16, 8.1, 18, 81]],
    ['a + b ~ sd(2, 0.5, 3)', [4, 0.5, 9]],
    ['a + b ~ var(cor(4, 0.5, 9))', [4, 3, 9]],
    ['a + b ~ chol(2, 1, 3)', [4, 2, 10]],
    ['a ~ 0.3\nb ~ c(0.01, 0.1)\nd ~ c(0.01, 0.02, 0.2)', [0.3, 0.01, 0.1, 0.01, 0.02, 0.2]],
  ])('%j are variances and covariances', (entries, wanted) => {
    const [block, ...others] = blocksOf(entries)
    expect(others).toEqual([])
    wanted.forEach((value, i) => {
      expect(block?.lower[i]).toBeCloseTo(value, 14)
    })
    expect(block?.lower).toHaveLength(wanted.length)
  })

  it('stay apart when each line has its own variance', () => {
    expect(blocksOf('a ~ 0.1\nb ~ 0.2\nx <- 1\nc ~ 0.3').map(({ names }) => names)).toEqual([['a'], ['b'], ['c']])
  })

  it('belong to subjects, or to the occasions of a variable', () => {
    expect(blocksOf('a ~ 0.1\nb ~ 0.2 | occ\nc + d ~ c(1, 0, 1) | id').map(({ level }) => level)).toEqual([
      'id',
      'occ',
      'id',
    ])
  })

  it('are parameters of value 0', () => {
    expect(parametersOf('a + b ~ c(1, 0, 1)').map(({ name, value, kind }) => [name, value, kind])).toEqual([
      ['a', 0, 'eta'],
      ['b', 0, 'eta'],
    ])
  })

  it.each([
    ['e ~ -1', '3:5 The variance of `e` is -1; it must not be negative'],
    ['a + b ~ c(1, 2)', '3:9 The covariance of 2 random effects has 3 numbers (lower triangle by rows); got 2'],
    ['a + b ~ c(1, 2, 1)', '3:9 These are no covariances of `a`, `b`: the matrix is not positive definite at `b`'],
    ['a + b ~ c(0, 0.1, 1)', '3:9 These are no covariances'],
    ['a + b ~ cor(1, 1.5, 1)', '3:9 The correlation of `b` and `a` is 1.5; it must be between -1 and 1'],
    ['a ~ 1\nb ~ c(2, 1)', '4:5 These are no covariances of `a`, `b`'],
    ['e ~ x', '3:5 `x` stands in a constant of `ini`'],
    ['e ~ 1 | occ(2)', '3:9 The name of a variable was expected after `|`'],
  ])('%j is refused', (entries, message) => {
    expect(refusal(entries)).toEqual([expect.stringContaining(message)])
  })
})

describe('the scale of a fixed effect', () => {
  const scaleOf = (use: string, entries = 'a <- 0.5\ne ~ 0.1') => modelOf(ini(entries, use)).parameters[0]?.transform

  it.each([
    ['y = exp(a)', { kind: 'log' }],
    ['y = exp(a + e)', { kind: 'log' }],
    ['y = exp(e + a + 0.75*WT) * 2', { kind: 'log' }],
    ['y = expit(a + e)', { kind: 'logit', low: 0, high: 1 }],
    ['y = expit(a + e, 0.1, 200)', { kind: 'logit', low: 0.1, high: 200 }],
    ['y = probitInv(a + e)', { kind: 'probit', low: 0, high: 1 }],
    ['y = a*exp(e)', { kind: 'identity' }],
    ['y = exp(a*e)', { kind: 'identity' }],
    ['y = exp(a) + a', { kind: 'identity' }],
    ['y = exp(a) + expit(a)', { kind: 'identity' }],
    ['if (WT > 1) { y = exp(a) } else { y = exp(a + e) }', { kind: 'log' }],
  ])('%s', (use, wanted) => {
    expect(scaleOf(use)).toEqual(wanted)
  })

  it('may be stated', () => {
    expect(scaleOf('y = a', 'a <- 0.5; backTransform("exp")\ne ~ 1')).toEqual({ kind: 'log' })
  })
})
