import { CodeBody, ModuleBuilder } from '@cartkin/numerics/wasm'
import { describe, expect, it } from 'vitest'

type Numeric = (...numbers: number[]) => number

function exportsOf(builder: ModuleBuilder, imports: WebAssembly.Imports = {}): Record<string, Numeric> {
  const instance = new WebAssembly.Instance(new WebAssembly.Module(builder.build()), imports)
  return instance.exports as Record<string, Numeric>
}

describe('ModuleBuilder', () => {
  it('makes functions that call each other and loop', () => {
    const builder = new ModuleBuilder()
    const square = builder.declare({ parameters: ['f64'], results: ['f64'] }, 'square')
    const sumOfSquares = builder.declare({ parameters: ['i32'], results: ['f64'] })
    builder.define(square, new CodeBody(['f64']).localGet(0).localGet(0).f64Mul())
    const body = new CodeBody(['i32'])
    const sum = body.local('f64')
    body.loop().localGet(sum).localGet(0).f64ConvertI32S().call(square).f64Add().localSet(sum)
    body.localGet(0).i32Const(1).i32Sub().localTee(0).brIf(0).end().localGet(sum)
    builder.define(sumOfSquares, body)
    builder.export('sumOfSquares', sumOfSquares)
    expect(exportsOf(builder)['sumOfSquares']?.(300)).toBe((300 * 301 * 601) / 6)
  })

  it('computes two lanes in an imported memory, from its data', () => {
    const memory = new WebAssembly.Memory({ initial: 1 })
    const builder = new ModuleBuilder()
    builder.importMemory('host', 'memory', 1)
    builder.data(1024, new Uint8Array(Float64Array.of(3, 4).buffer))
    const root = builder.declare({ parameters: ['i32'], results: [] })
    const body = new CodeBody(['i32']).localGet(0)
    body.localGet(0).v128Load(1024).localGet(0).v128Load(1024).f64x2Mul()
    body.f64x2Const(16, 9).f64x2Add().f64x2Sqrt().v128Store(2048)
    builder.define(root, body)
    builder.export('root', root)
    exportsOf(builder, { host: { memory } })['root']?.(0)
    expect([...new Float64Array(memory.buffer, 2048, 2)]).toEqual([5, 5])
  })

  it('says which function has no body or two', () => {
    const builder = new ModuleBuilder()
    const index = builder.declare({ parameters: [], results: [] }, 'step')
    expect(() => builder.build()).toThrow('function 0 (step) is declared but not defined')
    builder.define(index, new CodeBody([]))
    expect(() => builder.define(index, new CodeBody([]))).toThrow('function 0 (step) is defined already')
    expect(() => builder.define(1, new CodeBody([]))).toThrow('there is no function 1')
  })
})
