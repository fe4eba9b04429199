import { ByteWriter } from './byte-writer.ts'
import type { ConstantTable } from './lane-stack.ts'
import type { TableName } from './math-table.ts'
import type { FunctionBody } from './module-builder.ts'

/**
 * The code of a recipe for one lane, written before it is known where its constants lie and which numbers the functions
 * have that it calls.
 */
export interface MathCode {
  /** Constants and tables in the order in which they are laid out. */
  readonly constants: readonly (number | bigint | TableName)[]
  /** Locals and instructions as in the code section, without their size and without what stands in the gaps. */
  readonly bytes: readonly number[]
  /**
   * Gaps in order: bytes since the last one, then what is to be filled in. A number is that of a constant, whose address
   * is wanted, so many bytes on; a text the name of a function.
   */
  readonly gaps: readonly (readonly [distance: number, target: number | string, offset: number])[]
}

/** The code with its gaps filled. */
export function fillMathCode(code: MathCode, table: ConstantTable, callee: (name: string) => number): FunctionBody {
  const addresses = code.constants.map((constant) =>
    typeof constant === 'string' ? table.tableAddress(constant) : table.constantAddress(constant),
  )
  const bytes = Uint8Array.from(code.bytes)
  const content = new ByteWriter()
  let from = 0
  for (const [distance, target, offset] of code.gaps) {
    content.bytes(bytes.subarray(from, from + distance))
    content.unsigned(typeof target === 'string' ? callee(target) : addresses[target]! + offset)
    from += distance
  }
  content.bytes(bytes.subarray(from))
  return { writeTo: (writer) => writer.sized(content) }
}
