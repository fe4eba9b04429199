import type { Graph, NodeId } from '../graph/graph.ts'
import { arity, Operation } from '../graph/operation.ts'

/**
 * Where values live in the register file of a program: constants, parameters, switches, dose inputs, values in parameters
 * alone, then time and states, then values of the tapes. Plain data.
 */
export interface Program {
  readonly constants: Float64Array
  readonly parameters: number
  readonly parameterCount: number
  readonly switches: number
  readonly switchCount: number
  readonly doseCount: number
  readonly time: number
  readonly states: number
  readonly stateCount: number
  readonly registerCount: number
  /** Computes what depends on parameters alone; run when they are set. */
  readonly prologue: Tape
  /** One for each group of roots asked for. */
  readonly tapes: readonly Tape[]
}

/** Instructions in order, and the registers in which the roots are found afterwards. */
export interface Tape {
  /** Per instruction: operation, destination, and one register for each argument. */
  readonly code: Int32Array
  readonly roots: Int32Array
  readonly instructions: number
}

/** What a program is made for. */
export interface ProgramInputs {
  readonly parameterCount: number
  readonly stateCount: number
  readonly switchCount: number
  readonly doseCount: number
}

/**
 * Lays out groups of roots as tapes over one register file. A tape computes only what its roots need; what needs
 * parameters alone is computed in the prologue, once for all tapes.
 */
export function layOut(graph: Graph, groups: readonly (readonly NodeId[])[], inputs: ProgramInputs): Program {
  const isFixed = parameterOnly(graph)
  const needed = groups.map((roots) => reachable(graph, roots))
  const register = new Int32Array(graph.size).fill(-1)
  const constants = graph.constants
  const parameters = constants.length
  const switches = parameters + inputs.parameterCount
  const doses = switches + inputs.switchCount
  let free = doses + inputs.doseCount
  const prologueNodes: number[] = []
  for (let i = 0; i < graph.size; i++) {
    if (isFixed[i] === 1 && needed.some((marks) => marks[i] === 1)) {
      const operation = graph.operations[i]
      if (operation === Operation.constant) register[i] = graph.first[i]!
      else if (operation === Operation.parameter) register[i] = parameters + graph.first[i]!
      else {
        register[i] = free++
        prologueNodes.push(i)
      }
    }
  }
  const time = free
  const states = time + 1
  const scratch = states + inputs.stateCount
  const prologue = assemble(graph, prologueNodes, register, [])
  let registerCount = scratch
  const tapes = groups.map((roots, group) => {
    const nodes: number[] = []
    let next = scratch
    for (let i = 0; i < graph.size; i++) {
      if (needed[group]![i] !== 1 || isFixed[i] === 1) continue
      const operation = graph.operations[i]
      if (operation === Operation.time) register[i] = time
      else if (operation === Operation.state) register[i] = states + graph.first[i]!
      else if (operation === Operation.switch) register[i] = switches + graph.first[i]!
      else if (operation === Operation.dose) register[i] = doses + graph.first[i]!
      else {
        register[i] = next++
        nodes.push(i)
      }
    }
    registerCount = Math.max(registerCount, next)
    return assemble(graph, nodes, register, roots)
  })
  return {
    constants,
    parameters,
    parameterCount: inputs.parameterCount,
    switches,
    switchCount: inputs.switchCount,
    doseCount: inputs.doseCount,
    time,
    states,
    stateCount: inputs.stateCount,
    registerCount,
    prologue,
    tapes,
  }
}

function assemble(graph: Graph, nodes: readonly number[], register: Int32Array, roots: readonly NodeId[]): Tape {
  const code: number[] = []
  for (const node of nodes) {
    const operation = graph.operations[node]!
    const operands = arity[operation] ?? 0
    code.push(operation, register[node]!, register[graph.first[node]!]!)
    if (operands > 1) code.push(register[graph.second[node]!]!)
    if (operands > 2) code.push(register[graph.third[node]!]!)
  }
  return {
    code: Int32Array.from(code),
    roots: Int32Array.from(roots, (root) => register[root]!),
    instructions: nodes.length,
  }
}

/** 1 for each node that is a constant or depends on parameters alone. */
function parameterOnly(graph: Graph): Uint8Array {
  const fixed = new Uint8Array(graph.size)
  for (let i = 0; i < graph.size; i++) {
    const operation = graph.operations[i]!
    const operands = arity[operation] ?? 0
    if (operands === 0) {
      fixed[i] = operation === Operation.constant || operation === Operation.parameter ? 1 : 0
      continue
    }
    let all = fixed[graph.first[i]!]!
    if (operands > 1) all &= fixed[graph.second[i]!]!
    if (operands > 2) all &= fixed[graph.third[i]!]!
    fixed[i] = all
  }
  return fixed
}

/** 1 for each node below the roots. */
function reachable(graph: Graph, roots: readonly NodeId[]): Uint8Array {
  const marked = new Uint8Array(graph.size)
  for (const root of roots) marked[root] = 1
  for (let i = graph.size - 1; i >= 0; i--) {
    if (marked[i] === 0) continue
    const operands = arity[graph.operations[i]!] ?? 0
    if (operands > 0) marked[graph.first[i]!] = 1
    if (operands > 1) marked[graph.second[i]!] = 1
    if (operands > 2) marked[graph.third[i]!] = 1
  }
  return marked
}
