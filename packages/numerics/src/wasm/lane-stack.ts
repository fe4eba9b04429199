import type { CodeBody } from './code-body.ts'
import type { LaneBits, LaneMask, LaneNumber, Operand } from './lane-value.ts'
import type { TableName } from './math-table.ts'
import type { FunctionIndex } from './module-builder.ts'
import type { ValueType } from './value-type.ts'

/** Where constants and tables lie in memory: a constant in as many lanes as there are. */
export interface ConstantTable {
  constantAddress(value: number | bigint): number
  tableAddress(name: TableName): number
}

/** What the functions of one module share. */
export interface LaneContext {
  readonly table: ConstantTable
  /** The function that computes a recipe in as many lanes. */
  readonly callee: (name: string) => FunctionIndex
}

/** Values of one or two lanes between their locals and the operand stack, and constants on their way there. */
export abstract class LaneStack {
  protected readonly body: CodeBody
  protected readonly lanes: 1 | 2
  protected readonly numberType: 'f64' | 'v128'
  protected readonly context: LaneContext

  constructor(body: CodeBody, lanes: 1 | 2, context: LaneContext) {
    this.body = body
    this.lanes = lanes
    this.context = context
    this.numberType = lanes === 1 ? 'f64' : 'v128'
  }

  protected number(): LaneNumber {
    return { kind: 'number', local: this.keep(this.numberType) }
  }

  protected bits(): LaneBits {
    return { kind: 'bits', local: this.keep(this.lanes === 1 ? 'i64' : 'v128') }
  }

  protected mask(): LaneMask {
    return { kind: 'mask', local: this.keep(this.lanes === 1 ? 'i32' : 'v128') }
  }

  protected keep(type: ValueType): number {
    const local = this.body.local(type)
    this.body.localSet(local)
    return local
  }

  protected address(index: LaneBits, lane: 0 | 1): number {
    this.body.localGet(index.local)
    if (this.lanes === 1) this.body.i32WrapI64()
    else this.body.i32x4ExtractLane(lane === 0 ? 0 : 2)
    return this.keep('i32')
  }

  protected pushAny(mask: LaneMask): void {
    this.body.localGet(mask.local)
    if (this.lanes === 2) this.body.v128AnyTrue()
  }

  protected push(operand: Operand | LaneBits | LaneMask | bigint): void {
    if (typeof operand === 'object') this.body.localGet(operand.local)
    else this.pushConstant(operand)
  }

  /** A constant goes first: V8 then reads it in place, as an operand in memory. */
  protected pushCommuting(a: Operand, b: Operand): void {
    const isConstant = typeof b === 'number'
    this.push(isConstant ? b : a)
    this.push(isConstant ? a : b)
  }

  /** From memory, which is faster than an immediate: that passes through an integer register. */
  private pushConstant(value: number | bigint): void {
    const address = this.context.table.constantAddress(value)
    if (this.lanes === 2) this.body.i32Const(0).v128Load(address)
    else if (typeof value === 'number') this.body.i32Const(0).f64Load(address)
    else this.body.i64Const(value)
  }
}
