import type { OwnFit } from '../plan/plan.ts'
import type { ModelSource } from '../steps/step-result.ts'

/** Quantities whose residual error is on the logarithm, which 0 has none of. */
export function logarithmicQuantities(
  { endpoints }: Pick<OwnFit, 'endpoints'>,
  { model }: Pick<ModelSource, 'model'>,
): readonly string[] {
  if (endpoints !== undefined) return endpoints.flatMap(({ quantity, error }) => (error === 'log' ? [quantity] : []))
  return model.errorModels.flatMap((line) =>
    line.kind === 'continuous' && line.transform.kind === 'log' ? [line.name] : [],
  )
}
