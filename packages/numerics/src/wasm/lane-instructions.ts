import { ScalarInstructions } from './scalar-instructions.ts'
import { valueTypeCodes } from './value-type.ts'

/** The instructions of v128: two numbers or several integers beside each other. */
export abstract class LaneInstructions extends ScalarInstructions {
  /** `v128.const` of two numbers; with one argument the same in both lanes. */
  f64x2Const(first: number, second: number = first): this {
    this.simd(12)
    this.code.float64(first)
    this.code.float64(second)
    return this
  }

  /** `v128.const` of two 64-bit integers; with one argument the same in both lanes. */
  i64x2Const(first: bigint, second: bigint = first): this {
    this.simd(12)
    this.code.bits64(first)
    this.code.bits64(second)
    return this
  }

  // memory: the address (i32) lies on the stack, below the value to store; offset is added to it

  v128Load(offset = 0): this {
    return this.simdMemory(0x00, 4, offset)
  }

  v128Store(offset = 0): this {
    return this.simdMemory(0x0b, 4, offset)
  }

  /** One number into both lanes. */
  v128Load64Splat(offset = 0): this {
    return this.simdMemory(0x0a, 3, offset)
  }

  /** One number into lane 0, 0 into lane 1. */
  v128Load64Zero(offset = 0): this {
    return this.simdMemory(0x5d, 3, offset)
  }

  /** [address, v128] → v128 with one lane from memory. */
  v128Load64Lane(offset: number, lane: 0 | 1): this {
    this.simdMemory(0x57, 3, offset)
    this.code.byte(lane)
    return this
  }

  /** [address, v128] →: one lane to memory. */
  v128Store64Lane(offset: number, lane: 0 | 1): this {
    this.simdMemory(0x5b, 3, offset)
    this.code.byte(lane)
    return this
  }

  // lanes by number

  f64x2ExtractLane(lane: 0 | 1): this {
    return this.lane(0x21, lane)
  }

  f64x2ReplaceLane(lane: 0 | 1): this {
    return this.lane(0x22, lane)
  }

  i64x2ExtractLane(lane: 0 | 1): this {
    return this.lane(0x1d, lane)
  }

  i64x2ReplaceLane(lane: 0 | 1): this {
    return this.lane(0x1e, lane)
  }

  i32x4ExtractLane(lane: 0 | 1 | 2 | 3): this {
    return this.lane(0x1b, lane)
  }

  /** [a, b] → two of the four 64-bit lanes: 0, 1 those of a and 2, 3 those of b (`i8x16.shuffle`). */
  i64x2Shuffle(first: 0 | 1 | 2 | 3, second: 0 | 1 | 2 | 3): this {
    this.simd(13)
    for (const lane of [first, second]) for (let i = 0; i < 8; i++) this.code.byte(8 * lane + i)
    return this
  }

  // v128

  /** `select` of two v128 by one i32. */
  selectV128(): this {
    this.code.bytes([0x1c, 1, valueTypeCodes.v128])
    return this
  }

  v128Not(): this {
    return this.simd(0x4d)
  }

  v128And(): this {
    return this.simd(0x4e)
  }

  v128Andnot(): this {
    return this.simd(0x4f)
  }

  v128Or(): this {
    return this.simd(0x50)
  }

  v128Xor(): this {
    return this.simd(0x51)
  }

  v128Bitselect(): this {
    return this.simd(0x52)
  }

  v128AnyTrue(): this {
    return this.simd(0x53)
  }

  // f64x2

  f64x2Splat(): this {
    return this.simd(0x14)
  }

  f64x2Eq(): this {
    return this.simd(0x47)
  }

  f64x2Ne(): this {
    return this.simd(0x48)
  }

  f64x2Lt(): this {
    return this.simd(0x49)
  }

  f64x2Gt(): this {
    return this.simd(0x4a)
  }

  f64x2Le(): this {
    return this.simd(0x4b)
  }

  f64x2Ge(): this {
    return this.simd(0x4c)
  }

  f64x2Ceil(): this {
    return this.simd(0x74)
  }

  f64x2Floor(): this {
    return this.simd(0x75)
  }

  f64x2Trunc(): this {
    return this.simd(0x7a)
  }

  f64x2Nearest(): this {
    return this.simd(0x94)
  }

  f64x2Abs(): this {
    return this.simd(0xec)
  }

  f64x2Neg(): this {
    return this.simd(0xed)
  }

  f64x2Sqrt(): this {
    return this.simd(0xef)
  }

  f64x2Add(): this {
    return this.simd(0xf0)
  }

  f64x2Sub(): this {
    return this.simd(0xf1)
  }

  f64x2Mul(): this {
    return this.simd(0xf2)
  }

  f64x2Div(): this {
    return this.simd(0xf3)
  }

  f64x2Min(): this {
    return this.simd(0xf4)
  }

  f64x2Max(): this {
    return this.simd(0xf5)
  }

  f64x2Pmin(): this {
    return this.simd(0xf6)
  }

  f64x2Pmax(): this {
    return this.simd(0xf7)
  }

  f64x2ConvertLowI32x4S(): this {
    return this.simd(0xfe)
  }

  // integer lanes

  i64x2Splat(): this {
    return this.simd(0x12)
  }

  i64x2Eq(): this {
    return this.simd(0xd6)
  }

  i64x2Ne(): this {
    return this.simd(0xd7)
  }

  i64x2LtS(): this {
    return this.simd(0xd8)
  }

  i64x2GtS(): this {
    return this.simd(0xd9)
  }

  i64x2LeS(): this {
    return this.simd(0xda)
  }

  i64x2GeS(): this {
    return this.simd(0xdb)
  }

  i64x2AllTrue(): this {
    return this.simd(0xc3)
  }

  i64x2Bitmask(): this {
    return this.simd(0xc4)
  }

  i64x2Shl(): this {
    return this.simd(0xcb)
  }

  i64x2ShrS(): this {
    return this.simd(0xcc)
  }

  i64x2ShrU(): this {
    return this.simd(0xcd)
  }

  i64x2Add(): this {
    return this.simd(0xce)
  }

  i64x2Sub(): this {
    return this.simd(0xd1)
  }

  i32x4Splat(): this {
    return this.simd(0x11)
  }

  i32x4GtS(): this {
    return this.simd(0x3b)
  }

  i32x4Shl(): this {
    return this.simd(0xab)
  }

  i32x4ShrS(): this {
    return this.simd(0xac)
  }

  i32x4ShrU(): this {
    return this.simd(0xad)
  }

  i32x4Add(): this {
    return this.simd(0xae)
  }

  i32x4Sub(): this {
    return this.simd(0xb1)
  }
}
