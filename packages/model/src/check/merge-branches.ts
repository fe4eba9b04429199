import type { Algebra } from '../graph/algebra.ts'
import type { NodeId } from '../graph/graph.ts'
import type { Extent } from '../text/source-text.ts'
import type { Binding, Scope } from './scope.ts'

/** What one branch of an `if` has given, and when it is taken. */
export interface Branch {
  readonly condition: NodeId
  readonly own: ReadonlyMap<string, Binding>
}

/**
 * The values after an `if`: for every name that a branch gives, a choice by the conditions in their order.
 *
 * @param absent the value of a name where no branch gives it and it had none before; undefined where it must have one.
 * @param spend told the number of choices, one for each name and branch, before they are made.
 * @returns the names that not all branches give and that had no value before.
 */
export function mergeBranches(
  algebra: Algebra,
  scope: Scope,
  branches: readonly Branch[],
  otherwise: ReadonlyMap<string, Binding>,
  at: Extent,
  absent: (key: string) => NodeId | undefined,
  spend: (choices: number) => void,
): ReadonlySet<string> {
  const partial = new Set<string>()
  const valueBefore = (key: string): Binding => {
    const known = scope.get(key)
    if (known !== undefined) return known
    partial.add(key)
    const node = absent(key)
    return node === undefined ? { onlyIn: at } : { node }
  }
  const merged = new Map(otherwise)
  for (const { condition, own } of branches.toReversed()) {
    const keys = new Set([...own.keys(), ...merged.keys()])
    // each is looked for in all scopes around
    spend(keys.size * scope.depth)
    for (const key of keys) {
      const yes = own.get(key) ?? valueBefore(key)
      const no = merged.get(key) ?? valueBefore(key)
      if ('onlyIn' in yes || 'onlyIn' in no) {
        merged.set(key, { onlyIn: at })
        continue
      }
      const node = algebra.select(condition, yes.node, no.node)
      const before = scope.get(key)
      // a value that no branch changes need not be carried through the others
      if (before !== undefined && 'node' in before && before.node === node) merged.delete(key)
      else merged.set(key, { node })
    }
  }
  for (const [key, binding] of merged) scope.set(key, binding)
  return partial
}
