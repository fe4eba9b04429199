/** Kinds of hostile text, each made of a list of cores put into a list of places. */
interface Kind {
  readonly name: string
  readonly cores: readonly string[]
  readonly places: readonly ((core: string) => string)[]
}

const asValue = (core: string) => `d/dt(x) = ${core}`
const asStatement = (core: string) => `k = 1\n${core}\nd/dt(x) = -k*x`
const asCondition = (core: string) => `k = 1\nif (${core}) { y = 1 } else { y = 2 }`
const asName = (core: string) => `${core} = 3\nd/dt(x) = ${core}*x`
const asState = (core: string) => `d/dt(${core}) = -${core}`
const inIni = (core: string) => `f <- function() { ini({ a <- ${core} })\n model({ d/dt(x) = a }) }`
const asMetadata = (core: string) => `f <- function() { meta <- ${core}\n model({ d/dt(x) = -x }) }`
const inComment = (core: string) => `# ${core}\nd/dt(x) = -x # [${core}] ${core}`
const alone = (core: string) => core

export const kinds: readonly Kind[] = [
  {
    name: 'code',
    cores: [
      'process.exit(1)',
      'require("fs")',
      '(() => { throw 1 })()',
      'eval("1")',
      'new Function("return 1")()',
      'globalThis',
      'this.constructor.constructor("return process")()',
      'import("fs")',
      '\u0060$\u007b1+1}\u0060',
      'system("ls")',
      'x; while(1){}',
      '"); process.exit(1); ("',
    ],
    places: [asValue, asStatement, asCondition, inIni, asMetadata, inComment],
  },
  {
    name: 'prototype',
    cores: [
      '__proto__',
      'constructor',
      'prototype',
      'toString',
      'valueOf',
      'hasOwnProperty',
      '__defineGetter__',
      'then',
    ],
    places: [
      asValue,
      asName,
      asState,
      (core) => asValue(`${core}.x`),
      (core) => asValue(`${core}(1)`),
      (core) => `x.${core} = 1`,
    ],
  },
  {
    name: 'unicode',
    cores: [
      'рho',
      'ｘ',
      '\u202ex',
      'x\u200b',
      '\ufeff',
      '\ud800',
      '𝑥',
      'é',
      'ﬁ',
      '١٢',
      '\u0000',
      '\u2028',
      'I\u0307',
      '−1',
      '“1”',
    ],
    places: [asValue, asName, asState, inComment],
  },
  {
    name: 'numbers',
    cores: [
      '1e999',
      '-1e999',
      '1e-999',
      '1e',
      '1e+',
      '.',
      '..',
      '1..2',
      '1.2.3',
      '0x1F',
      '1_000',
      '1,5',
      '1L2',
      'NaN',
      'NA',
      '1/0',
      '0/0',
      '0^-1',
      '9'.repeat(400),
      `0.${'1'.repeat(5000)}`,
      'Inf - Inf',
    ],
    places: [asValue, asStatement, (core) => asStatement(`p = ${core}`), inIni],
  },
  {
    name: 'depth',
    cores: [
      '('.repeat(100_000),
      `${'('.repeat(5_000)}1${')'.repeat(5_000)}`,
      `${'-'.repeat(5_000)}1`,
      `${'!'.repeat(5_000)}1`,
      `${'exp('.repeat(3_000)}1${')'.repeat(3_000)}`,
      `${'2^'.repeat(3_000)}2`,
      `${'1+'.repeat(5_000)}1`,
      'if(k)'.repeat(2_000),
      'if(k){'.repeat(2_000),
      `${'if(k){y=1}else '.repeat(2_000)}{y=2}`,
      '{'.repeat(5_000),
      '}'.repeat(5_000),
      'c('.repeat(3_000),
    ],
    places: [asValue, asStatement, asMetadata, inIni, alone],
  },
  {
    name: 'malformed',
    cores: [
      '(',
      ')',
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      '`',
      '\\',
      '#',
      ';',
      ',',
      '=',
      '<-',
      '->',
      '~',
      '<<-',
      ':=',
      '%in%',
      '|>',
      '$',
      '5_000',
      '?',
      '::',
      '//',
      '/*',
      '\r',
      'if',
      'else',
      'if (',
      'd/dt',
      'd/dt(',
      'd/dt()',
      'd/dt(x',
      'x(',
      'x(0',
      'x(0)',
      'f(x)',
      'function',
      'function(',
      'ini({',
      'model({',
      '})',
    ],
    places: [alone, asValue, asStatement, asCondition, inIni],
  },
]

/** Every core in every place. */
export const hostileTexts: readonly { readonly kind: string; readonly text: string }[] = kinds.flatMap(
  ({ name, cores, places }) => places.flatMap((place) => cores.map((core) => ({ kind: name, text: place(core) }))),
)
