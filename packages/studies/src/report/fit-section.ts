import type { Trust } from '@cartkin/cart-models'
import { formatValue } from '@cartkin/charts'
import type { FitResult } from '@cartkin/fitting'
import type { Parameter } from '@cartkin/model'
import { estimateTable, type ReportBlock, type ReportTable } from '@cartkin/reports'
import type { ReportSection } from '../plan/plan.ts'
import type { FitStepResult } from '../steps/step-result.ts'
import {
  agreementFigures,
  correlationFigure,
  fittedFigure,
  mostSubjects,
  normalFigure,
  objectiveFigure,
  residualFigures,
  waterfallFigure,
} from './fit-figures.ts'
import { uncertaintyBlocks } from './uncertainty-blocks.ts'

/** Estimates, data with fitted curves, residuals, and what the starts and the identifiability say. */
export async function fitSection(section: ReportSection, fit: FitStepResult): Promise<readonly ReportBlock[]> {
  const best = fit.fits[fit.best]?.result
  if (!best) return []
  const { model } = fit.source
  const parameters = new Map(
    model.parameters.map((parameter) => {
      const { name, unit, label } = parameter
      return [name, { unit, label, ...startTrust(parameter, best.estimates, fit) }]
    }),
  )
  const quantities = [...new Set(fit.job.problem.endpoints.map(({ quantity }) => quantity))]
  const drawn = fit.courses.slice(0, mostSubjects)
  const curves = await Promise.all(quantities.map((name) => fittedFigure(name, drawn, section, fit)))
  const agreement = (await Promise.all(quantities.map((name) => agreementFigures(name, fit)))).flat()
  const residuals = (await Promise.all(quantities.map((name) => residualFigures(name, fit)))).flat()
  const normal = await normalFigure(fit)
  const correlation = best.estimates.length > 1 ? await correlationFigure(fit) : null
  return [
    ...[fit.timeNote, fit.blqNote].flatMap((note) =>
      note === '' ? [] : [{ kind: 'note' as const, tone: 'plain' as const, text: `Data: ${note}.` }],
    ),
    startsTable(fit),
    ...(fit.waterfall === undefined
      ? []
      : [{ kind: 'paragraph' as const, text: sentence(fit.waterfall.message) }, await waterfallFigure(fit)]),
    estimateTable({
      estimates: [...best.estimates, ...best.tied],
      collinear: best.collinear,
      parameters,
      caption: `Estimates of the start with the lowest objective (${fit.fits[fit.best]?.label ?? ''}).${tiesText(best)}${priorsText(best)}`,
    }),
    ...best.collinear.map(({ message }) => ({ kind: 'note' as const, tone: 'warning' as const, text: message })),
    ...uncertaintyBlocks(fit.uncertainty),
    criteriaTable(best, fit),
    ...curves,
    ...(fit.courses.length > drawn.length
      ? [{ kind: 'paragraph' as const, text: `Curves of the first ${drawn.length} of ${fit.courses.length} subjects.` }]
      : []),
    { kind: 'figures', figures: agreement },
    { kind: 'figures', figures: residuals },
    {
      kind: 'figures',
      figures: [...(normal === null ? [] : [normal]), ...(correlation === null ? [] : [correlation])],
    },
    await objectiveFigure(fit),
  ]
}

/** Most places where starts ended that are listed. */
const mostPlaces = 12

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

function tiesText({ tied }: FitResult): string {
  return tied.length === 0
    ? ''
    : ` Tied: ${tied.map(({ name, parameter, factor }) => `${name} = ${formatValue(factor, 6)} × ${parameter}`).join(', ')}.`
}

function priorsText({ priorObjective }: FitResult): string {
  return priorObjective > 0 ? ` With priors, which add ${formatValue(priorObjective, 4)} to the objective.` : ''
}

/** The trust of a value of the library that a fit starts at. */
function startTrust(
  { name, value }: Parameter,
  estimates: readonly { readonly name: string; readonly start: number }[],
  { source: { library } }: FitStepResult,
): { readonly startTrust?: Trust } {
  const note = library !== null && Object.hasOwn(library.parameters, name) ? library.parameters[name] : undefined
  const start = estimates.find((estimate) => estimate.name === name)?.start
  return note !== undefined && start === value ? { startTrust: note.trust } : {}
}

/** The starts from which the objective is shown: of many that were drawn, one of each place where they ended. */
function startsTable({ fits, waterfall, reference }: FitStepResult): ReportTable {
  const shown =
    waterfall === undefined
      ? fits.map((one) => ({ ...one, count: 1 }))
      : waterfall.groups.slice(0, mostPlaces).flatMap(({ members }) => {
          const first = fits[members[0] ?? -1]
          return first === undefined ? [] : [{ ...first, count: members.length }]
        })
  return {
    kind: 'table',
    caption: 'Objective reached from each start.',
    columns: [
      { header: 'Start' },
      { header: 'Objective', kind: 'number' },
      { header: 'Iterations', kind: 'number' },
      { header: 'Outcome' },
    ],
    rows: [
      ['values as they stand, not fitted', reference.toPrecision(8), '0', ''],
      ...shown.map(({ label, count, result: { objective, iterations, outcome } }) => [
        count > 1 ? `${label} and ${count - 1} more` : label,
        objective.toPrecision(8),
        String(iterations),
        outcome.status === 'converged' ? `converged (${outcome.reason})` : outcome.status,
      ]),
    ],
  }
}

/** What the fit is judged by as a whole. */
function criteriaTable(best: FitResult, fit: FitStepResult): ReportTable {
  const { objective, objectiveKind, aic, bic, conditionNumber, residualVariance, predictions, estimates } = best
  const censored = predictions.filter((row) => row.censored !== null).length
  const isLikelihood = objectiveKind === 'minus-two-log-likelihood'
  const subjects = fit.job.problem.subjects.length
  return {
    kind: 'table',
    caption: 'The fit as a whole.',
    columns: [{ header: 'Quantity' }, { header: 'Value', kind: 'number' }, { header: 'Remark' }],
    rows: [
      [isLikelihood ? '−2 log likelihood' : 'Weighted sum of squares', objective.toPrecision(8), ''],
      ['AIC', aic.toPrecision(8), ''],
      ['BIC', bic.toPrecision(8), ''],
      ['Estimated parameters', String(estimates.length), ''],
      [
        'Observations',
        String(predictions.length),
        `${subjects} ${subjects === 1 ? 'subject' : 'subjects'}${censored > 0 ? `; ${censored} observations beyond a limit of the assay` : ''}`,
      ],
      ...(isLikelihood
        ? []
        : [['Residual variance', formatValue(residualVariance, 4), 'by which the given variances were too small']]),
      [
        'Condition number',
        Number.isFinite(conditionNumber) ? formatValue(conditionNumber) : 'n/e',
        conditionRemark(conditionNumber),
      ],
    ],
    notes: ['AIC and BIC are of the likelihood with all its constants: fits of the same data can be compared by them.'],
  }
}

/** Of columns scaled to length 1; the limits are those of D. A. Belsley, E. Kuh, R. E. Welsch, Regression Diagnostics, 1980. */
function conditionRemark(number: number): string {
  if (!Number.isFinite(number)) return 'the data leave a combination of parameters open'
  if (number < 30) return 'no near dependence among the parameters'
  return number < 100 ? 'some parameters move nearly together' : 'parameters can hardly be told apart'
}
