import type { NodeId } from '../graph/graph.ts'
import type { TargetKind } from '../syntax/syntax.ts'
import type { Extent } from '../text/source-text.ts'

/** A value, or the `if` in only some of whose branches there is one. */
export type Binding = { readonly node: NodeId } | { readonly onlyIn: Extent }

/** The key of a target: `d/dt(x)` and `x` are different things. */
export function bindingKey(kind: TargetKind, name: string): string {
  return kind === 'variable' ? name : `${kind}\n${name}`
}

/** The values at one point of the text; the branch of an `if` writes to a scope of its own. */
export class Scope {
  readonly #outer: Scope | undefined
  readonly #own = new Map<string, Binding>()
  /** Scopes from this one to the outermost. */
  readonly depth: number

  constructor(outer?: Scope) {
    this.#outer = outer
    this.depth = (outer?.depth ?? 0) + 1
  }

  get(key: string): Binding | undefined {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.#outer) {
      const found = scope.#own.get(key)
      if (found !== undefined) return found
    }
    return undefined
  }

  set(key: string, binding: Binding): void {
    this.#own.set(key, binding)
  }

  /** What this scope itself wrote. */
  get own(): ReadonlyMap<string, Binding> {
    return this.#own
  }
}
