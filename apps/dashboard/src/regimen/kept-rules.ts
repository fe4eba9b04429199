import type { Model } from '@cartkin/model'
import { type DecisionCondition, type DecisionRule, quantities } from '@cartkin/simulation'

/** The rules that another model can follow: it has all that they judge, and the states that they give into. */
export function keptRules(rules: readonly DecisionRule[], model: Model): readonly DecisionRule[] {
  const known = new Set(quantities(model).map(({ name }) => name))
  const states = new Set(model.states.map(({ name }) => name))
  return rules.filter(
    ({ when, give }) => judged(when).every((name) => known.has(name)) && give.every(({ cmt }) => states.has(cmt)),
  )
}

function judged(condition: DecisionCondition): readonly string[] {
  if ('quantity' in condition) return [condition.quantity]
  return ('all' in condition ? condition.all : condition.any).flatMap(judged)
}
