import type { Model } from '../model.ts'
import { GraphBuilder } from './graph-builder.ts'
import { isAffine } from './is-affine.ts'
import { statesBelow } from './states-below.ts'

/**
 * Of a model that is linear (affine) in its states, with coefficients that stand still between events: the states that each
 * rate of change depends on, ascending. Null for every other model.
 */
export function linearCoupling({ graph, derivatives }: Model): readonly Int32Array[] | null {
  if (!isAffine(new GraphBuilder(graph), derivatives)) return null
  return derivatives.map((node) => statesBelow(graph, [node]))
}
