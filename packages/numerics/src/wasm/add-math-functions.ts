import { CodeBody } from './code-body.ts'
import { LaneAssembler } from './lane-assembler.ts'
import type { LaneNumber } from './lane-value.ts'
import { fillMathCode } from './math-code.ts'
import { type MathName, mathNames, type Recipe, recipes } from './math-recipes.ts'
import { MathTable } from './math-table.ts'
import { type FunctionIndex, type FunctionSignature, ModuleBuilder } from './module-builder.ts'
import { storedMathCode } from './stored-math-code.ts'

/** Where the constants and tables of the functions lie in the module's memory. */
export interface MathFunctionOptions {
  /** Address of the first byte, a multiple of 16; {@link mathTableBytes} bytes from there are theirs. */
  readonly tableOffset: number
}

/**
 * Adds the functions asked for to a module: (f64) → f64 with one lane, (v128) → v128 with two; `pow` has two parameters. Each has the
 * bits of the TypeScript function of the same name for every input and in either lane; where that is NaN, some NaN.
 *
 * The tables become a data segment of the module. Calls with the same names, for one lane and for two, may share the table offset.
 *
 * @param builder a module with a memory.
 * @param names functions to be added; what they need themselves is added too.
 * @param lanes numbers per value.
 */
export function addMathFunctions(
  builder: ModuleBuilder,
  names: Iterable<MathName>,
  lanes: 1 | 2,
  options: MathFunctionOptions,
): Map<MathName, FunctionIndex> {
  const { tableOffset } = options
  if (!(tableOffset >= 0 && tableOffset % 16 === 0)) {
    throw new RangeError(`addMathFunctions: tableOffset must be a multiple of 16, got ${tableOffset}`)
  }
  const table = new MathTable(tableOffset)
  const functions = emitFunctions(builder, names, lanes, table)
  builder.data(tableOffset, table.bytes())
  return functions
}

/** Bytes of memory that the tables of the functions take up, a multiple of 16. */
export function mathTableBytes(names: Iterable<MathName>): number {
  const table = new MathTable(0)
  emitFunctions(new ModuleBuilder(), names, 1, table)
  return table.bytes().length
}

function emitFunctions(
  builder: ModuleBuilder,
  names: Iterable<MathName>,
  lanes: 1 | 2,
  table: MathTable,
): Map<MathName, FunctionIndex> {
  const indices = new Map<string, FunctionIndex>()
  const pending: {
    readonly name: string
    readonly index: FunctionIndex
    readonly recipe: Recipe
    readonly signature: FunctionSignature
  }[] = []
  const callee = (name: string): FunctionIndex => {
    const known = indices.get(name)
    if (known !== undefined) return known
    const recipe = recipes.get(name)
    if (recipe === undefined) {
      throw new RangeError(`addMathFunctions: there is no function "${name}"; there are ${mathNames.join(', ')}`)
    }
    const type = lanes === 1 ? 'f64' : 'v128'
    const signature: FunctionSignature = { parameters: recipe.arity === 1 ? [type] : [type, type], results: [type] }
    const index = builder.declare(signature, lanes === 1 ? name : `${name}x2`)
    indices.set(name, index)
    pending.push({ name, index, recipe, signature })
    return index
  }
  const wanted = new Set(names)
  const functions = new Map<MathName, FunctionIndex>()
  // in an order of our own: the table must not depend on that of the names
  for (const name of [...wanted].sort()) functions.set(name, callee(name))
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    const stored = lanes === 1 ? storedMathCode[next.name] : undefined
    if (stored !== undefined) {
      builder.define(next.index, fillMathCode(stored, table, callee))
      continue
    }
    const body = new CodeBody(next.signature.parameters)
    const lane = new LaneAssembler(body, lanes, { table, callee })
    const x: LaneNumber = { kind: 'number', local: 0 }
    const result =
      next.recipe.arity === 1 ? next.recipe.write(lane, x) : next.recipe.write(lane, x, { kind: 'number', local: 1 })
    builder.define(next.index, body.localGet(result.local))
  }
  return functions
}
