import { parseExpression } from '@cartkin/model'
import type { SubjectSimulation } from '../course/simulate-subject.ts'
import type { CovariateInTime } from '../covariates/covariate-in-time.ts'
import { boundOf } from './decision-condition.ts'
import type { DecisionCondition, DecisionRule } from './decision-rule.ts'

/** Throws a RangeError for rules that cannot be, whatever the model. */
export function checkRules(rules: readonly DecisionRule[]): void {
  const names = new Set<string>()
  for (const { name, give, atMost, apart, stopAfter } of rules) {
    const where = `rule ${name}`
    if (names.has(name)) throw new RangeError(`${where}: two rules have this name`)
    names.add(name)
    if (give.length === 0) throw new RangeError(`${where}: gives nothing`)
    if (atMost !== undefined && !(Number.isSafeInteger(atMost) && atMost >= 1))
      throw new RangeError(`${where}: atMost must be a whole number from 1, got ${atMost}`)
    if (apart !== undefined && !(apart > 0 && apart < Infinity))
      throw new RangeError(`${where}: apart must be a positive time, got ${apart}`)
    if (atMost !== undefined && atMost > 1 && apart === undefined)
      throw new RangeError(`${where}: atMost ${atMost} needs apart, the time from one decision to the next`)
    if (stopAfter !== undefined && !(stopAfter > 0))
      throw new RangeError(`${where}: stopAfter must be a positive time, got ${stopAfter}`)
  }
}

/** Parameters that thresholds or amounts of rules name: sensitivities to them would not follow the decisions. */
export function unfollowedParameters(rules: readonly DecisionRule[]): readonly string[] {
  const texts = rules.flatMap(({ when, give }) => [...thresholdsOf(when), ...give.map(({ amt }) => amt)])
  return [...new Set(texts.flatMap(namesIn))]
}

/** Throws a RangeError for rules whose decisions sensitivities cannot follow. */
export function checkFollowed(
  { model: { model }, sensitivities = [], covariates = [] }: SubjectSimulation,
  rules: readonly DecisionRule[],
): void {
  const wanted = new Set(sensitivities.map((index) => model.parameters[index]?.name))
  for (const { name } of covariates) wanted.add(name)
  for (const { name, when, give } of rules) {
    if (model.doseInputs.length > 0)
      throw new RangeError(
        `rule ${name}: sensitivities do not follow decisions where the model computes from its doses, as with tad()`,
      )
    for (const text of [...thresholdsOf(when), ...give.map(({ amt }) => amt)]) {
      const moved = namesIn(text).find((parameter) => wanted.has(parameter))
      if (moved !== undefined)
        throw new RangeError(
          `rule ${name}: ${text} changes with ${moved}, which sensitivities do not follow; write a number`,
        )
    }
  }
}

/** Throws a RangeError for a rule with a threshold that changes during the run. */
export function checkSteady({ name, when }: DecisionRule, covariates: readonly CovariateInTime[]): void {
  for (const text of thresholdsOf(when)) {
    const moved = covariates.find((covariate) => namesIn(text).includes(covariate.name))
    if (moved !== undefined)
      throw new RangeError(
        `rule ${name}: the threshold ${text} changes with ${moved.name} during the run; make the difference an output of the model and compare that with 0`,
      )
  }
}

function namesIn(text: number | string): readonly string[] {
  const expression = typeof text === 'string' ? parseExpression(text) : undefined
  return expression?.ok ? expression.names : []
}

function thresholdsOf(condition: DecisionCondition): readonly (number | string)[] {
  if ('all' in condition) return condition.all.flatMap(thresholdsOf)
  if ('any' in condition) return condition.any.flatMap(thresholdsOf)
  return [boundOf(condition)[0]]
}
