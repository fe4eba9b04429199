import { formatValue } from '@cartkin/charts'
import { type IndividualFit, unidentifiedText } from '@cartkin/fitting'
import type { ReportBlock } from '@cartkin/reports'
import type { IndividualsStepResult } from '../steps/step-result.ts'
import { objectiveName } from './objective-name.ts'
import { profileFigure } from './profile-figure.ts'

/** Most patients whose profiles are drawn. */
export const mostProfiled = 60

/** A fold for each fitted patient: what its data do not identify and why, how the search went, and its profiles. */
export async function individualDetails(result: IndividualsStepResult): Promise<readonly ReportBlock[]> {
  const folds: ReportBlock[] = []
  for (const fit of result.fits)
    if (fit.status === 'fitted')
      folds.push({
        kind: 'folded',
        summary: `${fit.id}: ${unidentifiedText(fit.identifications) || 'all parameters are identified'}`,
        blocks: await detailsOf(fit, result, folds.length < mostProfiled),
      })
  return folds
}

async function detailsOf(
  fit: Extract<IndividualFit, { readonly status: 'fitted' }>,
  { job, plans, source }: IndividualsStepResult,
  isDrawn: boolean,
): Promise<readonly ReportBlock[]> {
  const plan = plans.get(fit.id)
  const { objective, outcome, iterations } = fit.result
  const reasons = fit.identifications.flatMap(({ name, reason }) => (reason === '' ? [] : [`${name}: ${reason}`]))
  const held = plan?.held
  const { count, reached } = fit.starts
  const figure = isDrawn
    ? await profileFigure(fit.profiles, {
        fit: fit.result,
        estimated: plan?.estimated ?? job.problem.estimated,
        unitOf: (name) => source.model.parameters.find((parameter) => parameter.name === name)?.unit ?? '',
        of: `Patient ${fit.id}`,
      })
    : null
  const alone = count > 1 && reached === 1 ? '; since it is one alone, this may not be the lowest there is' : ''
  return [
    {
      kind: 'list',
      items: [
        ...reasons,
        ...(held === undefined ? [] : [`${held.name} = ${formatValue(held.value)}, ${held.reason}`]),
        `${objectiveName(fit.result)} ${formatValue(objective, 6)}, reached by ${reached} of ${count} searches${alone}; the best took ${iterations} iterations and ended as ${outcome.status}`,
      ],
    },
    ...(figure === null ? [] : [figure]),
  ]
}
