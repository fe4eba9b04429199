import { addMathFunctions, type FunctionIndex, type MathName, type ModuleBuilder } from '@cartkin/numerics/wasm'
import type { NodeId } from '../../graph/graph.ts'
import type { GraphBuilder } from '../../graph/graph-builder.ts'
import { Operation } from '../../graph/operation.ts'
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
])

/** Whether an operation is a function that is called, not one instruction. */
export function isCall(operation: Operation): boolean {
  return names.has(operation)
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
