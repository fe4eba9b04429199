import { cytokineAttribution, parseCytokineSummary } from '@cartkin/cart-models'
import type { Dashboard } from './dashboard.ts'
import type { DataFile } from './data-session.ts'
import type { OpenedModel } from './opened-model.ts'

/** The model that published data are fitted to. */
const fittedModel = 'oncology-qsp'

/** Where an example is to be looked at: beside the data, or where it is fitted. */
export type ExamplePlace = 'data' | 'fit'

/** Whether a model has data of its own kind; the example of the others comes with the model that it belongs to. */
function hasOwnExample({ id, isOwn, fitting }: OpenedModel): boolean {
  return id === fittedModel || isOwn || fitting !== null
}

/** What the example for a model is called, before it is loaded. */
export function exampleTitle(opened: OpenedModel): string {
  if (!hasOwnExample(opened))
    return 'Axicabtagene ciloleucel, published: opens the model of lymphoma that is fitted to them'
  return opened.id === fittedModel
    ? 'Axicabtagene ciloleucel: daily laboratory medians by grade of CRS'
    : 'CAR-T cells in twelve made-up patients'
}

/** Takes the example for the model in use, with the model that it belongs to; says where it is to be looked at. */
export async function useExample(dashboard: Pick<Dashboard, 'data' | 'opened' | 'openModel'>): Promise<ExamplePlace> {
  const opened = dashboard.opened.peek()
  if (hasOwnExample(opened)) {
    await dashboard.data.open(await loadExample(opened.id))
    return 'data'
  }
  await dashboard.openModel(fittedModel)
  return 'fit'
}

/** The example for a model, loaded on demand. */
async function loadExample(model: string): Promise<DataFile> {
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
