import { axiCelFit, cytokineObservations } from '@cartkin/cart-models'
import type { FitData, MedianData, SubjectData } from './fit-data.ts'
import type { OpenedModel } from './opened-model.ts'

/** Ids of the library models that have an example to be fitted to. */
export const withExample = ['oncology-qsp', 'stein-2019'] as const

/** The example that belongs to a library model; null where there is none. Its data are loaded on demand. */
export async function loadFitExample({ id }: OpenedModel): Promise<FitData | null> {
  if (id === 'oncology-qsp') return axiCel()
  if (id === 'stein-2019') return madeUpPatients()
  return null
}

async function axiCel(): Promise<MedianData> {
  const { default: csv } = await import('@cartkin/cart-models/data/bwh-cc-by-nc/daily_summary.csv?raw')
  const parts = axiCelFit(csv)
  return {
    kind: 'medians',
    title: 'Axicabtagene ciloleucel: cell counts and laboratory medians, CRS grade 2',
    attribution: parts.attribution,
    parts,
    observations: cytokineObservations(csv, { stratum: 'CRS2', markers: ['IL_6', 'CRP', 'Ferritin'], from: 0, to: 14 }),
  }
}

/** Twelve patients drawn from the model, with a limit of quantification of 50 copies/µg. */
async function madeUpPatients(): Promise<SubjectData> {
  const [{ default: csv }, { readEventData }] = await Promise.all([
    import('../../../../examples/car-t-individuals/patients.csv?raw'),
    import('@cartkin/tables'),
  ])
  const file = 'patients.csv'
  const read = readEventData(csv, file, { lloq: new Map([['1', 50]]) })
  return {
    kind: 'subjects',
    title: 'Twelve made-up patients (patients.csv)',
    attribution: 'Made up: drawn from the model of Stein and others (2019), limit of quantification 50 copies/µg.',
    notes: [],
    subjects: read.subjects.map((subject) => ({
      ...subject,
      records: subject.records.flatMap((record) => (record.endpoint === '1' ? [{ ...record, endpoint: 'C' }] : [])),
    })),
  }
}
