import { addMathFunctions, CodeBody, type MathName, ModuleBuilder, mathTableBytes } from '@cartkin/numerics/wasm'

const pageBytes = 65536

const ofTwo: ReadonlySet<MathName> = new Set<MathName>(['pow', 'atan2', 'modulo'])

/** A function of one or two numbers applied to whole arrays. */
export type ArrayFunction = (x: Float64Array, y: Float64Array) => Float64Array

/**
 * The WebAssembly functions of the names as functions of arrays of at most `capacity` numbers; with two lanes the numbers 2k and 2k + 1
 * are computed together. The tables do not start at 0, where a wrong offset would go unseen.
 */
export function arrayFunctions(
  names: readonly MathName[],
  lanes: 1 | 2,
  capacity: number,
): Map<MathName, ArrayFunction> {
  const tableOffset = 4096
  const first = Math.ceil((tableOffset + mathTableBytes(names)) / 16) * 16
  const stride = 8 * (capacity + 2)
  const builder = new ModuleBuilder()
  builder.memory(Math.ceil((first + 3 * stride) / pageBytes), 'memory')
  const functions = addMathFunctions(builder, names, lanes, { tableOffset })
  for (const [name, index] of functions) {
    const body = new CodeBody(['i32', 'i32'])
    const load = (address: number) => (lanes === 1 ? body.f64Load(address) : body.v128Load(address))
    body.loop().localGet(0)
    load.call(body.localGet(0), first)
    if (ofTwo.has(name)) load.call(body.localGet(0), first + stride)
    body.call(index)
    if (lanes === 1) body.f64Store(first + 2 * stride)
    else body.v128Store(first + 2 * stride)
    body
      .localGet(0)
      .i32Const(8 * lanes)
      .i32Add()
      .localTee(0)
      .localGet(1)
      .i32LtS()
      .brIf(0)
      .end()
    const loop = builder.declare({ parameters: ['i32', 'i32'], results: [] })
    builder.define(loop, body)
    builder.export(name, loop)
  }
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(builder.build()))
  const memory = exports['memory'] as WebAssembly.Memory
  const [xs, ys, out] = [0, 1, 2].map((i) => new Float64Array(memory.buffer, first + i * stride, capacity + 2))
  const result = new Map<MathName, ArrayFunction>()
  for (const name of functions.keys()) {
    const loop = exports[name] as (start: number, end: number) => void
    result.set(name, (x, y) => {
      xs?.set(x)
      ys?.set(y)
      loop(0, 8 * x.length)
      return out?.slice(0, x.length) ?? x
    })
  }
  return result
}
