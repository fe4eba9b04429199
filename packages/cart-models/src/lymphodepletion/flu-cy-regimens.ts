import type { Regimen, RegimenDose } from '@cartkin/simulation'
import type { Trust } from '../library/library-model.ts'

/** Daily doses of one drug of a lymphodepleting regimen. */
interface DailyDoses {
  /** Dose per day and body surface; of fludarabine: as its phosphate. */
  readonly mgPerM2: number
  /** Days before (negative) the infusion of cells on day 0. */
  readonly days: readonly number[]
}

/** A lymphodepleting regimen as it is prescribed. */
export interface FluCyRegimen {
  readonly id: string
  readonly title: string
  readonly fludarabine: DailyDoses
  readonly cyclophosphamide: DailyDoses
  readonly trust: Trust
  readonly source: string
}

const threeDays = [-5, -4, -3]
const varela = 'Varela-Gonzalez-Aller 2025, Pharmaceutics 17:1592, section 2.1.1'
const label = 'prescribing information, from memory; which days before the infusion is an assumption'

/** Fludarabine and cyclophosphamide by product. */
export const fluCyRegimens = {
  lupus: {
    id: 'lupus',
    title: 'Lupus: fludarabine 25 mg/m² ×3, cyclophosphamide 1000 mg/m²',
    fludarabine: { mgPerM2: 25, days: threeDays },
    cyclophosphamide: { mgPerM2: 1000, days: [-3] },
    trust: 'found',
    source: 'Park 2025, Clin Transl Sci 18:e70146',
  },
  axiCel: {
    id: 'axi-cel',
    title: 'Axi-cel: fludarabine 30 mg/m² ×3, cyclophosphamide 500 mg/m² ×3',
    fludarabine: { mgPerM2: 30, days: threeDays },
    cyclophosphamide: { mgPerM2: 500, days: threeDays },
    trust: 'found',
    source: varela,
  },
  tisaCelLymphoma: {
    id: 'tisa-cel-lymphoma',
    title: 'Tisa-cel in lymphoma: fludarabine 25 mg/m² ×3, cyclophosphamide 250 mg/m² ×3',
    fludarabine: { mgPerM2: 25, days: threeDays },
    cyclophosphamide: { mgPerM2: 250, days: threeDays },
    trust: 'found',
    source: varela,
  },
  tisaCelLeukaemia: {
    id: 'tisa-cel-leukaemia',
    title: 'Tisa-cel in leukaemia: fludarabine 30 mg/m² ×4, cyclophosphamide 500 mg/m² ×2',
    fludarabine: { mgPerM2: 30, days: [-6, -5, -4, -3] },
    cyclophosphamide: { mgPerM2: 500, days: [-6, -5] },
    trust: 'memory',
    source: `tisagenlecleucel, ${label}`,
  },
  kyv101: {
    id: 'kyv-101',
    title: 'KYV-101 in lupus: fludarabine 30 mg/m² ×3, cyclophosphamide 300 mg/m² ×3',
    fludarabine: { mgPerM2: 30, days: threeDays },
    cyclophosphamide: { mgPerM2: 300, days: threeDays },
    trust: 'memory',
    source: 'doses of the KYV-101 trials, from memory; which days before the infusion is an assumption',
  },
} as const satisfies Readonly<Record<string, FluCyRegimen>>

/** Body surface in m² over the parameters WT (kg) and HT (cm): R. D. Mosteller, N. Engl. J. Med. 317:1098, 1987. */
export const bodySurface = 'sqrt(WT*HT/3600)'

/**
 * Share of the fludarabine dose that is given by creatinine clearance (parameter CRCL, mL/min): three quarters from 45 to
 * 60, three fifths below 45. The protocol of the hospital in Varela-Gonzalez-Aller 2025, section 2.1.1.
 */
export const renalReduction = 'ifelse(CRCL < 45, 0.6, ifelse(CRCL < 60, 0.75, 1))'

/**
 * Share of the fludarabine dose that brings the typical patient of this weight, height and creatinine clearance to an
 * exposure to F-ara-A, in mg*h/L: an expression over the parameters of `fludarabine`, whose names begin with `prefix`.
 */
export function shareForExposure({ fludarabine }: FluCyRegimen, exposure: number, prefix = ''): string {
  const clearance = `(${prefix}CLaxi + (${prefix}CLtisa - ${prefix}CLaxi)*tisa + ${prefix}CLren*CRCL/96)*(WT/70)^0.75`
  const full = `${fludarabine.mgPerM2 * fludarabine.days.length}*${bodySurface}*${prefix}share`
  return `${exposure}*${clearance}/(${full})`
}

/** Where the doses of the two drugs go; absent: the drug is not in the model. */
interface FluCyStates {
  readonly fludarabine?: string
  readonly cyclophosphamide?: string
}

/**
 * Doses of a regimen in mg, by the body surface of the patient, over half an hour (fludarabine) and one hour.
 *
 * @param share of the fludarabine dose, an expression over the parameters: `renalReduction`, `'0.8'`.
 */
export function fluCyDoses(regimen: FluCyRegimen, states: FluCyStates, share = '1'): readonly RegimenDose[] {
  const doses: RegimenDose[] = []
  const { fludarabine: flu, cyclophosphamide: cy } = regimen
  if (states.fludarabine !== undefined) {
    const amt = `${flu.mgPerM2}*${bodySurface}${share === '1' ? '' : `*${share}`}`
    const label = `Fludarabine ${flu.mgPerM2} mg/m²${share === '1' ? '' : ', adjusted'}`
    for (const time of flu.days) doses.push({ time, cmt: states.fludarabine, amt, duration: 0.5 / 24, label })
  }
  if (states.cyclophosphamide !== undefined) {
    const amt = `${cy.mgPerM2}*${bodySurface}`
    const label = `Cyclophosphamide ${cy.mgPerM2} mg/m²`
    for (const time of cy.days) doses.push({ time, cmt: states.cyclophosphamide, amt, duration: 1 / 24, label })
  }
  return doses.sort((a, b) => a.time - b.time)
}

/** A regimen alone, without cells. */
export function fluCyAlone(regimen: FluCyRegimen, states: FluCyStates, share?: string): Regimen {
  return { name: regimen.title, doses: fluCyDoses(regimen, states, share) }
}
