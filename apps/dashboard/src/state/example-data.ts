import { cytokineAttribution, parseCytokineSummary } from '@cartkin/cart-models'
import type { DataFile } from './data-session.ts'

/** What the example for a model is called, before it is loaded. */
export function exampleTitle(model: string): string {
  return model === 'oncology-qsp'
    ? 'Axicabtagene ciloleucel: daily laboratory medians by grade of CRS'
    : 'CAR-T cells in twelve made-up patients'
}

/** The example for a model, loaded on demand. */
export async function loadExample(model: string): Promise<DataFile> {
  if (model !== 'oncology-qsp') {
    const { default: text } = await import('../../../../examples/car-t-individuals/patients.csv?raw')
    return {
      name: 'patients.csv',
      content: new Blob([text]),
      attribution:
        'Made up: drawn from the model of Stein and others (CPT Pharmacometrics Syst Pharmacol 2019;8:285), limit of quantification 50 copies/µg.',
      limits: { 1: 50 },
    }
  }
  const { default: csv } = await import('@cartkin/cart-models/data/bwh-cc-by-nc/daily_summary.csv?raw')
  return { name: 'axi-cel.csv', content: new Blob([axiCelCsv(csv)]), attribution: cytokineAttribution }
}

const grades: ReadonlyMap<string, string> = new Map([
  ['CRS0', 'grade 0'],
  ['CRS1', 'grade 1'],
  ['CRS2', 'grade 2'],
  ['CRS>=3', 'grade 3 and above'],
])
const markers: ReadonlyMap<string, { readonly quantity: string; readonly unit: string }> = new Map([
  ['CRP', { quantity: 'CRP', unit: 'mg/L' }],
  ['Ferritin', { quantity: 'FER', unit: 'ng/mL' }],
  ['IL_6', { quantity: 'IL6', unit: 'pg/mL' }],
])
/** The assay of IL-6 reads from 1 to 400 pg/mL. */
const assay = { lowest: 1, highest: 400 }

/** Daily medians as event data, a subject per grade; from the infusion on. */
export function axiCelCsv(summary: string): string {
  const rows = parseCytokineSummary(summary).flatMap(({ marker, stratum, day, n, median }) => {
    const grade = grades.get(stratum)
    const measured = markers.get(marker)
    if (grade === undefined || measured === undefined || day < 0) return []
    const isLimited = marker === 'IL_6'
    const value =
      isLimited && median <= assay.lowest
        ? `<${assay.lowest}`
        : isLimited && median >= assay.highest
          ? `>${assay.highest}`
          : String(median)
    return [{ grade, day, cells: [grade, day, value, measured.quantity, measured.unit, grade, n] }]
  })
  const order = [...grades.values()]
  rows.sort((a, b) => order.indexOf(a.grade) - order.indexOf(b.grade) || a.day - b.day)
  return ['ID,TIME [day],DV,ENDPOINT,DVUNIT,CRS,PATIENTS', ...rows.map(({ cells }) => cells.join())]
    .join('\n')
    .concat('\n')
}
