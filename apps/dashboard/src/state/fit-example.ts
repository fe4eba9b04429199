import type { MedianData } from './fit-data.ts'
import type { OpenedModel } from './opened-model.ts'

/** Library models that bring what they can be fitted to, without data being chosen. */
export const withExample: readonly string[] = ['oncology-qsp']

/** The medians that belong to a library model; null where there are none. They are loaded on demand. */
export async function loadFitExample({ id }: OpenedModel): Promise<MedianData | null> {
  if (!withExample.includes(id)) return null
  const { axiCelFit, csv, cytokineObservations } = await import('./axi-cel-medians.ts')
  const parts = axiCelFit(csv)
  return {
    kind: 'medians',
    title: 'Axicabtagene ciloleucel: cell counts and laboratory medians, CRS grade 2',
    attribution: parts.attribution,
    parts,
    observations: cytokineObservations(csv, { stratum: 'CRS2', markers: ['IL_6', 'CRP', 'Ferritin'], from: 0, to: 14 }),
  }
}
