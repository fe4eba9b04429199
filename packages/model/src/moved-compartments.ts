import type { NodeId } from './graph/graph.ts'
import type { LinearCompartments } from './model.ts'

/** Compartments with their rate constants in another graph. */
export function movedCompartments(linear: LinearCompartments, now: (node: NodeId) => NodeId): LinearCompartments {
  const { depot, elimination, peripherals } = linear
  return {
    ...linear,
    depot: depot && { ...depot, ka: now(depot.ka) },
    elimination: now(elimination),
    peripherals: peripherals.map(({ state, out, back }) => ({ state, out: now(out), back: now(back) })),
  }
}
