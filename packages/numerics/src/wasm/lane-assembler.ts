import { LaneStack } from './lane-stack.ts'
import type { LaneBits, LaneMask, LaneNumber, Operand } from './lane-value.ts'
import type { TableName } from './math-table.ts'

/**
 * Writes straight-line arithmetic once for one lane (f64) and for two (f64x2): the same operations on each number in the same order,
 * hence the same bits. Every value gets a local of its own, which the engine keeps in registers as it sees fit.
 */
export class LaneAssembler extends LaneStack {
  constant(value: number): LaneNumber {
    this.push(value)
    return this.number()
  }

  /** The number at a fixed address. */
  load(address: number): LaneNumber {
    this.body.i32Const(0)
    if (this.lanes === 1) this.body.f64Load(address)
    else this.body.v128Load(address)
    return this.number()
  }

  store(address: number, value: Operand): void {
    this.body.i32Const(0)
    this.push(value)
    if (this.lanes === 1) this.body.f64Store(address)
    else this.body.v128Store(address)
  }

  add(a: Operand, b: Operand): LaneNumber {
    this.pushCommuting(a, b)
    if (this.lanes === 1) this.body.f64Add()
    else this.body.f64x2Add()
    return this.number()
  }

  subtract(a: Operand, b: Operand): LaneNumber {
    this.push(a)
    this.push(b)
    if (this.lanes === 1) this.body.f64Sub()
    else this.body.f64x2Sub()
    return this.number()
  }

  multiply(a: Operand, b: Operand): LaneNumber {
    this.pushCommuting(a, b)
    if (this.lanes === 1) this.body.f64Mul()
    else this.body.f64x2Mul()
    return this.number()
  }

  divide(a: Operand, b: Operand): LaneNumber {
    this.push(a)
    this.push(b)
    if (this.lanes === 1) this.body.f64Div()
    else this.body.f64x2Div()
    return this.number()
  }

  squareRoot(a: Operand): LaneNumber {
    this.push(a)
    if (this.lanes === 1) this.body.f64Sqrt()
    else this.body.f64x2Sqrt()
    return this.number()
  }

  absolute(a: Operand): LaneNumber {
    this.push(a)
    if (this.lanes === 1) this.body.f64Abs()
    else this.body.f64x2Abs()
    return this.number()
  }

  negate(a: Operand): LaneNumber {
    this.push(a)
    if (this.lanes === 1) this.body.f64Neg()
    else this.body.f64x2Neg()
    return this.number()
  }

  floor(a: Operand): LaneNumber {
    this.push(a)
    if (this.lanes === 1) this.body.f64Floor()
    else this.body.f64x2Floor()
    return this.number()
  }

  /** limit < a ? limit : a; a NaN stays. */
  atMost(a: LaneNumber, limit: Operand): LaneNumber {
    if (this.lanes === 1) return this.select(this.less(limit, a), limit, a)
    this.push(a)
    this.push(limit)
    this.body.f64x2Pmin()
    return this.number()
  }

  /** a < limit ? limit : a; a NaN stays. */
  atLeast(a: LaneNumber, limit: Operand): LaneNumber {
    if (this.lanes === 1) return this.select(this.less(a, limit), limit, a)
    this.push(a)
    this.push(limit)
    this.body.f64x2Pmax()
    return this.number()
  }

  /** c[0] + c[1] x + c[2] x² + … by Horner's rule, as polynomial.ts computes it for finite x. */
  polynomial(coefficients: readonly number[], x: LaneNumber): LaneNumber {
    const [last = 0, ...rest] = coefficients.toReversed()
    let sum: LaneNumber | number = last
    for (const coefficient of rest) sum = this.add(this.multiply(sum, x), coefficient)
    return typeof sum === 'number' ? this.add(0, sum) : sum
  }

  less(a: Operand, b: Operand): LaneMask {
    this.push(a)
    this.push(b)
    if (this.lanes === 1) this.body.f64Lt()
    else this.body.f64x2Lt()
    return this.mask()
  }

  lessEqual(a: Operand, b: Operand): LaneMask {
    this.push(a)
    this.push(b)
    if (this.lanes === 1) this.body.f64Le()
    else this.body.f64x2Le()
    return this.mask()
  }

  equal(a: Operand, b: Operand): LaneMask {
    this.push(a)
    this.push(b)
    if (this.lanes === 1) this.body.f64Eq()
    else this.body.f64x2Eq()
    return this.mask()
  }

  notEqual(a: Operand, b: Operand): LaneMask {
    this.push(a)
    this.push(b)
    if (this.lanes === 1) this.body.f64Ne()
    else this.body.f64x2Ne()
    return this.mask()
  }

  and(a: LaneMask, b: LaneMask): LaneMask {
    this.push(a)
    this.push(b)
    if (this.lanes === 1) this.body.i32And()
    else this.body.v128And()
    return this.mask()
  }

  or(a: LaneMask, b: LaneMask): LaneMask {
    this.push(a)
    this.push(b)
    if (this.lanes === 1) this.body.i32Or()
    else this.body.v128Or()
    return this.mask()
  }

  not(a: LaneMask): LaneMask {
    this.push(a)
    if (this.lanes === 1) this.body.i32Eqz()
    else this.body.v128Not()
    return this.mask()
  }

  /** Where |a| > limit or a is NaN. */
  beyond(a: LaneNumber, limit: number): LaneMask {
    if (this.lanes === 2) return this.notEqual(a, this.atMost(this.atLeast(a, -limit), limit))
    // so that the table is that of two lanes
    this.context.table.constantAddress(-limit)
    return this.not(this.lessEqual(this.absolute(a), limit))
  }

  /** Where a is not a positive normal number. */
  notNormal(a: LaneNumber): LaneMask {
    const [smallest, largest] = [2.2250738585072014e-308, 1.7976931348623157e308]
    if (this.lanes === 2) return this.notEqual(a, this.atMost(this.atLeast(a, smallest), largest))
    this.context.table.constantAddress(smallest)
    this.context.table.constantAddress(largest)
    this.body.localGet(a.local).i64ReinterpretF64().i64Const(0x0010_0000_0000_0000n).i64Sub()
    this.body.i64Const(0x7fe0_0000_0000_0000n).i64GeU()
    return this.mask()
  }

  /** mask ? yes : no in each lane; the value not chosen has no influence. */
  select(mask: LaneMask, yes: Operand, no: Operand): LaneNumber {
    this.push(yes)
    this.push(no)
    this.push(mask)
    if (this.lanes === 1) this.body.select()
    else this.body.v128Bitselect()
    return this.number()
  }

  bitsOf(a: LaneNumber): LaneBits {
    if (this.lanes === 2) return { kind: 'bits', local: a.local }
    this.push(a)
    this.body.i64ReinterpretF64()
    return this.bits()
  }

  numberOf(a: LaneBits): LaneNumber {
    if (this.lanes === 2) return { kind: 'number', local: a.local }
    this.push(a)
    this.body.f64ReinterpretI64()
    return this.number()
  }

  addBits(a: LaneBits, b: LaneBits | bigint): LaneBits {
    this.push(a)
    this.push(b)
    if (this.lanes === 1) this.body.i64Add()
    else this.body.i64x2Add()
    return this.bits()
  }

  subtractBits(a: LaneBits, b: LaneBits | bigint): LaneBits {
    this.push(a)
    this.push(b)
    if (this.lanes === 1) this.body.i64Sub()
    else this.body.i64x2Sub()
    return this.bits()
  }

  andBits(a: LaneBits, b: LaneBits | bigint): LaneBits {
    this.push(a)
    this.push(b)
    if (this.lanes === 1) this.body.i64And()
    else this.body.v128And()
    return this.bits()
  }

  orBits(a: LaneBits, b: LaneBits | bigint): LaneBits {
    this.push(a)
    this.push(b)
    if (this.lanes === 1) this.body.i64Or()
    else this.body.v128Or()
    return this.bits()
  }

  xorBits(a: LaneBits, b: LaneBits | bigint): LaneBits {
    this.push(a)
    this.push(b)
    if (this.lanes === 1) this.body.i64Xor()
    else this.body.v128Xor()
    return this.bits()
  }

  /** Where the bit of that number is 1, 0 the lowest. */
  hasBit(a: LaneBits, number: number): LaneMask {
    const bit = 1n << BigInt(number)
    this.push(this.andBits(a, bit))
    this.push(bit)
    if (this.lanes === 1) this.body.i64Eq()
    else this.body.i64x2Eq()
    return this.mask()
  }

  shiftLeft(a: LaneBits, count: number): LaneBits {
    this.push(a)
    if (this.lanes === 1) this.body.i64Const(BigInt(count)).i64Shl()
    else this.body.i32Const(count).i64x2Shl()
    return this.bits()
  }

  /** Zeros move in from the left. */
  shiftRight(a: LaneBits, count: number): LaneBits {
    this.push(a)
    if (this.lanes === 1) this.body.i64Const(BigInt(count)).i64ShrU()
    else this.body.i32Const(count).i64x2ShrU()
    return this.bits()
  }

  /** The numbers in the first columns of a table, each lane from its own row; the index is that of a byte. */
  row(table: TableName, index: LaneBits, columns: 2 | 3): LaneNumber[] {
    const body = this.body
    const address = this.context.table.tableAddress(table)
    const first = this.address(index, 0)
    if (this.lanes === 1) {
      return Array.from({ length: columns }, (_, i) => {
        body.localGet(first).f64Load(address + 8 * i)
        return this.number()
      })
    }
    const second = this.address(index, 1)
    const pairs = [first, second].map((row) => {
      body.localGet(row).v128Load(address)
      return this.number()
    })
    const result = (
      [
        [0, 2],
        [1, 3],
      ] as const
    ).map(([i, j]) => {
      for (const pair of pairs) this.push(pair)
      body.i64x2Shuffle(i, j)
      return this.number()
    })
    if (columns === 3) {
      body
        .localGet(second)
        .localGet(first)
        .v128Load64Zero(address + 16)
        .v128Load64Lane(address + 16, 1)
      result.push(this.number())
    }
    return result
  }

  /**
   * Where the mask is true in any lane, `rare` for every lane, else `common`. So `rare` has to be right for every lane,
   * and to give the bits of `common` where that is.
   */
  ifAny(mask: LaneMask, rare: () => LaneNumber, common: () => LaneNumber): LaneNumber {
    this.pushAny(mask)
    this.body.if(this.numberType)
    this.push(rare())
    this.body.else()
    this.push(common())
    this.body.end()
    return this.number()
  }

  /** `yes` in the lanes where the mask is true, `no` in the others; what no lane needs is skipped. */
  branch(mask: LaneMask, yes: () => LaneNumber, no: () => LaneNumber): LaneNumber {
    if (this.lanes === 1) return this.ifAny(mask, yes, no)
    this.pushAny(mask)
    this.body.if('v128')
    this.push(yes())
    this.body.else()
    this.body.f64x2Const(0)
    this.body.end()
    const chosen = this.number()
    this.body.localGet(mask.local).i64x2AllTrue().if('v128')
    this.push(chosen)
    this.body.else()
    this.push(this.select(mask, chosen, no()))
    this.body.end()
    return this.number()
  }

  /** An i32 on the stack: nonzero where the mask is true in any lane. */
  any(mask: LaneMask): void {
    this.pushAny(mask)
  }

  /** The value of another recipe. */
  call(name: string, ...operands: readonly Operand[]): LaneNumber {
    for (const operand of operands) this.push(operand)
    this.body.call(this.context.callee(name))
    return this.number()
  }
}
