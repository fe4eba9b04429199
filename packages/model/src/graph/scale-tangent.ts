import type { Algebra } from './algebra.ts'
import type { NodeId } from './graph.ts'
import { Operation } from './operation.ts'

/** How deep a factor is carried into nested choices. */
const carriedLevels = 8

/** The sum of two tangents, undefined where they are zero by structure. */
export function sumTangents(algebra: Algebra, a: NodeId | undefined, b: NodeId | undefined): NodeId | undefined {
  return a === undefined ? b : b === undefined ? a : algebra.add(a, b)
}

/** factor · tangent; where the tangent is a choice with 0 on one side, the factor goes inside: Infinity · 0 is NaN. */
export function scaleTangent(algebra: Algebra, factor: NodeId, tangent: NodeId): NodeId {
  return inside(algebra, tangent, carriedLevels, (x) => algebra.multiply(factor, x))
}

/** tangent / divisor, likewise. */
export function divideTangent(algebra: Algebra, tangent: NodeId, divisor: NodeId): NodeId {
  return inside(algebra, tangent, carriedLevels, (x) => algebra.divide(x, divisor))
}

function inside(algebra: Algebra, tangent: NodeId, levels: number, apply: (x: NodeId) => NodeId): NodeId {
  const { builder } = algebra
  if (tangent === algebra.zero) return tangent
  if (levels > 0 && builder.operation(tangent) === Operation.select) {
    const yes = builder.argument(tangent, 1)
    const no = builder.argument(tangent, 2)
    if (yes === algebra.zero || no === algebra.zero) {
      return algebra.select(
        builder.argument(tangent, 0),
        inside(algebra, yes, levels - 1, apply),
        inside(algebra, no, levels - 1, apply),
      )
    }
  }
  return apply(tangent)
}
