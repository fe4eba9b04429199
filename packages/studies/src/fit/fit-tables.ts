import type { FitResult } from '@cartkin/fitting'
import { type ColumnTable, columnsOf } from '@cartkin/simulation'
import type { FitStepResult } from '../steps/step-result.ts'

/** Estimates of every start below one another. */
export function estimatesTable({ fits }: FitStepResult): ColumnTable {
  const rows = fits.flatMap(({ factor, label, result }) =>
    [...result.estimates, ...result.tied].map((estimate) => ({
      factor: factor ?? NaN,
      label,
      objective: result.objective,
      ...estimate,
    })),
  )
  const { number, text } = columnsOf(rows)
  return {
    columns: [
      text('started_at', ({ label }) => label),
      number('start_factor', ({ factor }) => factor),
      text('parameter', ({ name }) => name),
      number('start', ({ start }) => start),
      number('estimate', ({ estimate }) => estimate),
      number('standard_error', ({ standardError }) => standardError),
      number('relative_standard_error', ({ relativeStandardError }) => relativeStandardError),
      number('lower95', ({ lower95 }) => lower95),
      number('upper95', ({ upper95 }) => upper95),
      text('at_bound', ({ atBound }) => atBound ?? ''),
      number('objective', ({ objective }) => objective),
    ],
  }
}

/** Observed and predicted, one row per observation. */
export function predictionsTable({ predictions }: Pick<FitResult, 'predictions'>): ColumnTable {
  const { number, text } = columnsOf(predictions)
  return {
    columns: [
      text('subject', ({ subject }) => subject),
      text('quantity', ({ quantity }) => quantity),
      number('time', ({ time }) => time),
      number('observed', ({ observed }) => observed),
      number('predicted', ({ predicted }) => predicted),
      number('weighted_residual', ({ weightedResidual }) => weightedResidual),
      text('censored', ({ censored }) => censored ?? ''),
    ],
  }
}
