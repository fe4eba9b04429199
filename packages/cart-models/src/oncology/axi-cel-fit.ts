import { parseModel } from '@cartkin/model'
import type { Regimen } from '@cartkin/simulation'
import { formula } from '../library/formula.ts'
import {
  type CytokineMarker,
  cytokineAttribution,
  cytokineRows,
  parseCytokineSummary,
} from '../observations/cytokine-summary.ts'
import { kimmelCounts, kimmelPatients } from '../observations/kimmel-counts.ts'
import { oncologyQsp } from './oncology-qsp.ts'

/** A parameter to be estimated on the log scale; values in its unit. */
interface FitParameterPart {
  readonly name: string
  readonly start: number
  readonly lower: number
  readonly upper: number
  readonly scale: 'log'
}

interface FitEndpointPart {
  readonly quantity: string
  readonly scale: 'log'
  readonly error: { readonly kind: 'given' }
}

interface FitObservationPart {
  /** Index of its endpoint. */
  readonly endpoint: number
  readonly time: number
  readonly value: number
  /** Standard deviation of log(value). */
  readonly sd: number
  readonly censored?: 'left' | 'right'
}

/** The parts of a fitting problem that do not depend on how the model is compiled. */
export interface AxiCelFit {
  /** Library model to be fitted. */
  readonly model: string
  readonly start: number
  readonly regimen: Regimen
  readonly estimated: readonly FitParameterPart[]
  readonly endpoints: readonly FitEndpointPart[]
  readonly observations: readonly FitObservationPart[]
  /** Sources and licence of the data, to be printed with every result. */
  readonly attribution: string
}

const estimatedNames = ['rho', 'd_E', 'm_EM', 'd_M', 'p6', 'pG', 'CRPmax', 'eFer']

/** Bounds reach this many times below and above the calibrated value. */
const reach = 20

const stratum = 'CRS2'
/**
 * The laboratory course is fitted while the acute phase lasts. From day 9 the median CRP lies below the resting value the
 * model holds fixed (20 mg/L) and IL-6 stays up in those still sampled: no value of the eight parameters describes that,
 * and with those days they run to their bounds.
 */
const lastDay = 8

/** The sample of day 0 is drawn before the cells act: it shows the resting values, which the fit holds fixed. */
const firstDay = 1
const assay = { lowest: 1, highest: 400 }

/** Standard deviation of the log of a sample median: √(π/2) σ/√n, σ from the quartiles of a log-normal sample. */
const medianSd = formula('1.2533*(log(q75) - log(q25))/1.349/n^0.5')

/**
 * The fit of `oncology-qsp` to axicabtagene ciloleucel: CAR-T cell counts of 23 patients (days 7, 14, 28, 90) and the
 * daily medians of CRP, ferritin and IL-6 of the CRS grade 2 stratum on days 1 to 8, on days when at least half of the
 * stratum was measured. Residuals are of logarithms, each with the standard deviation of its median. IL-6 medians at
 * the floor (1 pg/mL) or the ceiling (400) of the assay are censored; where a quartile lies at the ceiling, the spread,
 * and so the standard deviation, is a lower bound.
 *
 * `cytokineCsvText` is data/bwh-cc-by-nc/daily_summary.csv (CC BY-NC 4.0). Throws an Error with row and column for bad
 * text, or for a row whose quartiles are equal.
 */
export function axiCelFit(cytokineCsvText: string): AxiCelFit {
  const rows = parseCytokineSummary(cytokineCsvText)
  const medians = (endpoint: number, marker: CytokineMarker): FitObservationPart[] => {
    const chosen = cytokineRows(rows, { stratum, from: firstDay, to: lastDay }, marker)
    const half = Math.max(...chosen.map(({ n }) => n)) / 2
    return chosen
      .filter(({ n }) => n >= half)
      .map(({ day, n, median, q25, q75 }) => ({
        endpoint,
        time: day,
        value: median,
        sd: spread(`${marker}, day ${day}`, q25, q75, n),
        ...(marker === 'IL_6' ? censoring(median) : {}),
      }))
  }
  return {
    model: oncologyQsp.id,
    start: oncologyQsp.start,
    regimen: oncologyQsp.regimen,
    estimated: calibratedParameters().map(({ name, value }) => ({
      name,
      start: value,
      lower: value / reach,
      upper: value * reach,
      scale: 'log',
    })),
    endpoints: ['CAR', 'CRP', 'FER', 'IL6'].map((quantity) => ({ quantity, scale: 'log', error: { kind: 'given' } })),
    observations: [
      ...kimmelCounts.map(({ time, value, lower, upper }) => ({
        endpoint: 0,
        time,
        value,
        sd: spread(`CAR-T cells, day ${time}`, lower, upper, kimmelPatients),
      })),
      ...medians(1, 'CRP'),
      ...medians(2, 'Ferritin'),
      ...medians(3, 'IL_6'),
    ],
    attribution: `CAR-T cell counts: Kimmel 2021, Proc R Soc B 288:20210229. Laboratory medians: ${cytokineAttribution}`,
  }
}

/** The estimated parameters with their values in the text of `oncology-qsp`. */
function calibratedParameters(): readonly { readonly name: string; readonly value: number }[] {
  const parsed = parseModel(oncologyQsp.text)
  return estimatedNames.map((name) => {
    const parameter = parsed.ok ? parsed.model.parameters.find((candidate) => candidate.name === name) : undefined
    if (parameter === undefined) throw new Error(`${oncologyQsp.id} has no parameter ${name}`)
    return parameter
  })
}

function spread(what: string, q25: number, q75: number, n: number): number {
  if (!(q25 > 0 && q75 > q25)) throw new Error(`${what}: quartiles ${q25} and ${q75} give no spread on the log scale`)
  return medianSd({ q25, q75, n })
}

function censoring(median: number): { readonly censored?: 'left' | 'right' } {
  if (median <= assay.lowest) return { censored: 'left' }
  if (median >= assay.highest) return { censored: 'right' }
  return {}
}
