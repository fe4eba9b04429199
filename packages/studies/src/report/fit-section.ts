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
} from './fit-figures.ts'

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
    ...(fit.timeNote === '' ? [] : [{ kind: 'note' as const, tone: 'plain' as const, text: `Data: ${fit.timeNote}.` }]),
    startsTable(fit),
    estimateTable({
      estimates: best.estimates,
      collinear: best.collinear,
      parameters,
      caption: `Estimates of the start with the lowest objective (× ${fit.fits[fit.best]?.factor ?? 1}).`,
    }),
    ...best.collinear.map(({ message }) => ({ kind: 'note' as const, tone: 'warning' as const, text: message })),
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

function startsTable({ fits, reference }: FitStepResult): ReportTable {
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
      ...fits.map(({ factor, result: { objective, iterations, outcome } }) => [
        `values × ${factor}`,
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
