import { CodeBody, type FunctionIndex, type ModuleBuilder, type ValueType } from '@cartkin/numerics/wasm'
import type { LaneCount } from '../code/memory-layout.ts'
import { NumberCode } from '../code/number-code.ts'

/**
 * Functions on sparse rows, given by their number of entries, the list of their places (byte offsets in the work vector,
 * i32) and the list of their values.
 */
export class SparseLoops {
  /** (count, places): work = 0 there. */
  readonly clear: FunctionIndex
  /** (count, places, values): work = values there. */
  readonly scatter: FunctionIndex
  /** (count, places, values): values = work there. */
  readonly collect: FunctionIndex
  /** (count, places, values, factor): work += factor·values there. */
  readonly addMultiple: FunctionIndex
  /** (count, places, values, sum): sum + Σ values·work, in order. */
  readonly dot: FunctionIndex

  /** `work`: address of the work vector. */
  constructor(module: ModuleBuilder, lanes: LaneCount, work: number) {
    const count = 0
    const places = 1
    const values = 2
    const last = 3
    const write = (
      name: string,
      parameters: readonly ValueType[],
      action: (body: CodeBody, code: NumberCode) => void,
      finish?: (body: CodeBody) => ValueType,
    ): FunctionIndex => {
      const body = new CodeBody(parameters)
      const code = new NumberCode(body, lanes)
      body.localGet(count).if().loop()
      action(body, code)
      body.localGet(places).i32Const(4).i32Add().localSet(places)
      if (parameters.length > values)
        body
          .localGet(values)
          .i32Const(8 * lanes)
          .i32Add()
          .localSet(values)
      body.localGet(count).i32Const(1).i32Sub().localTee(count).brIf(0).end().end()
      const result = finish?.(body)
      const index = module.declare({ parameters, results: result === undefined ? [] : [result] }, name)
      module.define(index, body)
      return index
    }
    const number: ValueType = lanes === 2 ? 'v128' : 'f64'
    const place = (body: CodeBody) => body.localGet(places).i32Load(0)
    this.clear = write('clear', ['i32', 'i32'], (body, code) => {
      place(body)
      code.constant(0)
      code.store(work)
    })
    this.scatter = write('scatter', ['i32', 'i32', 'i32'], (body, code) => {
      place(body).localGet(values)
      code.load(0)
      code.store(work)
    })
    this.collect = write('collect', ['i32', 'i32', 'i32'], (body, code) => {
      body.localGet(values)
      place(body)
      code.load(work)
      code.store(0)
    })
    this.addMultiple = write('addMultiple', ['i32', 'i32', 'i32', number], (body, code) => {
      place(body)
      place(body)
      code.load(work)
      body.localGet(last).localGet(values)
      code.load(0)
      code.multiply()
      code.add()
      code.store(work)
    })
    this.dot = write(
      'dot',
      ['i32', 'i32', 'i32', number],
      (body, code) => {
        body.localGet(last).localGet(values)
        code.load(0)
        place(body)
        code.load(work)
        code.multiply()
        code.add()
        body.localSet(last)
      },
      (body) => {
        body.localGet(last)
        return number
      },
    )
  }
}
