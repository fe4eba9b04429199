import { ByteWriter } from './byte-writer.ts'
import type { FunctionBody } from './module-builder.ts'
import { type ValueType, valueTypeCodes } from './value-type.ts'

/** What a structured instruction leaves on the stack: nothing, or one value. */
export type BlockType = ValueType | 'empty'

/**
 * The instructions of one WebAssembly function, written in the order in which the stack machine runs them; each method appends the
 * instruction of its name (`f64Add` is `f64.add`) and returns the body. Operands are on the stack, constants of an instruction are arguments.
 * The final `end` is added by {@link ModuleBuilder.define}. Nothing is validated here: the engine does when the module is compiled.
 */
export class CodeBody implements FunctionBody {
  readonly #code = new ByteWriter()
  /** Runs of locals of one type. */
  readonly #locals: { readonly type: ValueType; count: number }[] = []
  #localCount: number

  /** @param parameterTypes the function's parameters: locals 0, 1, … */
  constructor(parameterTypes: readonly ValueType[]) {
    this.#localCount = parameterTypes.length
  }

  /** A new local variable, 0 at the start of the function; returns its index. */
  local(type: ValueType): number {
    const last = this.#locals[this.#locals.length - 1]
    if (last?.type === type) last.count++
    else this.#locals.push({ type, count: 1 })
    return this.#localCount++
  }

  /** Bytes of the instructions so far: what decides when a function is to be split. */
  get byteLength(): number {
    return this.#code.length
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
    writer.bytes(this.#code.content())
    writer.byte(0x0b)
  }

  // control

  block(type: BlockType = 'empty'): this {
    return this.#structured(0x02, type)
  }

  loop(type: BlockType = 'empty'): this {
    return this.#structured(0x03, type)
  }

  if(type: BlockType = 'empty'): this {
    return this.#structured(0x04, type)
  }

  else(): this {
    return this.#plain(0x05)
  }

  end(): this {
    return this.#plain(0x0b)
  }

  /** Branch to the enclosing block or loop `depth` levels out, 0 the innermost. */
  br(depth: number): this {
    return this.#indexed(0x0c, depth)
  }

  brIf(depth: number): this {
    return this.#indexed(0x0d, depth)
  }

  return(): this {
    return this.#plain(0x0f)
  }

  call(functionIndex: number): this {
    return this.#indexed(0x10, functionIndex)
  }

  unreachable(): this {
    return this.#plain(0x00)
  }

  drop(): this {
    return this.#plain(0x1a)
  }

  /** [a, b, condition] → condition ≠ 0 ? a : b, for numbers; see `v128Bitselect` for lanes, and `selectV128`. */
  select(): this {
    return this.#plain(0x1b)
  }

  /** `select` of two v128 by one i32. */
  selectV128(): this {
    this.#code.bytes([0x1c, 1, valueTypeCodes.v128])
    return this
  }

  // locals and constants

  localGet(index: number): this {
    return this.#indexed(0x20, index)
  }

  localSet(index: number): this {
    return this.#indexed(0x21, index)
  }

  localTee(index: number): this {
    return this.#indexed(0x22, index)
  }

  i32Const(value: number): this {
    this.#code.byte(0x41)
    this.#code.signed(value)
    return this
  }

  i64Const(value: bigint): this {
    this.#code.byte(0x42)
    this.#code.signed64(value)
    return this
  }

  f64Const(value: number): this {
    this.#code.byte(0x44)
    this.#code.float64(value)
    return this
  }

  /** `v128.const` of two numbers; with one argument the same in both lanes. */
  f64x2Const(first: number, second: number = first): this {
    this.#simd(12)
    this.#code.float64(first)
    this.#code.float64(second)
    return this
  }

  /** `v128.const` of two 64-bit integers; with one argument the same in both lanes. */
  i64x2Const(first: bigint, second: bigint = first): this {
    this.#simd(12)
    this.#code.bits64(first)
    this.#code.bits64(second)
    return this
  }

  // memory: the address (i32) lies on the stack, below the value to store; offset is added to it

  i32Load(offset = 0): this {
    return this.#memory(0x28, 2, offset)
  }

  i64Load(offset = 0): this {
    return this.#memory(0x29, 3, offset)
  }

  f64Load(offset = 0): this {
    return this.#memory(0x2b, 3, offset)
  }

  i32Store(offset = 0): this {
    return this.#memory(0x36, 2, offset)
  }

  i64Store(offset = 0): this {
    return this.#memory(0x37, 3, offset)
  }

  f64Store(offset = 0): this {
    return this.#memory(0x39, 3, offset)
  }

  v128Load(offset = 0): this {
    return this.#simdMemory(0x00, 4, offset)
  }

  v128Store(offset = 0): this {
    return this.#simdMemory(0x0b, 4, offset)
  }

  /** One number into both lanes. */
  v128Load64Splat(offset = 0): this {
    return this.#simdMemory(0x0a, 3, offset)
  }

  /** One number into lane 0, 0 into lane 1. */
  v128Load64Zero(offset = 0): this {
    return this.#simdMemory(0x5d, 3, offset)
  }

  /** [address, v128] → v128 with one lane from memory. */
  v128Load64Lane(offset: number, lane: 0 | 1): this {
    this.#simdMemory(0x57, 3, offset)
    this.#code.byte(lane)
    return this
  }

  /** [address, v128] →: one lane to memory. */
  v128Store64Lane(offset: number, lane: 0 | 1): this {
    this.#simdMemory(0x5b, 3, offset)
    this.#code.byte(lane)
    return this
  }

  // lanes by number

  f64x2ExtractLane(lane: 0 | 1): this {
    return this.#lane(0x21, lane)
  }

  f64x2ReplaceLane(lane: 0 | 1): this {
    return this.#lane(0x22, lane)
  }

  i64x2ExtractLane(lane: 0 | 1): this {
    return this.#lane(0x1d, lane)
  }

  i64x2ReplaceLane(lane: 0 | 1): this {
    return this.#lane(0x1e, lane)
  }

  i32x4ExtractLane(lane: 0 | 1 | 2 | 3): this {
    return this.#lane(0x1b, lane)
  }

  /** [a, b] → two of the four 64-bit lanes: 0, 1 those of a and 2, 3 those of b (`i8x16.shuffle`). */
  i64x2Shuffle(first: 0 | 1 | 2 | 3, second: 0 | 1 | 2 | 3): this {
    this.#simd(13)
    for (const lane of [first, second]) for (let i = 0; i < 8; i++) this.#code.byte(8 * lane + i)
    return this
  }

  // f64 arithmetic

  f64Abs(): this {
    return this.#plain(0x99)
  }

  f64Neg(): this {
    return this.#plain(0x9a)
  }

  f64Ceil(): this {
    return this.#plain(0x9b)
  }

  f64Floor(): this {
    return this.#plain(0x9c)
  }

  f64Trunc(): this {
    return this.#plain(0x9d)
  }

  f64Nearest(): this {
    return this.#plain(0x9e)
  }

  f64Sqrt(): this {
    return this.#plain(0x9f)
  }

  f64Add(): this {
    return this.#plain(0xa0)
  }

  f64Sub(): this {
    return this.#plain(0xa1)
  }

  f64Mul(): this {
    return this.#plain(0xa2)
  }

  f64Div(): this {
    return this.#plain(0xa3)
  }

  f64Min(): this {
    return this.#plain(0xa4)
  }

  f64Max(): this {
    return this.#plain(0xa5)
  }

  f64Copysign(): this {
    return this.#plain(0xa6)
  }

  f64Eq(): this {
    return this.#plain(0x61)
  }

  f64Ne(): this {
    return this.#plain(0x62)
  }

  f64Lt(): this {
    return this.#plain(0x63)
  }

  f64Gt(): this {
    return this.#plain(0x64)
  }

  f64Le(): this {
    return this.#plain(0x65)
  }

  f64Ge(): this {
    return this.#plain(0x66)
  }

  // i32

  i32Eqz(): this {
    return this.#plain(0x45)
  }

  i32Eq(): this {
    return this.#plain(0x46)
  }

  i32Ne(): this {
    return this.#plain(0x47)
  }

  i32LtS(): this {
    return this.#plain(0x48)
  }

  i32LtU(): this {
    return this.#plain(0x49)
  }

  i32GtS(): this {
    return this.#plain(0x4a)
  }

  i32GtU(): this {
    return this.#plain(0x4b)
  }

  i32LeS(): this {
    return this.#plain(0x4c)
  }

  i32LeU(): this {
    return this.#plain(0x4d)
  }

  i32GeS(): this {
    return this.#plain(0x4e)
  }

  i32GeU(): this {
    return this.#plain(0x4f)
  }

  i32Add(): this {
    return this.#plain(0x6a)
  }

  i32Sub(): this {
    return this.#plain(0x6b)
  }

  i32Mul(): this {
    return this.#plain(0x6c)
  }

  i32And(): this {
    return this.#plain(0x71)
  }

  i32Or(): this {
    return this.#plain(0x72)
  }

  i32Xor(): this {
    return this.#plain(0x73)
  }

  i32Shl(): this {
    return this.#plain(0x74)
  }

  i32ShrS(): this {
    return this.#plain(0x75)
  }

  i32ShrU(): this {
    return this.#plain(0x76)
  }

  // i64

  i64Eqz(): this {
    return this.#plain(0x50)
  }

  i64Eq(): this {
    return this.#plain(0x51)
  }

  i64Ne(): this {
    return this.#plain(0x52)
  }

  i64LtS(): this {
    return this.#plain(0x53)
  }

  i64LtU(): this {
    return this.#plain(0x54)
  }

  i64GtS(): this {
    return this.#plain(0x55)
  }

  i64GtU(): this {
    return this.#plain(0x56)
  }

  i64LeS(): this {
    return this.#plain(0x57)
  }

  i64LeU(): this {
    return this.#plain(0x58)
  }

  i64GeS(): this {
    return this.#plain(0x59)
  }

  i64GeU(): this {
    return this.#plain(0x5a)
  }

  i64Add(): this {
    return this.#plain(0x7c)
  }

  i64Sub(): this {
    return this.#plain(0x7d)
  }

  i64Mul(): this {
    return this.#plain(0x7e)
  }

  i64And(): this {
    return this.#plain(0x83)
  }

  i64Or(): this {
    return this.#plain(0x84)
  }

  i64Xor(): this {
    return this.#plain(0x85)
  }

  i64Shl(): this {
    return this.#plain(0x86)
  }

  i64ShrS(): this {
    return this.#plain(0x87)
  }

  i64ShrU(): this {
    return this.#plain(0x88)
  }

  // conversions

  i32WrapI64(): this {
    return this.#plain(0xa7)
  }

  i64ExtendI32S(): this {
    return this.#plain(0xac)
  }

  i64ExtendI32U(): this {
    return this.#plain(0xad)
  }

  f64ConvertI32S(): this {
    return this.#plain(0xb7)
  }

  f64ConvertI32U(): this {
    return this.#plain(0xb8)
  }

  f64ConvertI64S(): this {
    return this.#plain(0xb9)
  }

  i64ReinterpretF64(): this {
    return this.#plain(0xbd)
  }

  f64ReinterpretI64(): this {
    return this.#plain(0xbf)
  }

  // v128

  v128Not(): this {
    return this.#simd(0x4d)
  }

  v128And(): this {
    return this.#simd(0x4e)
  }

  v128Andnot(): this {
    return this.#simd(0x4f)
  }

  v128Or(): this {
    return this.#simd(0x50)
  }

  v128Xor(): this {
    return this.#simd(0x51)
  }

  v128Bitselect(): this {
    return this.#simd(0x52)
  }

  v128AnyTrue(): this {
    return this.#simd(0x53)
  }

  // f64x2

  f64x2Splat(): this {
    return this.#simd(0x14)
  }

  f64x2Eq(): this {
    return this.#simd(0x47)
  }

  f64x2Ne(): this {
    return this.#simd(0x48)
  }

  f64x2Lt(): this {
    return this.#simd(0x49)
  }

  f64x2Gt(): this {
    return this.#simd(0x4a)
  }

  f64x2Le(): this {
    return this.#simd(0x4b)
  }

  f64x2Ge(): this {
    return this.#simd(0x4c)
  }

  f64x2Ceil(): this {
    return this.#simd(0x74)
  }

  f64x2Floor(): this {
    return this.#simd(0x75)
  }

  f64x2Trunc(): this {
    return this.#simd(0x7a)
  }

  f64x2Nearest(): this {
    return this.#simd(0x94)
  }

  f64x2Abs(): this {
    return this.#simd(0xec)
  }

  f64x2Neg(): this {
    return this.#simd(0xed)
  }

  f64x2Sqrt(): this {
    return this.#simd(0xef)
  }

  f64x2Add(): this {
    return this.#simd(0xf0)
  }

  f64x2Sub(): this {
    return this.#simd(0xf1)
  }

  f64x2Mul(): this {
    return this.#simd(0xf2)
  }

  f64x2Div(): this {
    return this.#simd(0xf3)
  }

  f64x2Min(): this {
    return this.#simd(0xf4)
  }

  f64x2Max(): this {
    return this.#simd(0xf5)
  }

  f64x2Pmin(): this {
    return this.#simd(0xf6)
  }

  f64x2Pmax(): this {
    return this.#simd(0xf7)
  }

  f64x2ConvertLowI32x4S(): this {
    return this.#simd(0xfe)
  }

  // integer lanes

  i64x2Splat(): this {
    return this.#simd(0x12)
  }

  i64x2Eq(): this {
    return this.#simd(0xd6)
  }

  i64x2Ne(): this {
    return this.#simd(0xd7)
  }

  i64x2LtS(): this {
    return this.#simd(0xd8)
  }

  i64x2GtS(): this {
    return this.#simd(0xd9)
  }

  i64x2LeS(): this {
    return this.#simd(0xda)
  }

  i64x2GeS(): this {
    return this.#simd(0xdb)
  }

  i64x2AllTrue(): this {
    return this.#simd(0xc3)
  }

  i64x2Bitmask(): this {
    return this.#simd(0xc4)
  }

  i64x2Shl(): this {
    return this.#simd(0xcb)
  }

  i64x2ShrS(): this {
    return this.#simd(0xcc)
  }

  i64x2ShrU(): this {
    return this.#simd(0xcd)
  }

  i64x2Add(): this {
    return this.#simd(0xce)
  }

  i64x2Sub(): this {
    return this.#simd(0xd1)
  }

  i32x4Splat(): this {
    return this.#simd(0x11)
  }

  i32x4GtS(): this {
    return this.#simd(0x3b)
  }

  i32x4Shl(): this {
    return this.#simd(0xab)
  }

  i32x4ShrS(): this {
    return this.#simd(0xac)
  }

  i32x4ShrU(): this {
    return this.#simd(0xad)
  }

  i32x4Add(): this {
    return this.#simd(0xae)
  }

  i32x4Sub(): this {
    return this.#simd(0xb1)
  }

  #plain(code: number): this {
    this.#code.byte(code)
    return this
  }

  #simd(code: number): this {
    this.#code.instruction(0xfd, code)
    return this
  }

  #indexed(code: number, index: number): this {
    this.#code.instruction(code, index)
    return this
  }

  #structured(code: number, type: BlockType): this {
    this.#code.byte(code)
    this.#code.byte(type === 'empty' ? 0x40 : valueTypeCodes[type])
    return this
  }

  #memory(code: number, alignment: number, offset: number): this {
    this.#code.instruction(code, alignment, offset)
    return this
  }

  #simdMemory(code: number, alignment: number, offset: number): this {
    this.#simd(code)
    this.#code.unsigned(alignment)
    this.#code.unsigned(offset)
    return this
  }

  #lane(code: number, lane: number): this {
    this.#simd(code)
    this.#code.byte(lane)
    return this
  }
}
