import { renameExpression } from '@cartkin/model'
import type { Bound, DecisionCondition, DecisionRule } from '../decisions/decision-rule.ts'
import type { GivenAmount, Regimen, RegimenDose } from './regimen.ts'

/**
 * A regimen of a part of a composition as one of the whole: states, and the names in amounts and rules, become those of
 * the whole.
 *
 * Throws a RangeError for a dose into something that the part does not have, such as a compartment by number.
 *
 * @param names of the part, by old name: `names` of a composition's result.
 */
export function renameRegimen(regimen: Regimen, names: ReadonlyMap<string, string>): Regimen {
  const { doses, rules } = regimen
  return {
    ...regimen,
    doses: doses.map((dose) => renamedDose(regimen, dose, names)),
    ...(rules !== undefined && { rules: rules.map((rule) => renamedRule(regimen, rule, names)) }),
  }
}

function renamedDose(regimen: Regimen, dose: RegimenDose, names: ReadonlyMap<string, string>): RegimenDose {
  const { given } = dose
  return {
    ...dose,
    cmt: stateName(regimen, dose.cmt, names),
    amt: amountIn(dose.amt, names),
    ...(given !== undefined && { given: renamedGiven(given, names) }),
  }
}

function renamedGiven(given: GivenAmount, names: ReadonlyMap<string, string>): GivenAmount {
  return { ...given, amount: amountIn(given.amount, names) }
}

function stateName({ name }: Regimen, cmt: string, names: ReadonlyMap<string, string>): string {
  const found = names.get(cmt)
  if (found !== undefined) return found
  throw new RangeError(
    `regimen ${name} gives a dose into ${cmt}, which its part does not have; it has ${[...names.keys()].slice(0, 20).join(', ')}`,
  )
}

function renamedRule(regimen: Regimen, rule: DecisionRule, names: ReadonlyMap<string, string>): DecisionRule {
  return {
    ...rule,
    when: renamedCondition(rule.when, names),
    give: rule.give.map((dose) => ({
      ...dose,
      cmt: stateName(regimen, dose.cmt, names),
      amt: amountIn(dose.amt, names),
    })),
  }
}

function renamedCondition(condition: DecisionCondition, names: ReadonlyMap<string, string>): DecisionCondition {
  if ('all' in condition) return { ...condition, all: condition.all.map((inner) => renamedCondition(inner, names)) }
  if ('any' in condition) return { ...condition, any: condition.any.map((inner) => renamedCondition(inner, names)) }
  const { quantity } = condition
  return { ...condition, ...renamedBound(condition, names), quantity: names.get(quantity) ?? quantity }
}

function renamedBound(bound: Bound, names: ReadonlyMap<string, string>): Bound {
  if ('atLeast' in bound) return { atLeast: amountIn(bound.atLeast, names) }
  if ('above' in bound) return { above: amountIn(bound.above, names) }
  if ('atMost' in bound) return { atMost: amountIn(bound.atMost, names) }
  return { below: amountIn(bound.below, names) }
}

/** What is no expression stays, and is told where it is used. */
function amountIn(amount: number | string, names: ReadonlyMap<string, string>): number | string {
  return typeof amount === 'number' ? amount : (renameExpression(amount, names) ?? amount)
}
