import type { EventData } from '@cartkin/tables'
import type { OwnFit } from '../plan/plan.ts'
import type { ModelSource } from '../steps/step-result.ts'
import { containedInfusion, fromTheStart } from './from-the-start.ts'
import { type Observe, observedQuantity } from './observed-as.ts'
import { observedQuantities } from './observed-quantities.ts'
import { withoutDoses } from './without-doses.ts'
import { logarithmicQuantities, zerosBelowLimit } from './zeros-below-limit.ts'

/** Data as a fit takes them. */
export interface DataForFit {
  readonly data: EventData
  /** The same with doses that the fit does not give. */
  readonly withDoses: EventData
  /** What was done to them. */
  readonly notes: readonly string[]
}

/**
 * Data in the model's time as its fit takes them: nothing before the infusion nor doses, where the starting value contains it;
 * zeros without a limit censored, where the error is on the logarithm.
 */
export function dataForFit(
  read: EventData,
  fit: Pick<OwnFit, 'start' | 'endpoints'>,
  source: Pick<ModelSource, 'library' | 'model'>,
  observe: Observe,
): DataForFit {
  const start = containedInfusion(fit, source)
  const begun = start === undefined ? { data: read, notes: [] } : fromTheStart(read, start)
  const quantities = observedQuantities(fit, source)
  const limited = zerosBelowLimit(begun.data, logarithmicQuantities(fit, source), (endpoint) =>
    observedQuantity(endpoint, observe, quantities),
  )
  const given = start === undefined ? { data: limited.data, notes: [] } : withoutDoses(limited.data, start)
  return { data: given.data, withDoses: limited.data, notes: [...begun.notes, ...limited.notes, ...given.notes] }
}
