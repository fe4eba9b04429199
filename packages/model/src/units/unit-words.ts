/** Exponents by base: the physical ones, and counts and activities that convert into nothing else. */
export type Dimension = ReadonlyMap<string, number>

/** A unit that has a name of its own. */
export interface UnitWord {
  /** The one way it is written in messages: `hour` and `hr` become `h`. */
  readonly name: string
  readonly dimension: Dimension
  /** How many base units it is (g, m, s, mol); NaN where only the dimension is known, as for degrees Celsius. */
  readonly factor: number
}

/** A second, day, … in seconds; a month is a twelfth of 365.25 days. */
const times: readonly (readonly [number, string])[] = [
  [1, 's sec secs second seconds'],
  [60, 'min mins minute minutes'],
  [3_600, 'h hr hrs hour hours'],
  [86_400, 'day d days'],
  [604_800, 'week wk wks weeks w'],
  [2_629_800, 'month mo months'],
  [31_557_600, 'year y yr yrs years a'],
]

/** Of words that stand for themselves, each a base; the first of a row is how it is written. */
const alone: readonly string[] = [
  'cells cell',
  'copies copy',
  'IU iu',
  'U',
  'PFU pfu',
  'FFU ffu',
  'CFU cfu',
  'vg',
  'vp',
  'Eq eq',
  'virions virion',
  'molecules molecule',
  'receptors receptor',
  'particles particle',
  'RLU',
  'MFI',
  'mmHg',
]

/** What says what of is measured, and ratios: no dimension. */
const plain: readonly string[] = [
  'fraction unitless dimensionless ratio fold proportion probability',
  'gDNA DNA RNA blood plasma serum tissue creatinine protein BW bw',
]

/** Symbols that take a prefix: name, how it may be written, dimension, factor, prefixes. */
const prefixed: readonly (readonly [
  string,
  readonly string[],
  readonly (readonly [string, number])[],
  number,
  string,
])[] = [
  ['g', ['g'], [['mass', 1]], 1, 'kdcmunpf'],
  ['L', ['L', 'l'], [['length', 3]], 1e-3, 'dcmunpf'],
  ['m', ['m'], [['length', 1]], 1, 'kdcmun'],
  ['mol', ['mol'], [['substance', 1]], 1, 'kmunpf'],
  [
    'M',
    ['M'],
    [
      ['substance', 1],
      ['length', -3],
    ],
    1e3,
    'munpf',
  ],
  [
    'Da',
    ['Da'],
    [
      ['mass', 1],
      ['substance', -1],
    ],
    1,
    'kM',
  ],
  ['IU', ['IU'], [['IU', 1]], 1, 'kmuM'],
  ['U', ['U'], [['U', 1]], 1, 'kmuM'],
  ['Eq', ['Eq', 'eq'], [['Eq', 1]], 1, 'mu'],
  ['s', ['s'], [['time', 1]], 1, 'm'],
]

const prefixes: ReadonlyMap<string, number> = new Map([
  ['M', 1e6],
  ['k', 1e3],
  ['d', 1e-1],
  ['c', 1e-2],
  ['m', 1e-3],
  ['u', 1e-6],
  ['n', 1e-9],
  ['p', 1e-12],
  ['f', 1e-15],
])

/** Names in full and abbreviations that no prefix explains. */
const others: readonly (readonly [string, string])[] = [
  ['g', 'gram grams gm'],
  ['kg', 'kilogram kilograms kgs'],
  ['mg', 'milligram milligrams'],
  ['ug', 'microgram micrograms mcg'],
  ['ng', 'nanogram nanograms'],
  ['pg', 'picogram picograms'],
  ['L', 'liter liters litre litres'],
  ['mL', 'milliliter milliliters millilitre millilitres cc'],
  ['uL', 'microliter microliters microlitre microlitres mcL'],
  ['mol', 'mole moles'],
]

const none: Dimension = new Map()

function table(): ReadonlyMap<string, UnitWord> {
  const words = new Map<string, UnitWord>()
  const add = (spellings: readonly string[], word: UnitWord) => {
    for (const spelling of spellings) words.set(spelling, word)
  }
  for (const [name, symbols, dimension, factor, allowed] of prefixed) {
    for (const prefix of ['', ...allowed]) {
      const word = { name: prefix + name, dimension: new Map(dimension), factor: factor * (prefixes.get(prefix) ?? 1) }
      add(
        symbols.map((symbol) => prefix + symbol),
        word,
      )
    }
  }
  for (const row of alone) {
    const spellings = row.split(' ')
    const [name = ''] = spellings
    add(spellings, words.get(name) ?? { name, dimension: new Map([[name, 1]]), factor: 1 })
  }
  for (const row of plain) for (const name of row.split(' ')) words.set(name, { name, dimension: none, factor: 1 })
  for (const [factor, row] of times) {
    const spellings = row.split(' ')
    add(spellings, { name: spellings[0] ?? '', dimension: new Map([['time', 1]]), factor })
  }
  for (const [name, row] of others) {
    const word = words.get(name)
    if (word !== undefined) add(row.split(' '), word)
  }
  add(['%', 'percent'], { name: '%', dimension: none, factor: 0.01 })
  add(['K'], { name: 'K', dimension: new Map([['temperature', 1]]), factor: 1 })
  add(['degC', '°C', 'Celsius'], { name: 'degC', dimension: new Map([['temperature', 1]]), factor: Number.NaN })
  return words
}

const words = table()

/** The unit of this name; letters of a name in full may be capitals (`Hours`, `CELLS`). */
export function unitWord(spelling: string): UnitWord | undefined {
  return words.get(spelling) ?? (spelling.length > 2 ? words.get(spelling.toLowerCase()) : undefined)
}

/** Time in the unit of a model that does not name one. */
export const unnamedTime: UnitWord = { name: 'time', dimension: new Map([['time', 1]]), factor: Number.NaN }
