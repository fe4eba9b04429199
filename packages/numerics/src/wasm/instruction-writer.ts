import { ByteWriter } from './byte-writer.ts'
import { type ValueType, valueTypeCodes } from './value-type.ts'

/** What a structured instruction leaves on the stack: nothing, or one value. */
export type BlockType = ValueType | 'empty'

/** How instructions stand in the binary format, by the kind of their arguments. */
export abstract class InstructionWriter {
  protected readonly code: ByteWriter = new ByteWriter()

  /** Bytes of the instructions so far: what decides when a function is to be split. */
  get byteLength(): number {
    return this.code.length
  }

  protected plain(code: number): this {
    this.code.byte(code)
    return this
  }

  protected simd(code: number): this {
    this.code.instruction(0xfd, code)
    return this
  }

  protected indexed(code: number, index: number): this {
    this.code.instruction(code, index)
    return this
  }

  protected structured(code: number, type: BlockType): this {
    this.code.byte(code)
    this.code.byte(type === 'empty' ? 0x40 : valueTypeCodes[type])
    return this
  }

  protected memory(code: number, alignment: number, offset: number): this {
    this.code.instruction(code, alignment, offset)
    return this
  }

  protected simdMemory(code: number, alignment: number, offset: number): this {
    this.simd(code)
    this.code.unsigned(alignment)
    this.code.unsigned(offset)
    return this
  }

  protected lane(code: number, lane: number): this {
    this.simd(code)
    this.code.byte(lane)
    return this
  }
}
