import { addMathFunctions, type FunctionIndex, type MathName, type ModuleBuilder } from '@cartkin/numerics/wasm'
import type { Graph, NodeId } from '../../graph/graph.ts'
import type { GraphBuilder } from '../../graph/graph-builder.ts'
import { arity, Operation } from '../../graph/operation.ts'
import { firstSpecial, specialFunction, specialFunctions } from '../../graph/special-functions.ts'
import type { LaneCount } from './memory-layout.ts'

/** Names of the called operations in WebAssembly. */
const names = new Map<Operation, MathName>([
  [Operation.power, 'pow'],
  [Operation.exp, 'exp'],
  [Operation.log, 'log'],
  [Operation.log10, 'log10'],
  [Operation.log2, 'log2'],
  [Operation.log1p, 'log1p'],
  [Operation.expm1, 'expm1'],
  [Operation.sin, 'sin'],
  [Operation.cos, 'cos'],
  [Operation.tan, 'tan'],
  [Operation.sinh, 'sinh'],
  [Operation.cosh, 'cosh'],
  [Operation.tanh, 'tanh'],
  [Operation.asin, 'asin'],
  [Operation.acos, 'acos'],
  [Operation.atan, 'atan'],
  [Operation.expit, 'expit'],
  [Operation.logit, 'logit'],
  ...specialFunctions.flatMap(({ kernel }, k): [Operation, MathName][] =>
    kernel === undefined ? [] : [[(firstSpecial + k) as Operation, kernel]],
  ),
])

/**
 * Whether every operation below the nodes, which are those of a model's text, has a form in WebAssembly with its first and
 * second derivatives; seldom special functions have none.
 */
export function hasKernelForm(graph: Graph, roots: readonly NodeId[]): boolean {
  const seen = new Uint8Array(graph.size)
  const stack: number[] = [...roots]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (seen[node] === 1) continue
    seen[node] = 1
    const operation = graph.operations[node] as Operation
    if (!runsInKernels(operation)) return false
    const operands = arity[operation] ?? 0
    if (operands > 0) stack.push(graph.first[node]!)
    if (operands > 1) stack.push(graph.second[node]!)
    if (operands > 2) stack.push(graph.third[node]!)
  }
  return true
}

/** Whether an operation is a function that is called, not one instruction. */
export function isCall(operation: Operation): boolean {
  return names.has(operation)
}

function runsInKernels(operation: Operation): boolean {
  const special = specialFunction(operation)
  return special === undefined || (special.kernel !== undefined && special.inDerivativesOnly !== true)
}

/** Adds the functions that the nodes of a graph call, with their tables at `tableOffset`. */
export function addCalledFunctions(
  module: ModuleBuilder,
  lanes: LaneCount,
  graph: GraphBuilder,
  tableOffset: number,
): ReadonlyMap<Operation, FunctionIndex> {
  const wanted = new Map<Operation, MathName>()
  for (let i = 0; i < graph.size; i++) {
    const operation = graph.operation(i as NodeId)
    const name = names.get(operation)
    if (name !== undefined) wanted.set(operation, name)
  }
  if (wanted.size === 0) return new Map()
  const functions = addMathFunctions(module, wanted.values(), lanes, { tableOffset })
  return new Map([...wanted].map(([operation, name]) => [operation, functions.get(name)!]))
}
