import { ByteWriter } from './byte-writer.ts'
import type { BlockType } from './instruction-writer.ts'
import { LaneInstructions } from './lane-instructions.ts'
import type { FunctionBody } from './module-builder.ts'
import { type ValueType, valueTypeCodes } from './value-type.ts'

/**
 * One WebAssembly function: its locals and its instructions, written in the order in which the stack machine runs them. Each method
 * appends the instruction of its name (`f64Add` is `f64.add`) and returns the body. Operands are on the stack, constants of an
 * instruction are arguments. The final `end` is added by {@link ModuleBuilder.define}. Nothing is validated here: the engine does
 * when the module is compiled.
 */
export class CodeBody extends LaneInstructions implements FunctionBody {
  /** Runs of locals of one type. */
  readonly #locals: { readonly type: ValueType; count: number }[] = []
  #localCount: number

  /** @param parameterTypes the function's parameters: locals 0, 1, … */
  constructor(parameterTypes: readonly ValueType[]) {
    super()
    this.#localCount = parameterTypes.length
  }

  /** A new local variable, 0 at the start of the function; returns its index. */
  local(type: ValueType): number {
    const last = this.#locals[this.#locals.length - 1]
    if (last?.type === type) last.count++
    else this.#locals.push({ type, count: 1 })
    return this.#localCount++
  }

  /** Appends the function in the form of the code section. */
  writeTo(writer: ByteWriter): void {
    const entry = new ByteWriter()
    this.writeContent(entry)
    writer.sized(entry)
  }

  /** Appends locals, instructions and `end`. */
  writeContent(writer: ByteWriter): void {
    writer.unsigned(this.#locals.length)
    for (const { type, count } of this.#locals) {
      writer.unsigned(count)
      writer.byte(valueTypeCodes[type])
    }
    writer.bytes(this.code.content())
    writer.byte(0x0b)
  }

  // control

  block(type: BlockType = 'empty'): this {
    return this.structured(0x02, type)
  }

  loop(type: BlockType = 'empty'): this {
    return this.structured(0x03, type)
  }

  if(type: BlockType = 'empty'): this {
    return this.structured(0x04, type)
  }

  else(): this {
    return this.plain(0x05)
  }

  end(): this {
    return this.plain(0x0b)
  }

  /** Branch to the enclosing block or loop `depth` levels out, 0 the innermost. */
  br(depth: number): this {
    return this.indexed(0x0c, depth)
  }

  brIf(depth: number): this {
    return this.indexed(0x0d, depth)
  }

  return(): this {
    return this.plain(0x0f)
  }

  call(functionIndex: number): this {
    return this.indexed(0x10, functionIndex)
  }

  unreachable(): this {
    return this.plain(0x00)
  }

  drop(): this {
    return this.plain(0x1a)
  }

  /** [a, b, condition] → condition ≠ 0 ? a : b, for numbers; see `v128Bitselect` for lanes, and `selectV128`. */
  select(): this {
    return this.plain(0x1b)
  }

  // locals

  localGet(index: number): this {
    return this.indexed(0x20, index)
  }

  localSet(index: number): this {
    return this.indexed(0x21, index)
  }

  localTee(index: number): this {
    return this.indexed(0x22, index)
  }
}
