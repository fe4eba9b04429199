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
import { objectiveName } from './objective-name.ts'
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
  const uncertainty = await uncertaintyBlocks(fit.uncertainty, {
    fit: best,
    estimated: fit.job.problem.estimated,
    unitOf: (name) => parameters.get(name)?.unit ?? '',
  })
  return [
    ...[fit.timeNote, ...fit.dataNotes, fit.blqNote].flatMap((note) =>
      note === '' ? [] : [{ kind: 'note' as const, tone: 'plain' as const, text: `Data: ${note}.` }],
    ),
    ...(fit.fittingNote === ''
      ? []
      : [{ kind: 'note' as const, tone: 'plain' as const, text: sentence(fit.fittingNote) }]),
    ...(fit.refitNote === '' ? [] : [{ kind: 'note' as const, tone: 'plain' as const, text: sentence(fit.refitNote) }]),
    ...fit.steeringNotes.map((text) => ({ kind: 'note' as const, tone: 'warning' as const, text })),
    estimateTable({
      estimates: [...best.estimates, ...best.tied],
      collinear: best.collinear,
      corners: cornersOf(best),
      parameters,
      caption: `Estimates${fit.fits.length > 1 ? ` of the start with the lowest objective (${fit.fits[fit.best]?.label ?? ''})` : ''}.${tiesText(best)}${priorsText(best)}`,
    }),
    ...[...best.kinks, ...best.collinear].map(({ message }) => ({
      kind: 'note' as const,
      tone: 'warning' as const,
      text: sentence(message),
    })),
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
    ...uncertainty,
    ...(fit.waterfall === undefined
      ? []
      : [{ kind: 'paragraph' as const, text: sentence(fit.waterfall.message) }, await waterfallFigure(fit)]),
    startsTable(fit),
    await objectiveFigure(fit),
  ]
}

/** Most places where starts ended that are listed. */
const mostPlaces = 12

function sentence(text: string): string {
  return `${sentenceCase(text)}.`
}

function sentenceCase(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

/** An objective to a thousandth: what differs less is no difference; small ones to six digits. */
function printed(objective: number): string {
  if (!Number.isFinite(objective)) return 'n/e'
  return (Math.abs(objective) >= 1 ? objective.toFixed(3) : String(Number(objective.toPrecision(6)))).replace('-', '−')
}

function tiesText({ tied }: FitResult): string {
  return tied.length === 0
    ? ''
    : ` Tied: ${tied.map(({ name, parameter, factor }) => `${name} = ${formatValue(factor, 6)} × ${parameter}`).join(', ')}.`
}

/** Parameters at a corner of the objective, and what is tied to them. */
function cornersOf({ kinks, tied }: FitResult): readonly string[] {
  const names = kinks.map(({ name }) => name)
  return [...names, ...tied.flatMap(({ name, parameter }) => (names.includes(parameter) ? [name] : []))]
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
      ['values as they stand, not fitted', printed(reference), '0', ''],
      ...shown.map(({ label, count, result: { objective, iterations, outcome } }) => [
        count > 1 ? `${label} and ${count - 1} more` : label,
        printed(objective),
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
      [
        sentenceCase(objectiveName(best)),
        printed(objective),
        isLikelihood ? 'with all its constants; lower is better' : 'of residuals over the standard deviations given',
      ],
      ['AIC', printed(aic), 'Akaike’s information criterion: −2 log likelihood + 2 × parameters'],
      ['BIC', printed(bic), 'Bayesian information criterion: −2 log likelihood + parameters × ln(observations)'],
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
    notes: [
      'Fits of the same data can be compared by AIC and BIC: lower is better, and a difference below 2 says little.',
    ],
  }
}

/** Of columns scaled to length 1; the limits are those of D. A. Belsley, E. Kuh, R. E. Welsch, Regression Diagnostics, 1980. */
function conditionRemark(number: number): string {
  if (!Number.isFinite(number)) return 'the data leave a combination of parameters open'
  if (number < 30) return 'no near dependence among the parameters'
  return number < 100 ? 'some parameters move nearly together' : 'parameters can hardly be told apart'
}
