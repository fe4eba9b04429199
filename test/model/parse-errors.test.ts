import { formatDiagnostic, parseModel } from '@cartkin/model'
import { describe, expect, it } from 'vitest'
import { errorsOf } from './compile-text.ts'

/** Text, then each message it gets, in order of place. */
const table: readonly (readonly [string, ...string[]])[] = [
  // nothing there
  ['', '1:1 There is no model in this text'],
  ['# only a comment\n\n', '1:1 There is no model in this text'],
  ['k = 1', '1:1 There is no model in this text'],
  ['k = 1,05\nd/dt(x) = -k*x', '1:6 Numbers have a decimal point: write `1.05`, not `1,05`.'],
  [
    'd/dt(x) = (1 + 2*(3)\n',
    '1:11 This `(` is not closed: `)` was expected after the expression; the text ends at line 1, column 21',
  ],
  ['d/dt() = 3', '1:1 `d/dt()` of nothing; expected the name of a state'],
  ['d/dt = 3', '1:1 `d/dt` of nothing; expected d/dt(state) = expression'],
  ['d/dt(x) = ', '1:9 Nothing follows `=`; expected an expression'],
  ['d/dt(x) =\nd/dt(y) = 1', '1:9 Nothing follows `=`'],
  ['a = ;b = 1', '1:3 Nothing follows `=`'],
  ['d/dt(x)', '1:8 The text ends where `=` after d/dt(x) was expected'],
  ['d/dt(3) = 1', '1:6 The number 3 where the name of a state was expected'],
  ['a + b', '1:1 `a + b` assigns nothing; expected name = expression'],
  ['a + b = 3', '1:1 `a + b` cannot be assigned to'],
  ['3 = a', '1:1 `3` cannot be assigned to'],
  ['y = 3 +', '1:8 The text ends where a value, a name or `(` was expected'],
  ['k = 1\nd/dt(x) = -k*x +\n', '2:17 The text ends where a value, a name or `(` was expected'],
  ['y = 3 + # more\n\n', '1:8 The text ends where a value, a name or `(` was expected'],
  ['y = * 3', '1:5 `*` where a value'],
  ['y = 3 4', '1:7 The number 4 where an operator or the end of the statement was expected'],
  ['y = 1 -> 3', '1:7 `->` where an operator or the end'],
  ['1 -> 3', '1:6 The number 3 where a name to assign to was expected'],
  // brackets
  [
    'y = (1 + 2\nd/dt(x) = 1',
    '1:5 This `(` is not closed: `)` was expected after the expression; `d` stands at line 2, column 1',
  ],
  [
    'y = (1 + 2 ; z = 3',
    '1:12 `;` where `)` was expected after the expression: the `(` at line 1, column 5 is not closed',
  ],
  ['y = exp(1', '1:8 This `(` is not closed: `)` was expected or `,` in the arguments of `exp`'],
  ['y = 1)', '1:6 This `)` closes no bracket'],
  ['d/dt(x) = 1\n}', '2:1 This `}` closes no block'],
  ['p = 1\nif (p > 0) { y = 1\nz = 2', '2:12 This `{` is not closed'],
  ['y = x[1]', '1:6 `x[…]` is not supported; give each parameter a name in `ini`'],
  [
    'y = ifelse(1 > 0, k <- 0.2, 3)',
    '1:19 `<-` assigns and cannot stand inside an expression; write `k <- ifelse(condition, a, b)`',
  ],
  // names
  ['y = exq(3)', '1:5 There is no function `exq`. Did you mean `exp`?'],
  ['y = frobnicate(3)', '1:5 There is no function `frobnicate`.'],
  ['y = linCmt()', '1:5 `linCmt()` finds no parameters: it needs a clearance'],
  ['y = exp(1, 2)', '1:5 `exp` is given 2 arguments; expected exp(x)'],
  ['y = exp()', '1:5 `exp` is given 0 arguments; expected exp(x)'],
  ['y = ifelse(1, 2)', '1:5 `ifelse` is given 2 arguments; expected ifelse(condition, yes, no)'],
  ['t = 3', '1:1 `t` is reserved and cannot be assigned'],
  ['time = 3', '1:1 `time` is reserved'],
  ['pi = 3', '1:1 `pi` is reserved'],
  ['d/dt(t) = 3', '1:1 `t` is reserved and cannot be a state'],
  ['cmt = 3', '1:1 `cmt` is reserved'],
  ['d/dt(x) = 1\nx = 3', '2:1 `x` is a state and cannot be assigned; its initial value is written x(0)'],
  ['x = 3\nd/dt(x) = 1', '1:1 `x` is a state and cannot be assigned'],
  ['d/dt(x) = 1\nd/dt(x) = 2', '2:1 A second d/dt(x); the first is at line 1, column 1'],
  ['y = d/dt(x)', '1:5 `d/dt(x)` is not given anywhere'],
  ['y = d/dt(x)\nd/dt(x) = 1', '1:5 `d/dt(x)` is used before it is given'],
  // properties
  ['d/dt(tumor) = 1\ntumour(0) = 2', '2:1 `tumour(0)` is given, but there is no d/dt(tumour). Did you mean `tumor`?'],
  ['d/dt(x) = 1\nf(z) = 2', '2:1 `f(z)` is given, but there is no d/dt(z)'],
  ['d/dt(x) = 1\nx(1) = 2', '2:1 `x(1)` is no initial value; expected x(0) = expression'],
  ['d/dt(x) = 1\ndurr(x) = 2', '2:1 `durr(x)` cannot be assigned to; expected x(0), d/dt(x), f(x)'],
  ['d/dt(x) = 1\nx(0) = x', '2:1 `x(0)` depends on a state; it must be in parameters and time alone'],
  ['d/dt(x) = 1\nf(x) = x', '2:1 `f(x)` depends on a state; it must be in parameters, time and doses alone'],
  ['d/dt(x) = 1\nlag(x) = podo()', '2:1 `lag(x)` depends on the doses; it must be in parameters and time alone'],
  // conditions
  [
    'p = 1\nif (p<-3) { y = 1 } else y = 2',
    '2:5 `p<-3` assigns in R and cannot stand inside an expression; to compare with a negative number write `p < -3`',
  ],
  ['p = 1\nif (p = 3) y = 1', '2:7 `=` assigns; a comparison for equality is written `==`'],
  ['y = ifelse(1 = 2, 1, 2)', '1:14 `=` stands inside brackets'],
  ['y = 1 < 2 < 3', '1:11 Comparisons do not chain'],
  ['if 3 y = 1', '1:4 The number 3 where `(` with the condition after `if` was expected'],
  ['y = if (1) 2 else 3', '1:5 `if` cannot stand inside an expression; use ifelse'],
  ['p = 1\nif (p > 0) { d/dt(x) = 1 }', '2:1 `d/dt(x)` is given only in some branches of this `if`'],
  ['y = 1\nelse y = 2', '2:1 `else` without an `if`'],
  ['for (i in 1) { y = 2 }', '1:1 `for` is not supported: a model has no loops'],
  // numbers and characters
  ['y = 1e', '1:5 `1e` has an exponent without digits'],
  ['y = 1e999', '1:5 `1e999` is larger than the largest number'],
  ['y = 1.2.3', '1:5 `1.2.3` is not a number'],
  ['x = 1\ny = 2x', '2:5 `2x` is not a number. For a product write `2*x`.'],
  ['y = 0x10', '1:5 `0x10` is not a number'],
  ['y = 3 − 2', '1:7 The character `−` (U+2212) is not of the language; type `-`.'],
  ['y = 3\u00a0+ 2', '1:6 There is an invisible character (U+00A0) here; delete it or type a blank'],
  ['y = 3 \u0000+ 2', '1:7 There is an invisible character (U+0000) here'],
  ['y = 3 \u202e+ 2', '1:7 There is an invisible character (U+202E) here'],
  ['kdеath = 3\nd/dt(x) = -kdeath*x', '1:1 The letter `е` (U+0435) in `kdеath` is not a letter a-z; type `kdeath`.'],
  ['α = 3\ny = 2*α', '1:1 The letter `α` (U+03B1) in `α` is not a letter a-z; type `alpha`', '2:7 The letter `α`'],
  ['y = a@b', '1:6 The character `@` (U+0040) has no meaning here'],
  ['`a = 3', '1:1 The backtick is not closed on its line'],
  ['y = 日本', '1:5 The character `日` (U+65E5) has no meaning here'],
  // nlmixr2
  ['f <- function() { ini({ a <- 1 }) }', '1:35 There is no `model({…})` with the equations'],
  ['f <- function(x) { model({ y = 1 }) }', '1:15 A model function takes no arguments'],
  ['ini({ a <- c(3, 2, 5) })\nmodel({ y = a })', '1:7 The estimate 2 of `a` is outside its bounds [3, 5]'],
  ['ini({ a <- c(1, 2, 5, 7) })\nmodel({ y = a })', '1:7 `a` has 4 numbers; expected c(lower, estimate, upper)'],
  ['ini({ a <- 1\na <- 2 })\nmodel({ y = a })', '2:1 `a` is given a second time; the first is at line 1'],
  ['ini({ a <- b })\nmodel({ y = a })', '1:12 `b` stands in a constant of `ini`'],
  [
    'ini({ e1 + e2 ~ c(1, 2) })\nmodel({ y = e1 })',
    '1:17 The covariance of 2 random effects has 3 numbers (lower triangle by rows); got 2',
  ],
  ['ini({ e1 ~ -1 })\nmodel({ y = e1 })', '1:12 The variance of `e1` is -1; it must not be negative'],
  ['ini({ a <- 1 })\nmodel({ a = 2; y = a })', '2:9 `a` is a parameter (line 1) and cannot be assigned'],
  [
    'ini({ s <- 1 })\nmodel({ conc = s; cnoc ~ add(s) })',
    '2:19 `cnoc` has a residual error but is no state or output. Did you mean `conc`?',
  ],
]

describe('every problem has its place and says what was expected', () => {
  it.each(table)('%j', (text, ...messages) => {
    const found = errorsOf(text)
    expect(found).toHaveLength(messages.length)
    for (const [i, message] of messages.entries()) expect(found[i]).toContain(message)
  })
})

describe('several errors', () => {
  it('are reported in one pass, each once', () => {
    const text = 'k = 1\nd/dt(x) = kk2*(x\nd/dt() = 3\nd/dt(y) = 2*/y\nz = exq(1) + newind\nw = newind\nd/dt(q) = 1'
    expect(errorsOf(text).map((message) => message.split(' ')[0])).toEqual(['2:15', '3:1', '4:13', '5:5', '5:14'])
  })

  it('do not follow from one broken line', () => {
    expect(errorsOf('k = 1 +* 2\nd/dt(x) = -k*x\nd/dt(z) = )\ny = z + k')).toHaveLength(2)
    expect(errorsOf('ini({ a <- = 2 })\nmodel({ y = a })')).toHaveLength(1)
  })

  it('end at twenty', () => {
    const text = Array.from({ length: 50 }, (_, i) => `y${i} = unknown${i}a()`).join('\n')
    expect(errorsOf(text)).toHaveLength(20)
  })
})

describe('formatDiagnostic', () => {
  it('shows file, place, message, line and caret', () => {
    const text = 'kdeath = 1\n\td/dt(x) = -frobn(1)*x # loss\n'
    const result = parseModel(text)
    const [diagnostic] = result.ok ? [] : result.diagnostics
    expect(diagnostic && formatDiagnostic(text, diagnostic, 'model.txt')).toBe(
      [
        'model.txt:2:13: error: There is no function `frobn`.',
        '  \td/dt(x) = -frobn(1)*x # loss',
        '  \t           ^^^^^',
      ].join('\n'),
    )
  })

  it('cuts a long line', () => {
    const text = `y = ${'1 + '.repeat(1000)}unknown()`
    const result = parseModel(text)
    const [diagnostic] = result.ok ? [] : result.diagnostics
    const [, line, caret] = (diagnostic ? formatDiagnostic(text, diagnostic, 'm') : '').split('\n')
    expect(line?.length).toBeLessThan(220)
    expect(line?.slice(caret?.indexOf('^'))).toBe('unknown()')
  })
})
