import type { DecisionRule } from '@cartkin/simulation'
import type { Scenario } from './protocol.ts'

/** The rules of a scenario: those of its regimen, then its own. */
export function rulesOf({ doses, rules = [] }: Pick<Scenario, 'doses' | 'rules'>): readonly DecisionRule[] {
  return 'regimen' in doses ? [...(doses.regimen.rules ?? []), ...rules] : rules
}
