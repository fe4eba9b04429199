import type { Model } from '@cartkin/model'
import type { RegimenDose } from '@cartkin/simulation'

/** What of a model amounts are written for. */
export type AmountModel = Pick<Model, 'timeUnit' | 'states' | 'parameters' | 'bioavailability'>

/** What a dose gives, and where. */
export type Gift = Pick<RegimenDose, 'cmt' | 'amt'>

/** Expressions of the patient that amounts are multiplied by, and how people write them. */
const perPatient: readonly { readonly suffix: string; readonly needs: readonly string[]; readonly written: string }[] =
  [
    { suffix: '*WT', needs: ['WT'], written: '/kg' },
    { suffix: '*BSA', needs: ['BSA'], written: '/m²' },
    { suffix: '*sqrt(WT*HT/3600)', needs: ['WT', 'HT'], written: '/m²' },
  ]

/**
 * An amount as people write it: `8 mg/kg up to 800 mg` for `min(8*WT, 800)`, `640 mg`. A number alone where the state has no
 * unit or takes in another amount than is given; an expression as it is.
 */
export function amountText({ cmt, amt }: Gift, model: AmountModel): string {
  const unit = givenUnit(cmt, model)
  if (typeof amt === 'number') return withUnit(amt, unit)
  if (unit === '') return amt
  const capped = /^min\((.+), ([0-9.e+-]+)\)$/.exec(amt)
  const text = perPatientText(capped?.[1] ?? amt, unit, model)
  if (text === null) return amt
  return capped ? `${text} up to ${withUnit(Number(capped[2]), unit)}` : text
}

function perPatientText(amt: string, unit: string, { parameters }: AmountModel): string | null {
  const known = new Set(parameters.map(({ name }) => name))
  for (const { suffix, needs, written } of perPatient) {
    if (!amt.endsWith(suffix) || !needs.every((name) => known.has(name))) continue
    const factor = Number(amt.slice(0, -suffix.length))
    if (Number.isFinite(factor)) return `${withUnit(factor, unit)}${written}`
  }
  return null
}

/** The unit in which a state is given something; empty where a number says nothing of a unit. */
export function givenUnit(cmt: string, { states, bioavailability }: AmountModel): string {
  const at = states.findIndex(({ name }, k) => name === cmt || String(k + 1) === cmt)
  const unit = states[at]?.unit ?? ''
  // what goes into a concentration by a factor of its own is given in another unit, which the text does not say
  return unit === '1' || (bioavailability.has(at) && unit.includes('/')) ? '' : unit
}

function withUnit(value: number, unit: string): string {
  return unit === '' ? String(value) : `${value} ${unit}`
}
