import type { RegimenDose } from '@cartkin/simulation'

/** An amount with its unit at the end of a label: "25 mg/m²", "450e6 cells", "1 g". */
const amountAtEnd = /,?\s+[\d.]+(e\d+)?(\s*(mg|µg|ug|g|mL|IU|U|cells|×)\S*)?$/

/** What is given, without the amount: "Fludarabine 25 mg/m²" is Fludarabine. The state where there is no label. */
export function drugName({ label, cmt }: Pick<RegimenDose, 'label' | 'cmt'>): string {
  if (label === undefined) return cmt
  const stem = label.replace(amountAtEnd, '')
  // two drugs in one label stay as they are
  return stem === '' || /\d/.test(stem.replace(/[A-Z]+\d+/g, '')) ? label : stem
}

/** The same within a sentence: "fludarabine", "CD19 CAR-T cells". */
export function drugWord(dose: Pick<RegimenDose, 'label' | 'cmt'>): string {
  const name = drugName(dose)
  return dose.label !== undefined && /^[A-Z][a-z]/.test(name) ? `${name.charAt(0).toLowerCase()}${name.slice(1)}` : name
}

/** The label of a dose whose amount has become another. */
export function labelWith(dose: Pick<RegimenDose, 'label' | 'cmt'>, amount: string): string | undefined {
  if (dose.label === undefined) return undefined
  const name = drugName(dose)
  return `${name} ${amount.replace(/\s+up to .*$/, '').replace('/m2', '/m²')}`
}
