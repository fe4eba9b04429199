import { InstructionWriter } from './instruction-writer.ts'

/** The instructions of one number: f64, i32 and i64, and what turns one into another. */
export abstract class ScalarInstructions extends InstructionWriter {
  i32Const(value: number): this {
    this.code.byte(0x41)
    this.code.signed(value)
    return this
  }

  i64Const(value: bigint): this {
    this.code.byte(0x42)
    this.code.signed64(value)
    return this
  }

  f64Const(value: number): this {
    this.code.byte(0x44)
    this.code.float64(value)
    return this
  }

  // memory: the address (i32) lies on the stack, below the value to store; offset is added to it

  i32Load(offset = 0): this {
    return this.memory(0x28, 2, offset)
  }

  i64Load(offset = 0): this {
    return this.memory(0x29, 3, offset)
  }

  f64Load(offset = 0): this {
    return this.memory(0x2b, 3, offset)
  }

  i32Store(offset = 0): this {
    return this.memory(0x36, 2, offset)
  }

  i64Store(offset = 0): this {
    return this.memory(0x37, 3, offset)
  }

  f64Store(offset = 0): this {
    return this.memory(0x39, 3, offset)
  }

  // f64

  f64Abs(): this {
    return this.plain(0x99)
  }

  f64Neg(): this {
    return this.plain(0x9a)
  }

  f64Ceil(): this {
    return this.plain(0x9b)
  }

  f64Floor(): this {
    return this.plain(0x9c)
  }

  f64Trunc(): this {
    return this.plain(0x9d)
  }

  f64Nearest(): this {
    return this.plain(0x9e)
  }

  f64Sqrt(): this {
    return this.plain(0x9f)
  }

  f64Add(): this {
    return this.plain(0xa0)
  }

  f64Sub(): this {
    return this.plain(0xa1)
  }

  f64Mul(): this {
    return this.plain(0xa2)
  }

  f64Div(): this {
    return this.plain(0xa3)
  }

  f64Min(): this {
    return this.plain(0xa4)
  }

  f64Max(): this {
    return this.plain(0xa5)
  }

  f64Copysign(): this {
    return this.plain(0xa6)
  }

  f64Eq(): this {
    return this.plain(0x61)
  }

  f64Ne(): this {
    return this.plain(0x62)
  }

  f64Lt(): this {
    return this.plain(0x63)
  }

  f64Gt(): this {
    return this.plain(0x64)
  }

  f64Le(): this {
    return this.plain(0x65)
  }

  f64Ge(): this {
    return this.plain(0x66)
  }

  // i32

  i32Eqz(): this {
    return this.plain(0x45)
  }

  i32Eq(): this {
    return this.plain(0x46)
  }

  i32Ne(): this {
    return this.plain(0x47)
  }

  i32LtS(): this {
    return this.plain(0x48)
  }

  i32LtU(): this {
    return this.plain(0x49)
  }

  i32GtS(): this {
    return this.plain(0x4a)
  }

  i32GtU(): this {
    return this.plain(0x4b)
  }

  i32LeS(): this {
    return this.plain(0x4c)
  }

  i32LeU(): this {
    return this.plain(0x4d)
  }

  i32GeS(): this {
    return this.plain(0x4e)
  }

  i32GeU(): this {
    return this.plain(0x4f)
  }

  i32Add(): this {
    return this.plain(0x6a)
  }

  i32Sub(): this {
    return this.plain(0x6b)
  }

  i32Mul(): this {
    return this.plain(0x6c)
  }

  i32And(): this {
    return this.plain(0x71)
  }

  i32Or(): this {
    return this.plain(0x72)
  }

  i32Xor(): this {
    return this.plain(0x73)
  }

  i32Shl(): this {
    return this.plain(0x74)
  }

  i32ShrS(): this {
    return this.plain(0x75)
  }

  i32ShrU(): this {
    return this.plain(0x76)
  }

  // i64

  i64Eqz(): this {
    return this.plain(0x50)
  }

  i64Eq(): this {
    return this.plain(0x51)
  }

  i64Ne(): this {
    return this.plain(0x52)
  }

  i64LtS(): this {
    return this.plain(0x53)
  }

  i64LtU(): this {
    return this.plain(0x54)
  }

  i64GtS(): this {
    return this.plain(0x55)
  }

  i64GtU(): this {
    return this.plain(0x56)
  }

  i64LeS(): this {
    return this.plain(0x57)
  }

  i64LeU(): this {
    return this.plain(0x58)
  }

  i64GeS(): this {
    return this.plain(0x59)
  }

  i64GeU(): this {
    return this.plain(0x5a)
  }

  i64Add(): this {
    return this.plain(0x7c)
  }

  i64Sub(): this {
    return this.plain(0x7d)
  }

  i64Mul(): this {
    return this.plain(0x7e)
  }

  i64And(): this {
    return this.plain(0x83)
  }

  i64Or(): this {
    return this.plain(0x84)
  }

  i64Xor(): this {
    return this.plain(0x85)
  }

  i64Shl(): this {
    return this.plain(0x86)
  }

  i64ShrS(): this {
    return this.plain(0x87)
  }

  i64ShrU(): this {
    return this.plain(0x88)
  }

  // conversions

  i32WrapI64(): this {
    return this.plain(0xa7)
  }

  i64ExtendI32S(): this {
    return this.plain(0xac)
  }

  i64ExtendI32U(): this {
    return this.plain(0xad)
  }

  f64ConvertI32S(): this {
    return this.plain(0xb7)
  }

  f64ConvertI32U(): this {
    return this.plain(0xb8)
  }

  f64ConvertI64S(): this {
    return this.plain(0xb9)
  }

  i64ReinterpretF64(): this {
    return this.plain(0xbd)
  }

  f64ReinterpretI64(): this {
    return this.plain(0xbf)
  }
}
