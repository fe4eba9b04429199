import { axiCelFit, cytokineObservations, type Observation } from '@cartkin/cart-models'
import type { FitJob } from '@cartkin/compute'
import { parameterVector, regimenRecords } from '@cartkin/simulation'
import type { OpenedModel } from './opened-model.ts'

/** Data that a model can be fitted to, and how. */
export interface FitStudy {
  readonly title: string
  readonly estimated: readonly string[]
  /** Number of observations. */
  readonly size: number
  /** Sources and licence, to be shown with the data and with every result. */
  readonly attribution: string
  /** Data that are drawn only where the study is shown. */
  readonly observations: readonly Observation[]
  /** The fit that starts at the given values; values outside the bounds start at the bound. */
  job(parameters: Readonly<Record<string, number>>): FitJob
}

/** The library model that has data to be fitted to. */
export const fittableModel = 'oncology-qsp'

/** The study that belongs to a library model; null when there is none. Its data are loaded on demand. */
export async function loadFitStudy(opened: OpenedModel): Promise<FitStudy | null> {
  if (opened.id !== fittableModel) return null
  const { default: csv } = await import('@cartkin/cart-models/data/bwh-cc-by-nc/daily_summary.csv?raw')
  const parts = axiCelFit(csv)
  return {
    title: 'Axicabtagene ciloleucel: cell counts and laboratory medians, CRS grade 2',
    estimated: parts.estimated.map(({ name }) => name),
    size: parts.observations.length,
    attribution: parts.attribution,
    observations: cytokineObservations(csv, { stratum: 'CRS2', markers: ['IL_6', 'CRP', 'Ferritin'], from: 0, to: 14 }),
    job(parameters) {
      const estimated = parts.estimated.map((parameter) => {
        const start = parameters[parameter.name] ?? opened.defaults.get(parameter.name) ?? parameter.start
        return { ...parameter, start: Math.min(parameter.upper, Math.max(parameter.lower, start)) }
      })
      return {
        kind: 'fit',
        text: opened.text,
        problem: {
          parameters,
          errorParameters: {},
          estimated,
          endpoints: parts.endpoints,
          subjects: [
            {
              id: 'medians',
              records: regimenRecords(opened.model, parts.regimen, parameterVector(opened.model, parameters)),
              observations: parts.observations,
              start: parts.start,
              parameters: {},
            },
          ],
        },
      }
    },
  }
}
