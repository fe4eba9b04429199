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
  [604_800, 'week wk wks weeks'],
  [2_629_800, 'month mo months'],
  [31_557_600, 'year y yr yrs years'],
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

interface PrefixedSymbol {
  readonly name: string
  /** Ways to write it. */
  readonly spellings: string
  readonly dimension: Readonly<Record<string, number>>
  readonly factor: number
  /** Prefixes that it may have. */
  readonly prefixes: string
}

const symbols: readonly PrefixedSymbol[] = [
  { name: 'g', spellings: 'g', dimension: { mass: 1 }, factor: 1, prefixes: 'kdcmunpf' },
  { name: 'L', spellings: 'L l', dimension: { length: 3 }, factor: 1e-3, prefixes: 'dcmunpf' },
  { name: 'm', spellings: 'm', dimension: { length: 1 }, factor: 1, prefixes: 'kdcmun' },
  { name: 's', spellings: 's', dimension: { time: 1 }, factor: 1, prefixes: 'm' },
  { name: 'mol', spellings: 'mol', dimension: { substance: 1 }, factor: 1, prefixes: 'kmunpf' },
  { name: 'M', spellings: 'M', dimension: { substance: 1, length: -3 }, factor: 1e3, prefixes: 'munpf' },
  { name: 'Da', spellings: 'Da', dimension: { mass: 1, substance: -1 }, factor: 1, prefixes: 'kM' },
  { name: 'IU', spellings: 'IU', dimension: { IU: 1 }, factor: 1, prefixes: 'kmuM' },
  { name: 'U', spellings: 'U', dimension: { U: 1 }, factor: 1, prefixes: 'kmuM' },
  { name: 'Eq', spellings: 'Eq eq', dimension: { Eq: 1 }, factor: 1, prefixes: 'mu' },
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
  for (const { name, spellings, dimension, factor, prefixes: allowed } of symbols) {
    for (const prefix of ['', ...allowed]) {
      add(
        spellings.split(' ').map((spelling) => prefix + spelling),
        {
          name: prefix + name,
          dimension: new Map(Object.entries(dimension)),
          factor: factor * (prefixes.get(prefix) ?? 1),
        },
      )
    }
  }
  // M alone is as often a million as a molar
  words.delete('M')
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
  // K alone is as often a thousand
  add(['Kelvin'], { name: 'Kelvin', dimension: new Map([['temperature', 1]]), factor: 1 })
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
