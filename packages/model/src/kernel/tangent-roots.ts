import type { NodeId } from '../graph/graph.ts'
import type { ModelProgram } from '../tape/model-program.ts'
import type { SensitivityProgram } from '../tape/sensitivity-program.ts'

/** A derivative that is not zero by structure: of state `row`'s equation, with respect to what the other fields name. */
export interface TangentEntry {
  readonly row: number
  readonly node: NodeId
}

/** What a kernel computes for m sensitivities, as nodes of the model's graph; `parameter` counts the m chosen ones. */
export interface TangentRoots {
  readonly parameterCount: number
  /** ∂f/∂p. */
  readonly byParameter: readonly (TangentEntry & { readonly parameter: number })[]
  /** ∂²f/∂y_column∂y_other, other ≥ column. */
  readonly byStates: readonly (TangentEntry & { readonly column: number; readonly other: number })[]
  /** ∂²f/∂y_column∂p. */
  readonly byStateAndParameter: readonly (TangentEntry & { readonly column: number; readonly parameter: number })[]
  /** ∂²f/∂t∂y_column and ∂²f/∂t∂p. */
  readonly timeByState: readonly (TangentEntry & { readonly column: number })[]
  readonly timeByParameter: readonly (TangentEntry & { readonly parameter: number })[]
}

export function tangentRoots(base: ModelProgram, program: SensitivityProgram): TangentRoots {
  const { jacobian, byParameter, jacobianByState, jacobianByParameter, timeByState, timeByParameter } = program
  const timeRows = base.timeDerivative.rows
  return {
    parameterCount: program.parameters.length,
    byParameter: byParameter.nodes.map((node, e) => ({
      node,
      row: byParameter.rows[e]!,
      parameter: byParameter.columns[e]!,
    })),
    byStates: jacobianByState.nodes.map((node, e) => ({
      node,
      row: jacobian.rows[jacobianByState.rows[e]!]!,
      column: jacobian.columns[jacobianByState.rows[e]!]!,
      other: jacobianByState.columns[e]!,
    })),
    byStateAndParameter: jacobianByParameter.nodes.map((node, e) => ({
      node,
      row: jacobian.rows[jacobianByParameter.rows[e]!]!,
      column: jacobian.columns[jacobianByParameter.rows[e]!]!,
      parameter: jacobianByParameter.columns[e]!,
    })),
    timeByState: timeByState.nodes.map((node, e) => ({
      node,
      row: timeRows[timeByState.rows[e]!]!,
      column: timeByState.columns[e]!,
    })),
    timeByParameter: timeByParameter.nodes.map((node, e) => ({
      node,
      row: timeRows[timeByParameter.rows[e]!]!,
      parameter: timeByParameter.columns[e]!,
    })),
  }
}
