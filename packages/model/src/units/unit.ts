import { pow } from '@cartkin/numerics'
import { type Dimension, type UnitWord, unitWord } from './unit-words.ts'

/** A number times a product of named units: `10^6 cells`, `mg/L`. */
export interface Unit {
  readonly number: number
  /** Exponent of each word, by its name; none is 0. */
  readonly words: ReadonlyMap<string, { readonly word: UnitWord; readonly exponent: number }>
}

/** What is the matter with two units that ought to be equal. */
export type UnitComparison =
  | { readonly kind: 'same' }
  /** Same dimension; the first is `ratio` times the second. */
  | { readonly kind: 'factor'; readonly ratio: number }
  | { readonly kind: 'dimension' }

/** The unit of plain numbers. */
export const one: Unit = { number: 1, words: new Map() }

/** More words than a unit can have that means something; keeps products of long expressions cheap. */
const mostWords = 12
const largestExponent = 60

/** A unit of one word. */
export function unitOf(word: UnitWord): Unit {
  return { number: 1, words: new Map([[word.name, { word, exponent: 1 }]]) }
}

/** a·b^exponent; undefined where it becomes too large to mean anything. */
export function timesPower(a: Unit, b: Unit, exponent: number): Unit | undefined {
  const raised = exponent === 1 ? b.number : exponent === -1 ? 1 / b.number : power(b.number, exponent)
  const number = a.number * raised
  if (!(number > 0 && number < Number.POSITIVE_INFINITY)) return undefined
  const words = new Map(a.words)
  for (const [name, { word, exponent: own }] of b.words) {
    const sum = tidy((words.get(name)?.exponent ?? 0) + own * exponent)
    if (!(Math.abs(sum) <= largestExponent)) return undefined
    if (sum === 0) words.delete(name)
    else words.set(name, { word, exponent: sum })
  }
  return words.size > mostWords ? undefined : { number, words }
}

/** Thirds and the like that add up to whole numbers are to do so. */
function tidy(exponent: number): number {
  const whole = Math.round(exponent)
  return Math.abs(exponent - whole) < 1e-9 ? whole : exponent
}

/** Exact for small whole exponents of powers of ten, sixties and such. */
function power(base: number, exponent: number): number {
  if (base === 1) return 1
  if (!Number.isInteger(exponent) || Math.abs(exponent) > largestExponent) return pow(base, exponent)
  let product = 1
  for (let i = 0; i < Math.abs(exponent); i++) product *= base
  return exponent < 0 ? 1 / product : product
}

/** Exponents of the bases; bases that cancel are absent. */
export function dimensionOf(unit: Unit): Dimension {
  const sums = new Map<string, number>()
  for (const { word, exponent } of unit.words.values()) {
    for (const [base, own] of word.dimension) sums.set(base, tidy((sums.get(base) ?? 0) + own * exponent))
  }
  for (const [base, sum] of sums) if (sum === 0) sums.delete(base)
  return sums
}

/** How many base units it is (g, m, s, mol, one); NaN where only the dimension is known. */
export function factorOf(unit: Unit): number {
  let factor = unit.number
  for (const { word, exponent } of unit.words.values()) factor *= power(word.factor, exponent)
  return factor
}

/** Whether it measures plain numbers, be it in percent. */
export function isDimensionless(unit: Unit): boolean {
  return dimensionOf(unit).size === 0
}

/** Holds two units against each other; factors that nobody can know count as equal. */
export function compareUnits(a: Unit, b: Unit): UnitComparison {
  if (a.number === b.number && haveSameWords(a, b)) return { kind: 'same' }
  const left = dimensionOf(a)
  const right = dimensionOf(b)
  if (left.size !== right.size) return { kind: 'dimension' }
  for (const [base, exponent] of left) if (right.get(base) !== exponent) return { kind: 'dimension' }
  const ratio = factorOf(a) / factorOf(b)
  return Math.abs(ratio - 1) < 1e-6 || !Number.isFinite(ratio) ? { kind: 'same' } : { kind: 'factor', ratio }
}

function haveSameWords(a: Unit, b: Unit): boolean {
  if (a.words.size !== b.words.size) return false
  for (const [name, { exponent }] of a.words) if (b.words.get(name)?.exponent !== exponent) return false
  return true
}

/** The unit of a word's time part alone, `h/day` of `mg*h/day`: 24 hours in a day make it a number. */
export function timeFactorOf(unit: Unit): number {
  let factor = 1
  for (const { word, exponent } of unit.words.values()) {
    if (word.dimension.has('time')) factor *= power(word.factor, exponent)
  }
  return factor
}

/** As a modeller writes it: `mg/L`, `cells/uL/day`, `1/h`, `1`. */
export function formatUnit(unit: Unit): string {
  const over: string[] = []
  const under: string[] = []
  for (const [name, { exponent }] of unit.words) {
    const size = Math.abs(exponent)
    const text = size === 1 ? name : `${name}^${Number(size.toPrecision(4))}`
    if (exponent > 0) over.push(text)
    else under.push(text)
  }
  const number = unit.number === 1 ? '' : formatNumber(unit.number)
  const numerator = over.length === 0 ? number || '1' : number === '' ? over.join('*') : `${number} ${over.join('*')}`
  return [numerator, ...under].join('/')
}

/** A factor for messages: `24`, `1e6`, `0.0417`. */
export function formatNumber(value: number): string {
  const short = Number(value.toPrecision(4))
  const text = short >= 1e5 || short < 1e-3 ? short.toExponential() : String(short)
  return text.replace('e+', 'e')
}

/** The unit of this name, plain numbers for `fraction` and the like; undefined for a word that is no unit. */
export function namedUnit(spelling: string): Unit | undefined {
  const word = unitWord(spelling)
  if (word === undefined) return undefined
  return word.dimension.size === 0 && word.factor === 1 ? one : unitOf(word)
}
