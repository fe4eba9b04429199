import type { FitProblem } from '@cartkin/fitting'
import type { OwnFit } from '../plan/plan.ts'
import type { ModelSource } from '../steps/step-result.ts'
import type { SearchPlan } from '../subjects/noted-plan.ts'

/** What a fit takes from the note of its library model, in words. */
export function fittingNoteText(
  { library }: Pick<ModelSource, 'library'>,
  { endpoints, estimate }: Pick<OwnFit, 'endpoints' | 'estimate'>,
  { estimated }: Pick<FitProblem, 'estimated'>,
  { starts, held }: SearchPlan,
): string {
  const note = library?.fitting
  if (note === undefined) return ''
  const { quantity, residual } = note
  const noted = estimated.flatMap((parameter) => {
    const found = note.estimated.find(({ name }) => name === parameter.name)
    const given = estimate.find(({ name }) => name === parameter.name)
    return found === undefined || (given?.lower !== undefined && given.upper !== undefined)
      ? []
      : [{ ...parameter, source: found.source }]
  })
  const sources = [...new Set(noted.map(({ source }) => source))]
  const bounds = noted.map(({ name, lower, upper }) => `${name} ${printed(lower)} to ${printed(upper)}`)
  const parts = [
    ...(endpoints === undefined ? [`${quantity} is observed with an error of its logarithm`] : []),
    ...(held === undefined && estimate.some(({ name, start }) => name === `${quantity}.sd` && start !== undefined)
      ? []
      : [
          held === undefined
            ? `its residual error ${quantity}.sd begins at ${residual.sd} (${residual.source})`
            : `its residual error is ${held.value}, ${held.reason}`,
        ]),
    ...(bounds.length === 0 ? [] : [`bounds: ${bounds.join(', ')} (${sources.join('; ')})`]),
    `${starts.length} starts of its own unless others are asked for, the first read off the typical course of the data`,
  ]
  return `from the note of ${library?.id} on its fits: ${parts.join('; ')}`
}

function printed(value: number): string {
  return String(Number(value.toPrecision(3)))
}
