import type { ReportBlock, ReportTable } from '@cartkin/reports'
import type { FitUncertainty } from '../uncertainty/fit-uncertainty.ts'

/** Profile intervals with their shapes, and percentiles of a bootstrap; nothing where neither was wanted. */
export function uncertaintyBlocks({ profiles, bootstrap }: FitUncertainty): readonly ReportBlock[] {
  const [first] = profiles
  const intervals: ReportTable | null =
    first === undefined
      ? null
      : {
          kind: 'table',
          caption: `Profile likelihoods: intervals of ${percent(first.level)}, and the shape of each profile.`,
          columns: [
            { header: 'Parameter' },
            { header: 'Estimate', kind: 'number' },
            { header: 'Lower', kind: 'number' },
            { header: 'Upper', kind: 'number' },
            { header: 'Shape' },
          ],
          rows: profiles.map(({ name, estimate, lower, upper, shape }) => [
            name,
            printed(estimate),
            printed(lower),
            printed(upper),
            shape,
          ]),
        }
  if (bootstrap === null) return intervals === null ? [] : [intervals]
  const { kind, status, level, parameters } = bootstrap
  const total = Object.values(status).reduce((sum, count) => sum + count, 0)
  const failed = total - (status['converged'] ?? 0)
  const percentiles: ReportTable = {
    kind: 'table',
    caption: `Bootstrap (${kind}, ${total} data sets, ${failed} of them not fitted and left out): percentiles of ${percent(level)}.`,
    columns: [
      { header: 'Parameter' },
      { header: 'Mean', kind: 'number' },
      { header: 'Bias', kind: 'number' },
      { header: 'Standard error', kind: 'number' },
      { header: 'Lower', kind: 'number' },
      { header: 'Upper', kind: 'number' },
    ],
    rows: parameters.map(({ name, mean, bias, standardError, lower, upper }) => [
      name,
      ...[mean, bias, standardError, lower, upper].map(printed),
    ]),
  }
  return intervals === null ? [percentiles] : [intervals, percentiles]
}

function percent(level: number): string {
  return `${Number((100 * level).toPrecision(6))} %`
}

function printed(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : '–'
}
