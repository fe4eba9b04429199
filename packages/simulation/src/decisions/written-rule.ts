import type { Model } from '@cartkin/model'
import type { PatientQuantities } from '../regimens/regimen-document.ts'
import { readCondition } from './condition-text.ts'
import type { DecisionCondition, DecisionRule } from './decision-rule.ts'
import { readGift, type WrittenGift } from './gift-text.ts'
import { ruleTime } from './rule-time.ts'

/** A rule as people write it; `readRule` brings it into the terms of a model. Times are numbers in its unit, or `8 h`. */
export interface WrittenRule {
  readonly name: string
  /** `TEMP >= 38 for 12 h` (see `readCondition`), or a condition in the terms of the model. */
  readonly when: string | DecisionCondition
  readonly give: WrittenGift | readonly WrittenGift[]
  readonly atMost?: number
  readonly apart?: number | string
  readonly stopAfter?: number | string
}

/** Where in a written rule something is wrong. */
export class RuleTextError extends RangeError {
  override readonly name = 'RuleTextError'
  readonly path: readonly (string | number)[]

  constructor(path: readonly (string | number)[], message: string) {
    super(message)
    this.path = path
  }
}

/**
 * A rule in the terms of a model. `patient`: what amounts per kg and per m² are multiplied by. Throws a RuleTextError with the
 * place of what cannot be read.
 */
export function readRule(model: Model, written: WrittenRule, patient: PatientQuantities = {}): DecisionRule {
  const { name, when, give, atMost, apart, stopAfter } = written
  const isList = isListOfGifts(give)
  const gifts = isList ? give : [give]
  return {
    name,
    when: typeof when === 'string' ? placed(['when'], () => readCondition(model, when)) : when,
    give: gifts.flatMap((gift, k) => placed(isList ? ['give', k] : ['give'], () => readGift(model, gift, patient))),
    ...(atMost !== undefined && { atMost }),
    ...(apart !== undefined && { apart: placed(['apart'], () => ruleTime(model, apart)) }),
    ...(stopAfter !== undefined && { stopAfter: placed(['stopAfter'], () => ruleTime(model, stopAfter)) }),
  }
}

function placed<T>(path: readonly (string | number)[], read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) throw new RuleTextError(path, error.message)
    throw error
  }
}

function isListOfGifts(give: WrittenRule['give']): give is readonly WrittenGift[] {
  return Array.isArray(give)
}
