import type { Model } from '@cartkin/model'
import { readTime } from '../regimens/regimen-quantity.ts'

/** A time of a rule, `12 h` or a number in the model's unit, in the model's unit. Throws a RangeError that says what is wrong. */
export function ruleTime({ timeUnit }: Model, text: number | string): number {
  const time = readTime(text, timeUnit, timeUnit)
  if (typeof time === 'number') return time
  if (timeUnit === '')
    throw new RangeError(
      `${JSON.stringify(text)} cannot be read, since the model does not say its unit of time; write the number alone`,
    )
  throw new RangeError(time.problem)
}
