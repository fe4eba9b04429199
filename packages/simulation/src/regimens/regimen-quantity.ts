import { compareUnits, formatUnit, readUnit, timeRatio, type Unit } from '@cartkin/model'

/** A number with a unit, `30 mg/m2`; per kg of body weight or per m² of body surface where it is so. */
export interface WrittenQuantity {
  readonly value: number
  /** Without the part of the patient: `mg`. */
  readonly unit: Unit
  readonly unitText: string
  readonly per: 'weight' | 'area' | null
}

const perPatient = [
  ['/kg', 'weight'],
  [' per kg', 'weight'],
  ['/m2', 'area'],
  ['/m²', 'area'],
  ['/m^2', 'area'],
  [' per m2', 'area'],
  [' per m²', 'area'],
] as const

/** Reads `8 mg/kg`, `2.5e8 cells`; what is wrong where it is none. */
export function readQuantity(text: string): WrittenQuantity | { readonly problem: string } {
  const { value, rest } = leadingNumber(text)
  if (value === null) return { problem: `expected a number and a unit, such as 30 mg/m2, got ${JSON.stringify(text)}` }
  const found = perPatient.find(([ending]) => rest.endsWith(ending))
  const unitText = (found ? rest.slice(0, -found[0].length) : rest).trim()
  if (unitText === '')
    return {
      problem: `${JSON.stringify(text)} has no unit; write one, such as ${value} mg, or amt: ${value} for the unit of the state`,
    }
  const read = readUnit(unitText)
  if (read === undefined || read.logarithm !== undefined)
    return { problem: `${JSON.stringify(unitText)} is no unit; amounts are written as 30 mg/m2, 8 mg/kg, 2.5e8 cells` }
  const per = found?.[1] ?? null
  const { number, words } = read.unit
  if (number === 1) return { value, unit: read.unit, unitText, per }
  // 1x10^6 cells: the factor belongs to the number
  const unit = { number: 1, words }
  return { value: value * number, unit, unitText: formatUnit(unit), per }
}

/** How many of `b` one `a` is; undefined where they measure different things. */
export function unitRatio(a: Unit, b: Unit): number | undefined {
  const compared = compareUnits(a, b)
  return compared.kind === 'same' ? 1 : compared.kind === 'factor' ? compared.ratio : undefined
}

/** A time, given in `unit` or with a unit of its own, in the unit `wanted`. */
export function readTime(text: number | string, unit: string, wanted: string): number | { readonly problem: string } {
  if (typeof text === 'number') return inUnit(text, unit, wanted)
  const { value, rest } = leadingNumber(text)
  if (value === null) return { problem: `expected a time such as -5 or 8 h, got ${JSON.stringify(text)}` }
  return inUnit(value, rest === '' ? unit : rest, wanted)
}

function inUnit(value: number, unit: string, wanted: string): number | { readonly problem: string } {
  if (!Number.isFinite(value)) return { problem: `expected a finite time, got ${value}` }
  if (unit === wanted) return value
  // of the two ratios, the one above 1: it is a whole number
  const smaller = timeRatio(unit, wanted)
  const larger = timeRatio(wanted, unit)
  if (smaller === undefined || larger === undefined)
    return { problem: `${JSON.stringify(unit)} is no unit of time; times are written as 8 h, 30 min, 2 day` }
  return smaller >= 1 ? value / smaller : value * larger
}

/** A share: `30 %` or 0.3. */
export function readShare(text: number | string): number | { readonly problem: string } {
  const problem = { problem: `expected a share such as 30 % or 0.3, got ${JSON.stringify(text)}` }
  if (typeof text === 'number') return text >= 0 && text <= 1 ? text : problem
  const { value, rest } = leadingNumber(text)
  const share = value === null ? Number.NaN : rest === '%' ? value / 100 : rest === '' ? value : Number.NaN
  return share >= 0 && share <= 1 ? share : problem
}

/** The number that a text begins with, and what follows it without blanks. */
export function leadingNumber(text: string): { readonly value: number | null; readonly rest: string } {
  const trimmed = text.trim().replace('−', '-')
  let end = 0
  const digits = () => {
    const from = end
    while (isDigit(trimmed[end])) end++
    return end > from
  }
  if (trimmed[end] === '-' || trimmed[end] === '+') end++
  const whole = digits()
  if (trimmed[end] === '.') end++
  if (!digits() && !whole) return { value: null, rest: trimmed }
  const mantissa = end
  if (trimmed[end] === 'e' || trimmed[end] === 'E') {
    end++
    if (trimmed[end] === '-' || trimmed[end] === '+') end++
    if (!digits()) end = mantissa
  }
  const value = Number(trimmed.slice(0, end))
  return { value: Number.isFinite(value) ? value : null, rest: trimmed.slice(end).trim() }
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9'
}
