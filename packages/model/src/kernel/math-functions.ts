import {
  addMathFunctions,
  type FunctionIndex,
  type MathName,
  type ModuleBuilder,
  mathTableBytes,
} from '@cartkin/numerics/wasm'
import type { GraphBuilder } from '../graph-builder.ts'
import { Operation } from '../operation.ts'
import { isCall } from './block-schedule.ts'
import type { MemoryLayout } from './memory-layout.ts'

/** Names of the called operations in WebAssembly. */
const names = new Map<Operation, MathName>([
  [Operation.power, 'pow'],
  [Operation.exp, 'exp'],
  [Operation.log, 'log'],
])

/** Adds the functions that the nodes of a graph call, with their tables; undefined when one of them is not to be had. */
export function addCalledFunctions(
  module: ModuleBuilder,
  layout: MemoryLayout,
  graph: GraphBuilder,
): ReadonlyMap<Operation, FunctionIndex> | undefined {
  const wanted = new Map<Operation, MathName>()
  for (let i = 0; i < graph.size; i++) {
    const operation = graph.operation(i as Parameters<GraphBuilder['operation']>[0])
    if (!isCall(operation)) continue
    const name = names.get(operation)
    if (name === undefined) return undefined
    wanted.set(operation, name)
  }
  if (wanted.size === 0) return new Map()
  const called = [...wanted.values()]
  const slots = mathTableBytes(called) / (8 * layout.lanes)
  const tableOffset = layout.address(layout.vector(Math.ceil(slots)))
  const functions = addMathFunctions(module, called, layout.lanes, { tableOffset })
  return new Map([...wanted].map(([operation, name]) => [operation, functions.get(name)!]))
}
