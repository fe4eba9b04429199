import { formatValue } from '@cartkin/charts'
import type { IndividualFit } from '@cartkin/fitting'
import type { ReportCell, ReportTable } from '@cartkin/reports'
import type { IndividualsStepResult } from '../steps/step-result.ts'

type Fitted = Extract<IndividualFit, { readonly status: 'fitted' }>

/** What of a fit says how well a parameter is known. */
export interface KnownBy {
  readonly result: Pick<Fitted['result'], 'estimates'>
  readonly profiles: readonly Pick<Fitted['profiles'][number], 'name' | 'lower' | 'upper'>[]
  readonly identifications: Fitted['identifications']
}

/** What the data of a patient say of a parameter. */
export type Known = 'identified' | 'wide' | 'above' | 'below' | 'open' | 'held'

/** A mark that needs no colour. */
export const marks: Readonly<Record<Known, string>> = {
  identified: '●',
  wide: '◐',
  above: '▸',
  below: '◂',
  open: '○',
  held: '–',
}

/** Upper over lower end from which an interval is no more than that. */
const WIDEST = 1e12

export interface KnownParameter {
  readonly known: Known
  readonly estimate: number
  /** Interval of 95 % in words: `1.2 to 1.9`, `above 38`. */
  readonly interval: string
}

/** Estimate and interval of a parameter of a patient, from its profile where there is one. */
export function knownParameter(fit: KnownBy, name: string): KnownParameter {
  const at = fit.result.estimates.findIndex((estimate) => estimate.name === name)
  const estimate = fit.result.estimates[at]
  if (estimate === undefined) return { known: 'held', estimate: Number.NaN, interval: 'held' }
  const profile = fit.profiles.find((one) => one.name === name)
  const { lower, upper } = profile ?? { lower: estimate.lower95, upper: estimate.upper95 }
  const [below, above] = [Number.isFinite(lower), Number.isFinite(upper)]
  const state = fit.identifications[at]?.identified ?? 'no'
  const atBound = estimate.atBound === null ? '' : `at ${estimate.atBound} bound`
  const also = (text: string) => [text, atBound].filter((part) => part !== '').join('\n')
  const value = estimate.estimate
  if (state === 'yes' || state === 'weak') {
    const interval = below && above ? intervalText(lower, upper) : 'no interval'
    return { known: state === 'yes' ? 'identified' : 'wide', estimate: value, interval: also(interval) }
  }
  if (state === 'no' || below === above)
    return estimate.atBound === null || state === 'no'
      ? { known: 'open', estimate: value, interval: also('no limit') }
      : { known: estimate.atBound === 'upper' ? 'above' : 'below', estimate: value, interval: atBound }
  return below
    ? { known: 'above', estimate: value, interval: also(`above ${formatValue(lower)}`) }
    : { known: 'below', estimate: value, interval: also(`below ${formatValue(upper)}`) }
}

/** Ends that say nothing are not printed. */
function intervalText(lower: number, upper: number): string {
  return lower > 0 && upper / lower > WIDEST ? 'over 12 decades' : `${formatValue(lower)} to ${formatValue(upper)}`
}

/** A row per patient, a column per parameter: how far the data know it, the estimate, and its interval below; in the last row how many identify it. */
export function estimatesByIndividual({ fits, job, subjects, source }: IndividualsStepResult): ReportTable {
  const names = job.problem.estimated.map(({ name }) => name)
  const fitted = fits.filter((fit) => fit.status === 'fitted')
  const profiled = fitted.some(({ profiles }) => profiles.length > 0)
  return {
    kind: 'table',
    caption: `Estimates of each patient, with 95 % intervals${profiled ? ' of profile likelihoods' : ' from standard errors'}.`,
    columns: [
      { header: 'Patient' },
      ...names.map((header) => {
        const unit = source.model.parameters.find((parameter) => parameter.name === header)?.unit
        return { header, kind: 'number' as const, ...(unit ? { unit } : {}) }
      }),
    ],
    rows: [
      ...fits.map((fit): readonly ReportCell[] => [
        { text: fit.id, detail: valuesText(subjects.find(({ id }) => id === fit.id)?.observations ?? [], fit) },
        ...names.map((name) => (fit.status === 'fitted' ? cellOf(knownParameter(fit, name)) : '')),
      ]),
      [
        { text: 'Identified', detail: `of ${fitted.length} fitted` },
        ...names.map((name) => {
          const own = fitted.map((fit) => knownParameter(fit, name).known)
          return String(own.filter((known) => known === 'identified').length)
        }),
      ],
    ],
    notes: [
      `${marks.identified} identified; ${marks.wide} the interval is wider than fourfold either way (on a linear scale: than 1.4 times the value); ${marks.above} only a lower bound is known; ${marks.below} only an upper bound is known; ${marks.open} the data do not determine it; ${marks.held} held at a value, not estimated. BLQ: below the limit of quantification.`,
    ],
  }
}

function cellOf({ known, estimate, interval }: KnownParameter): ReportCell {
  if (known === 'held') return { text: marks.held, detail: interval }
  const text = `${marks[known]} ${formatValue(estimate)}`
  return known === 'open' ? { text, detail: interval, tone: 'muted' } : { text, detail: interval }
}

function valuesText(observations: readonly { readonly censored?: string }[], fit: IndividualFit): string {
  const below = observations.filter(({ censored }) => censored === 'left').length
  const counts = `${observations.length} ${observations.length === 1 ? 'value' : 'values'}${below > 0 ? `, ${below} BLQ` : ''}`
  if (fit.status === 'not-fitted') return `${counts}; not fitted`
  return fit.result.outcome.status === 'converged' ? counts : `${counts}; ${fit.result.outcome.status}`
}
