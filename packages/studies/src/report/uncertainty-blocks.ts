import { bootstrapChart, formatValue } from '@cartkin/charts'
import type { BootstrapResult, EstimatedParameter } from '@cartkin/fitting'
import { type ReportBlock, type ReportCell, renderSvg } from '@cartkin/reports'
import type { FitUncertainty } from '../uncertainty/fit-uncertainty.ts'
import { type ProfiledBy, percent, profileFigure } from './profile-figure.ts'

/** Profile intervals with their shapes, and percentiles of a bootstrap, each with its figure; nothing where neither was wanted. */
export async function uncertaintyBlocks(
  { profiles, bootstrap }: FitUncertainty,
  by: ProfiledBy,
): Promise<readonly ReportBlock[]> {
  const blocks: ReportBlock[] = []
  const [first] = profiles
  if (first !== undefined) {
    const figure = await profileFigure(profiles, by)
    if (figure !== null) blocks.push(figure)
    blocks.push({
      kind: 'table',
      caption: `Profile likelihoods: intervals of ${percent(first.level)}, and the shape of each profile.`,
      columns: [
        { header: 'Parameter' },
        { header: 'Unit' },
        { header: 'Estimate', kind: 'number' },
        { header: 'Lower', kind: 'number' },
        { header: 'Upper', kind: 'number' },
        { header: 'Shape' },
      ],
      rows: profiles.map(({ name, estimate, lower, upper, shape }) => [
        name,
        by.unitOf(name),
        printed(estimate, 4),
        printed(lower),
        printed(upper),
        shape,
      ]),
    })
  }
  if (bootstrap !== null) blocks.push(...(await bootstrapBlocks(bootstrap, by)))
  return blocks
}

const meanings: Readonly<Record<string, string>> = {
  case: 'whole subjects drawn anew',
  parametric: 'observations drawn from the fitted model',
  residual: 'residuals drawn anew',
}

async function bootstrapBlocks(
  { kind, status, level, parameters, replicates }: BootstrapResult,
  { estimated, unitOf }: ProfiledBy,
): Promise<readonly ReportBlock[]> {
  const total = Object.values(status).reduce((sum, count) => sum + count, 0)
  const failed = total - (status['converged'] ?? 0)
  const used = replicates.filter((row) => row.status === 'converged')
  const set = `${total} data sets, ${meanings[kind] ?? kind}${failed === 0 ? '' : `; ${failed} of them could not be fitted and are left out`}`
  const panels = parameters.map(({ name, estimate, lower, upper }, j) => ({
    axis: {
      title: name,
      unit: unitOf(name),
      scale: axisScale(
        estimated.find((one) => one.name === name),
        estimate,
      ),
    },
    estimate,
    values: used.map(({ values }) => values[j] ?? Number.NaN),
    lower,
    upper,
  }))
  return [
    ...(used.length < 2
      ? []
      : [
          {
            kind: 'figure' as const,
            svg: await renderSvg(bootstrapChart({ panels, level: percent(level) })),
            caption: `Bootstrap (${set}): distribution of the estimates. Solid line: estimate from the data themselves; dashed: percentiles of ${percent(level)}.`,
          },
        ]),
    {
      kind: 'table',
      caption: `Bootstrap (${set}): bias (mean minus estimate), standard error, and percentiles of ${percent(level)}.`,
      columns: [
        { header: 'Parameter' },
        { header: 'Unit' },
        { header: 'Mean', kind: 'number' },
        { header: 'Bias', kind: 'number' },
        { header: 'Standard error', kind: 'number' },
        { header: 'Lower', kind: 'number' },
        { header: 'Upper', kind: 'number' },
      ],
      rows: parameters.map(({ name, mean, bias, standardError, lower, upper }) => [
        name,
        unitOf(name),
        printed(mean, 4),
        printed(bias, 2),
        printed(standardError),
        printed(lower),
        printed(upper),
      ]),
    },
  ]
}

function axisScale(parameter: EstimatedParameter | undefined, estimate: number): 'linear' | 'log' {
  return parameter?.scale === 'log' && estimate > 0 ? 'log' : 'linear'
}

function printed(value: number, digits = 3): ReportCell {
  return Number.isFinite(value) ? formatValue(value, digits) : { text: 'none', tone: 'muted' }
}
