import type { Algebra } from '../graph/algebra.ts'
import { shareReciprocals } from '../graph/share-reciprocals.ts'
import type { Model } from '../model.ts'
import {
  type ModelProgram,
  programInputs,
  type SparseDerivatives,
  sparseDerivatives,
  stateLeaves,
} from './model-program.ts'
import { layOut, type Program } from './tape.ts'

/** The tapes of a `SensitivityProgram`, by their place. */
export const SensitivityTape = { tangent: 0, linearization: 1, outputs: 2, fixed: 3 } as const

/** The derivatives of a model with respect to chosen parameters, as tapes and sparse patterns. Rows of f are states. */
export interface SensitivityProgram {
  readonly program: Program
  readonly parameters: readonly number[]
  /** Tape `tangent`: the entries of ∂f/∂y, then those of ∂f/∂p. */
  readonly jacobian: SparseDerivatives
  readonly byParameter: SparseDerivatives
  /** Tape `linearization`: second derivatives of the Jacobian's entries (rows) by states and parameters, then of ∂f/∂t's. */
  readonly jacobianByState: SparseDerivatives
  readonly jacobianByParameter: SparseDerivatives
  readonly timeByState: SparseDerivatives
  readonly timeByParameter: SparseDerivatives
  /** Tape `outputs`: by states, then by parameters. */
  readonly outputsByState: SparseDerivatives
  readonly outputsByParameter: SparseDerivatives
  /** Tape `fixed`: of the roots in parameters alone. */
  readonly fixedByParameter: SparseDerivatives
}

export function buildSensitivityProgram(
  model: Model,
  algebra: Algebra,
  base: ModelProgram,
  parameters: readonly number[],
): SensitivityProgram {
  const states = stateLeaves(model, algebra)
  const leaves = parameters.map((index) => algebra.parameter(index))
  const { jacobian, timeDerivative } = base
  const byParameter = sparseDerivatives(algebra, model.derivatives, leaves)
  const jacobianByState = upperHalf(sparseDerivatives(algebra, jacobian.nodes, states), jacobian)
  const jacobianByParameter = sparseDerivatives(algebra, jacobian.nodes, leaves)
  const timeByState = sparseDerivatives(algebra, timeDerivative.nodes, states)
  const timeByParameter = sparseDerivatives(algebra, timeDerivative.nodes, leaves)
  // what is shared is decided once for all that kernels compute, too
  const tangents = [byParameter, jacobianByState, jacobianByParameter, timeByState, timeByParameter]
  const renewed = shareReciprocals(
    algebra,
    tangents.flatMap(({ nodes }) => nodes),
  )
  let next = 0
  const computed = ({ rows, columns, nodes }: SparseDerivatives): SparseDerivatives => {
    next += nodes.length
    return { rows, columns, nodes: renewed.slice(next - nodes.length, next) }
  }
  const made = {
    jacobian: base.roots.jacobian,
    byParameter: computed(byParameter),
    jacobianByState: computed(jacobianByState),
    jacobianByParameter: computed(jacobianByParameter),
    timeByState: computed(timeByState),
    timeByParameter: computed(timeByParameter),
  }
  const outputsByState = sparseDerivatives(algebra, model.outputRoots, states)
  const outputsByParameter = sparseDerivatives(algebra, model.outputRoots, leaves)
  const fixedByParameter = sparseDerivatives(algebra, base.fixed.nodes, leaves)
  const second = [made.jacobianByState, made.jacobianByParameter, made.timeByState, made.timeByParameter]
  const groups = [
    [...made.jacobian.nodes, ...made.byParameter.nodes],
    second.flatMap(({ nodes }) => nodes),
    [...outputsByState.nodes, ...outputsByParameter.nodes],
    fixedByParameter.nodes,
  ]
  const program = layOut(algebra.builder.finish(), groups, programInputs(model))
  return { program, parameters, ...made, outputsByState, outputsByParameter, fixedByParameter }
}

/** Keeps ∂²f_i/∂y_c∂y_l for l ≥ c: the Hessian is symmetric, and half of it is half the work. */
function upperHalf(second: SparseDerivatives, jacobian: SparseDerivatives): SparseDerivatives {
  const kept: number[] = []
  for (let k = 0; k < second.nodes.length; k++) {
    if (second.columns[k]! >= jacobian.columns[second.rows[k]!]!) kept.push(k)
  }
  return {
    rows: Int32Array.from(kept, (k) => second.rows[k]!),
    columns: Int32Array.from(kept, (k) => second.columns[k]!),
    nodes: kept.flatMap((k) => second.nodes[k] ?? []),
  }
}
