import type { FitResult } from '@cartkin/fitting'
import type { Column, ColumnTable } from '@cartkin/simulation'
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
  type Row = (typeof rows)[number]
  const number = (name: string, read: (row: Row) => number): Column => ({
    kind: 'number',
    name,
    unit: '',
    values: Float64Array.from(rows, read),
  })
  return {
    columns: [
      { kind: 'text', name: 'started_at', values: rows.map(({ label }) => label) },
      number('start_factor', ({ factor }) => factor),
      { kind: 'text', name: 'parameter', values: rows.map(({ name }) => name) },
      number('start', ({ start }) => start),
      number('estimate', ({ estimate }) => estimate),
      number('standard_error', ({ standardError }) => standardError),
      number('relative_standard_error', ({ relativeStandardError }) => relativeStandardError),
      number('lower95', ({ lower95 }) => lower95),
      number('upper95', ({ upper95 }) => upper95),
      { kind: 'text', name: 'at_bound', values: rows.map(({ atBound }) => atBound ?? '') },
      number('objective', ({ objective }) => objective),
    ],
  }
}

/** Observed and predicted, one row per observation. */
export function predictionsTable({ predictions }: Pick<FitResult, 'predictions'>): ColumnTable {
  const number = (name: string, read: (row: FitResult['predictions'][number]) => number): Column => ({
    kind: 'number',
    name,
    unit: '',
    values: Float64Array.from(predictions, read),
  })
  return {
    columns: [
      { kind: 'text', name: 'subject', values: predictions.map(({ subject }) => subject) },
      { kind: 'text', name: 'quantity', values: predictions.map(({ quantity }) => quantity) },
      number('time', ({ time }) => time),
      number('observed', ({ observed }) => observed),
      number('predicted', ({ predicted }) => predicted),
      number('weighted_residual', ({ weightedResidual }) => weightedResidual),
      { kind: 'text', name: 'censored', values: predictions.map(({ censored }) => censored ?? '') },
    ],
  }
}
