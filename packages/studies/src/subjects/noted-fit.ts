import type { EstimateLine, OwnFit } from '../plan/plan.ts'
import type { ModelSource } from '../steps/step-result.ts'

/** What of a model is estimated, and what is observed, where the modeller does not say it: the note of the library. */
export function notedFit(fit: OwnFit, { library }: Pick<ModelSource, 'library'>): OwnFit {
  const note = library?.fitting
  if (note === undefined) return fit
  const estimate: readonly EstimateLine[] =
    fit.estimate.length > 0
      ? fit.estimate
      : note.estimated.flatMap(({ name }) =>
          Object.hasOwn(fit.parameters, name) || Object.hasOwn(fit.ties ?? {}, name) ? [] : [{ name }],
        )
  return { ...fit, estimate, endpoints: fit.endpoints ?? [{ quantity: note.quantity, error: 'log' }] }
}
