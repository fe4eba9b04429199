import { textLevels } from '@cartkin/simulation'
import {
  type DataInModelTime,
  doseUnitFault,
  type EventData,
  inModelTime,
  observedAs,
  observedQuantity,
  readEventData,
  unitFault,
  zerosBelowLimit,
} from '@cartkin/tables'
import { InputError } from '../files/input-error.ts'
import { readingOptions } from '../plan/data-reading.ts'
import type { OwnFit } from '../plan/plan.ts'
import type { ModelSource } from '../steps/step-result.ts'
import type { StudyContext } from '../steps/study-context.ts'
import { containedInfusion, fromTheStart } from './from-the-start.ts'
import { logarithmicQuantities } from './logarithmic-quantities.ts'
import { observedQuantities } from './observed-quantities.ts'
import { checkLimits, limitsByLabel } from './quantification-limits.ts'
import { withoutDoses } from './without-doses.ts'

/** Data as a fit takes them. */
export interface DataForFit {
  readonly data: EventData
  /** The same with doses that the fit does not give. */
  readonly withDoses: EventData
  /** What was done to them. */
  readonly notes: readonly string[]
}

/** The file of a fit in the model's time, with the limits of quantification of the fit. */
export function readForFit(
  fit: OwnFit,
  source: Pick<ModelSource, 'model'>,
  bytes: Uint8Array,
  { plan }: Pick<StudyContext, 'plan'>,
): DataInModelTime {
  const { model } = source
  const { data: file, observe = {}, reading = {} } = fit
  const read = readEventData(bytes, file, {
    ...readingOptions(limitsByLabel(reading, observe, observedQuantities(fit, source))),
    levels: textLevels(model),
    rules: plan.solver.recordRules ?? 'nonmem',
  })
  checkLimits(reading, read, model, (message) => new InputError(file, message))
  return inModelTime(read, model, fit.timeUnit, file)
}

/**
 * Data in the model's time as its fit takes them: observations named as quantities, nothing before the infusion nor doses, where
 * the starting value contains it; zeros without a limit censored, where the error is on the logarithm.
 *
 * @param isPartial whether observations of something else may be left out without being told which the others are.
 * @throws DataError or InputError for what is wrong with the file as a whole.
 */
export function dataForFit(
  read: EventData,
  fit: Pick<OwnFit, 'data' | 'start' | 'endpoints' | 'observe'>,
  source: Pick<ModelSource, 'library' | 'model'>,
  isPartial: boolean,
): DataForFit {
  const { observe = {} } = fit
  const quantities = observedQuantities(fit, source)
  const fault = unitFault(read, observe, quantities, source.model)
  if (fault !== undefined) throw fault
  const start = containedInfusion(fit, source)
  const doses = start === undefined ? doseUnitFault(read, source.model) : undefined
  if (doses !== undefined) throw doses
  const named =
    isPartial || fit.observe !== undefined
      ? observedAs(read, observe, quantities, (message) => new InputError(fit.data, message))
      : { data: read, notes: [] }
  const begun = start === undefined ? { data: named.data, notes: [] } : fromTheStart(named.data, start)
  const limited = zerosBelowLimit(begun.data, logarithmicQuantities(fit, source), (endpoint) =>
    observedQuantity(endpoint, observe, quantities),
  )
  const given = start === undefined ? { data: limited.data, notes: [] } : withoutDoses(limited.data, start)
  return {
    data: given.data,
    withDoses: limited.data,
    notes: [...named.notes, ...begun.notes, ...limited.notes, ...given.notes],
  }
}
