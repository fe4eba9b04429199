import type { OwnFit } from '../plan/plan.ts'
import type { ModelSource } from '../steps/step-result.ts'

/** What the fit of a plan observes. */
export function observedQuantities(
  { endpoints }: Pick<OwnFit, 'endpoints'>,
  { model }: Pick<ModelSource, 'model'>,
): readonly string[] {
  return (endpoints?.map(({ quantity }) => quantity) ?? model.errorModels.map(({ name }) => name)).filter(
    (name, k, all) => all.indexOf(name) === k,
  )
}
