import type { Algebra } from '../graph/algebra.ts'
import { differentiate } from '../graph/differentiate.ts'
import type { NodeId } from '../graph/graph.ts'
import { isAffine } from '../graph/is-affine.ts'
import { statesBelow } from '../graph/states-below.ts'
import type { Model } from '../model.ts'
import { type FixedRoots, fixedRoots } from './fixed-roots.ts'
import { type ModelRoots, modelRoots } from './model-roots.ts'
import { stateConditions } from './state-conditions.ts'
import { layOut, type Program, type ProgramInputs } from './tape.ts'

/** The non-zero derivatives of a list of roots: entry k is ∂root[rows[k]]/∂input[columns[k]]. */
export interface SparseDerivatives {
  readonly rows: Int32Array
  readonly columns: Int32Array
  readonly nodes: readonly NodeId[]
}

/** Differentiates `roots` with respect to the leaves `inputs`, numbered by their place in the list. */
export function sparseDerivatives(
  algebra: Algebra,
  roots: readonly NodeId[],
  inputs: readonly NodeId[],
): SparseDerivatives {
  const rows: number[] = []
  const columns: number[] = []
  const nodes: NodeId[] = []
  const numbered = new Map(inputs.map((input, k) => [input, k]))
  differentiate(algebra, roots, numbered).forEach((gradient, row) => {
    gradient.inputs.forEach((column, k) => {
      const node = gradient.nodes[k] ?? algebra.zero
      if (node === algebra.zero) return
      rows.push(row)
      columns.push(column)
      nodes.push(node)
    })
  })
  return { rows: Int32Array.from(rows), columns: Int32Array.from(columns), nodes }
}

/** The tapes of a `ModelProgram`, by their place. */
export const ModelTape = { derivative: 0, jacobian: 1, timeDerivative: 2, outputs: 3, fixed: 4, conditions: 5 } as const

/** A model as tapes, without sensitivities. */
export interface ModelProgram {
  readonly program: Program
  /** ∂f/∂y, to be differentiated again; what is computed is in `roots`. */
  readonly jacobian: SparseDerivatives
  /** ∂f/∂t, one column; likewise. */
  readonly timeDerivative: SparseDerivatives
  /** With switches and dose inputs as they are, f is affine in the states, and its coefficients stand still. */
  readonly isLinear: boolean
  /** What its first three tapes compute. */
  readonly roots: ModelRoots
  readonly fixed: FixedRoots
  /** The states that each of its conditions depends on. */
  readonly conditionStates: readonly Int32Array[]
}

export function buildModelProgram(model: Model, algebra: Algebra): ModelProgram {
  const jacobian = sparseDerivatives(algebra, model.derivatives, stateLeaves(model, algebra))
  const timeDerivative = sparseDerivatives(algebra, model.derivatives, [algebra.time])
  const fixed = fixedRoots(model)
  const roots = modelRoots(model, algebra, jacobian, timeDerivative)
  const conditions = stateConditions(model, algebra)
  const groups = [
    roots.derivatives,
    roots.jacobian.nodes,
    roots.timeDerivative.nodes,
    model.outputRoots,
    fixed.nodes,
    conditions,
  ]
  const graph = algebra.builder.finish()
  const program = layOut(graph, groups, programInputs(model))
  const isLinear = isAffine(algebra.builder, model.derivatives)
  const conditionStates = conditions.map((condition) => statesBelow(graph, [condition]))
  return { program, jacobian, timeDerivative, roots, fixed, conditionStates, isLinear }
}

export function stateLeaves(model: Model, algebra: Algebra): NodeId[] {
  return model.states.map((_, i) => algebra.state(i))
}

export function programInputs(model: Model): ProgramInputs {
  return {
    parameterCount: model.parameters.length,
    stateCount: model.states.length,
    switchCount: model.switches.length,
    doseCount: model.doseInputs.length,
  }
}
