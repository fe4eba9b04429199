import type { Algebra } from '../../graph/algebra.ts'
import type { NodeId } from '../../graph/graph.ts'
import { Operation } from '../../graph/operation.ts'
import type { Store } from './block-schedule.ts'
import type { MemoryLayout } from './memory-layout.ts'
import type { SlotGraph } from './slot-graph.ts'

/** Where the value of a node of the model is: ± a slot, or a constant. */
export type Entry =
  | { readonly kind: 'slot'; readonly slot: number; readonly sign: 1 | -1 }
  | { readonly kind: 'constant'; readonly value: number }

/**
 * Gives values of the model slots: those that are equal, or but for the sign, share one, and those in parameters alone
 * have theirs already.
 */
export class EntrySlots {
  readonly #model: Algebra
  readonly #graph: SlotGraph
  readonly #layout: MemoryLayout
  readonly #slots = new Map<NodeId, number>()

  constructor(model: Algebra, graph: SlotGraph, layout: MemoryLayout) {
    this.#model = model
    this.#graph = graph
    this.#layout = layout
  }

  entry(whole: NodeId): Entry {
    const { builder } = this.#model
    const isNegated = builder.operation(whole) === Operation.negate
    const node = isNegated ? builder.argument(whole, 0) : whole
    const sign = isNegated ? -1 : 1
    if (this.#graph.isFixed(node)) {
      const fixed = this.#graph.fixed(node)
      const value = this.#graph.algebra.builder.valueOf(fixed)
      return value === undefined
        ? { kind: 'slot', slot: this.#graph.algebra.builder.argument(fixed, 0), sign }
        : { kind: 'constant', value: sign * value }
    }
    const slot = this.#slots.get(node) ?? this.#layout.number()
    this.#slots.set(node, slot)
    return { kind: 'slot', slot, sign }
  }

  /** Computes the values where state 0 is at slot `states`. */
  stores(states: number): Store[] {
    const slots = [...this.#slots.values()]
    return this.#graph.translate([...this.#slots.keys()], states).map((node, e) => ({ node, slot: slots[e]! }))
  }
}

/** The value of an entry, where `leaf` gives that of a slot. */
export function entryValue(algebra: Algebra, entry: Entry, leaf: (slot: number) => NodeId): NodeId {
  if (entry.kind === 'constant') return algebra.constant(entry.value)
  return entry.sign < 0 ? algebra.negate(leaf(entry.slot)) : leaf(entry.slot)
}
