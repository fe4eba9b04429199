import type { IndividualFit } from '@cartkin/fitting'
import { type ColumnTable, columnsOf } from '@cartkin/simulation'
import type { IndividualsStepResult } from '../steps/step-result.ts'

/** One line of the table of individuals: a parameter of a patient, or a patient that was not fitted. */
interface Row {
  readonly id: string
  readonly status: string
  readonly parameter: string
  readonly unit: string
  readonly estimate: number
  readonly start: number
  readonly standardError: number
  readonly relativeStandardError: number
  readonly lower95: number
  readonly upper95: number
  /** Where the interval comes from: 'profile' or 'standard error'. */
  readonly interval: string
  readonly identified: string
  readonly reason: string
  readonly atBound: string
  readonly objective: number
  readonly aic: number
  readonly observations: number
  readonly censored: number
  /** Searches from starts, and how many of them came to the objective. */
  readonly searches: number
  readonly reached: number
}

const unknown = {
  estimate: Number.NaN,
  start: Number.NaN,
  standardError: Number.NaN,
  relativeStandardError: Number.NaN,
  lower95: Number.NaN,
  upper95: Number.NaN,
  interval: '',
  atBound: '',
}

/** Estimates of all patients below one another, one row for each parameter; one row for a patient that was not fitted. */
export function individualsTable(result: IndividualsStepResult): ColumnTable {
  const rows = result.fits.flatMap((fit) => rowsOf(fit, result))
  const { number, text } = columnsOf(rows)
  return {
    columns: [
      text('id', ({ id }) => id),
      text('status', ({ status }) => status),
      text('parameter', ({ parameter }) => parameter),
      text('unit', ({ unit }) => unit),
      number('estimate', ({ estimate }) => estimate),
      number('start', ({ start }) => start),
      number('standard_error', ({ standardError }) => standardError),
      number('relative_standard_error', ({ relativeStandardError }) => relativeStandardError),
      number('lower95', ({ lower95 }) => lower95),
      number('upper95', ({ upper95 }) => upper95),
      text('interval', ({ interval }) => interval),
      text('identified', ({ identified }) => identified),
      text('at_bound', ({ atBound }) => atBound),
      number('objective', ({ objective }) => objective),
      number('aic', ({ aic }) => aic),
      number('n', ({ observations }) => observations),
      number('n_blq', ({ censored }) => censored),
      number('searches', ({ searches }) => searches),
      number('reached', ({ reached }) => reached),
      text('reason', ({ reason }) => reason),
    ],
  }
}

function rowsOf(fit: IndividualFit, { source, subjects, plans }: IndividualsStepResult): readonly Row[] {
  const observed = subjects.find(({ id }) => id === fit.id)?.observations ?? []
  const common = {
    id: fit.id,
    observations: observed.length,
    censored: observed.filter(({ censored }) => censored === 'left').length,
  }
  if (fit.status === 'not-fitted')
    return [
      {
        ...common,
        ...unknown,
        status: 'not fitted',
        parameter: '',
        unit: '',
        identified: '',
        reason: fit.reason,
        objective: Number.NaN,
        aic: Number.NaN,
        searches: 0,
        reached: 0,
      },
    ]
  const { outcome, estimates, tied, objective, aic } = fit.result
  const whole = {
    ...common,
    status: outcome.status,
    objective,
    aic,
    searches: fit.starts.count,
    reached: fit.starts.reached,
  }
  const unitOf = (name: string) => source.model.parameters.find((parameter) => parameter.name === name)?.unit ?? ''
  const held = plans.get(fit.id)?.held
  return [
    ...estimates.map(({ name, atBound, ...estimate }, k): Row => {
      const { identified = 'no', reason = '' } = fit.identifications[k] ?? {}
      const profile = fit.profiles.find((one) => one.name === name)
      const interval = profile === undefined ? 'standard error' : 'profile'
      const ends = profile === undefined ? {} : { lower95: profile.lower, upper95: profile.upper }
      const row = { ...whole, ...estimate, ...ends, parameter: name, unit: unitOf(name), interval }
      return { ...row, identified, reason, atBound: atBound ?? '' }
    }),
    ...tied.map(({ name, parameter, factor, atBound, ...estimate }): Row => {
      const followed = estimates.findIndex((one) => one.name === parameter)
      const profile = fit.profiles.find((one) => one.name === parameter)
      const ends = profile === undefined ? [] : [factor * profile.lower, factor * profile.upper]
      const [lower95 = estimate.lower95, upper95 = estimate.upper95] = factor < 0 ? ends.toReversed() : ends
      return {
        ...whole,
        ...estimate,
        lower95,
        upper95,
        parameter: name,
        unit: unitOf(name),
        interval: profile === undefined ? 'standard error' : 'profile',
        identified: fit.identifications[followed]?.identified ?? 'no',
        reason: `tied: ${factor} × ${parameter}`,
        atBound: atBound ?? '',
      }
    }),
    ...(held === undefined
      ? []
      : [
          {
            ...whole,
            ...unknown,
            parameter: held.name,
            unit: '',
            estimate: held.value,
            start: held.value,
            identified: 'held',
            reason: held.reason,
          },
        ]),
  ]
}

/** Points of the profiles of all patients below one another. */
export function profilesTable(fits: readonly IndividualFit[]): ColumnTable {
  const rows = fits.flatMap((fit) =>
    fit.status === 'not-fitted'
      ? []
      : fit.profiles.flatMap(({ name, points }) => points.map((point) => ({ id: fit.id, name, ...point }))),
  )
  const { number, text } = columnsOf(rows)
  return {
    columns: [
      text('id', ({ id }) => id),
      text('parameter', ({ name }) => name),
      number('value', ({ value }) => value),
      number('objective', ({ objective }) => objective),
      number('increase', ({ increase }) => increase),
    ],
  }
}
