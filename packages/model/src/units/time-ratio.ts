import { readUnit } from './read-unit.ts'
import { dimensionOf, factorOf, type Unit } from './unit.ts'

/** The unit of time in a text such as `h`, `hours`, `day`; undefined for anything else. */
export function readTimeUnit(text: string): Unit | undefined {
  const read = readUnit(text)
  if (read === undefined || read.logarithm !== undefined) return undefined
  const dimension = dimensionOf(read.unit)
  return dimension.size === 1 && dimension.get('time') === 1 ? read.unit : undefined
}

/** How many units of time `part` make one `whole`: 24 for hours and days. Undefined where one of them is no unit of time. */
export function timeRatio(part: string, whole: string): number | undefined {
  const small = readTimeUnit(part)
  const large = readTimeUnit(whole)
  if (small === undefined || large === undefined) return undefined
  const ratio = factorOf(large) / factorOf(small)
  return Number.isFinite(ratio) && ratio > 0 ? ratio : undefined
}
