import { CodeBody, ModuleBuilder, type ValueType } from '@cartkin/numerics/wasm'
import { describe, expect, it } from 'vitest'

type Value = number | bigint

/** The function of a body as JavaScript sees it; several results come as an array. */
function compile(
  parameters: readonly ValueType[],
  results: readonly ValueType[],
  write: (body: CodeBody) => void,
): (...operands: Value[]) => unknown {
  const builder = new ModuleBuilder()
  builder.memory(1)
  builder.data(
    16,
    Uint8Array.from({ length: 64 }, (_, i) => i + 1),
  )
  const index = builder.declare({ parameters, results })
  const body = new CodeBody(parameters)
  write(body)
  builder.define(index, body)
  builder.export('f', index)
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(builder.build()))
  return exports['f'] as (...operands: Value[]) => unknown
}

const numbers = [0, -0, 1, -1.5, 2.5, 3, -2, 1e300, Infinity, -Infinity, NaN]
const integers = [0, 1, -1, 5, -7, 31, 2147483647, -2147483648]

const unary: Readonly<Record<string, (a: number) => number>> = {
  Abs: Math.abs,
  Neg: (a) => -a,
  Ceil: Math.ceil,
  Floor: Math.floor,
  Trunc: Math.trunc,
  Nearest: (a) => {
    const below = Math.floor(a)
    const nearest = a - below === 0.5 ? 2 * Math.round(a / 2) : Math.round(a)
    return Number.isFinite(a) && a !== 0 ? nearest : a
  },
  Sqrt: Math.sqrt,
}
const binary: Readonly<Record<string, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b) => a / b,
  Min: Math.min,
  Max: Math.max,
}
const comparisons: Readonly<Record<string, (a: number | bigint, b: number | bigint) => boolean>> = {
  Eq: (a, b) => a === b,
  Ne: (a, b) => a !== b,
  Lt: (a, b) => a < b,
  Gt: (a, b) => a > b,
  Le: (a, b) => a <= b,
  Ge: (a, b) => a >= b,
}
const integerArithmetic: Readonly<Record<string, (a: bigint, b: bigint, width: bigint) => bigint>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  And: (a, b) => a & b,
  Or: (a, b) => a | b,
  Xor: (a, b) => a ^ b,
  Shl: (a, b, width) => a << (b & (width - 1n)),
  ShrS: (a, b, width) => a >> (b & (width - 1n)),
  ShrU: (a, b, width) => BigInt.asUintN(Number(width), a) >> (b & (width - 1n)),
}

type Emit = (body: CodeBody) => unknown

/** The method of a name put together in a table. */
function method(name: string): Emit {
  return (body) => {
    const emit: unknown = Reflect.get(body, name)
    if (typeof emit !== 'function') throw new Error(`there is no instruction ${name}`)
    return emit.call(body)
  }
}

/** Four numbers to two results through an instruction on two pairs. */
function onPairs(emit: Emit, operands: 1 | 2): (a: number, b: number, c: number, d: number) => unknown {
  return compile(['f64', 'f64', 'f64', 'f64'], ['f64', 'f64'], (body) => {
    const result = body.local('v128')
    body.localGet(0).f64x2Splat().localGet(1).f64x2ReplaceLane(1)
    if (operands === 2) body.localGet(2).f64x2Splat().localGet(3).f64x2ReplaceLane(1)
    emit(body)
    body.localTee(result).f64x2ExtractLane(0).localGet(result).f64x2ExtractLane(1)
  }) as (a: number, b: number, c: number, d: number) => unknown
}

const chosen = (condition: boolean, yes: number, no: number) => (condition ? yes : no)

describe('instructions on numbers', () => {
  it.each(Object.entries(unary))('%s', (name, expected) => {
    const one = compile(['f64'], ['f64'], (body) => method(`f64${name}`)(body.localGet(0)))
    const two = onPairs(method(`f64x2${name}`), 1)
    for (const a of numbers) {
      expect(one(a)).toBe(expected(a))
      expect(two(a, 7, 0, 0)).toEqual([expected(a), expected(7)])
    }
  })

  it.each(Object.entries(binary))('%s', (name, expected) => {
    const one = compile(['f64', 'f64'], ['f64'], (body) => method(`f64${name}`)(body.localGet(0).localGet(1)))
    const two = onPairs(method(`f64x2${name}`), 2)
    for (const a of numbers) {
      for (const b of numbers) {
        expect(one(a, b)).toBe(expected(a, b))
        expect(two(a, b, b, a)).toEqual([expected(a, b), expected(b, a)])
      }
    }
  })

  it.each(Object.entries(comparisons))('%s', (name, expected) => {
    const one = compile(['f64', 'f64'], ['i32'], (body) => method(`f64${name}`)(body.localGet(0).localGet(1)))
    const two = onPairs((body) => method(`f64x2${name}`)(body) && body.f64x2Const(1, 2).v128And(), 2)
    for (const a of numbers) {
      for (const b of numbers) {
        expect(one(a, b)).toBe(Number(expected(a, b)))
        expect(two(a, b, b, a)).toEqual([expected(a, b) ? 1 : 0, expected(b, a) ? 2 : 0])
      }
    }
  })

  it('f64Copysign, f64x2Pmin, f64x2Pmax, conversions', () => {
    expect(compile(['f64'], ['f64'], (body) => body.f64Const(2).localGet(0).f64Copysign())(-0)).toBe(-2)
    const [least, most] = [onPairs((body) => body.f64x2Pmin(), 2), onPairs((body) => body.f64x2Pmax(), 2)]
    for (const a of numbers) {
      for (const b of numbers) {
        expect(least(a, b, b, a)).toEqual([chosen(b < a, b, a), chosen(a < b, a, b)])
        expect(most(a, b, b, a)).toEqual([chosen(a < b, b, a), chosen(b < a, a, b)])
      }
    }
    expect(compile(['i32'], ['f64'], (body) => body.localGet(0).f64ConvertI32S())(-1)).toBe(-1)
    expect(compile(['i32'], ['f64'], (body) => body.localGet(0).f64ConvertI32U())(-1)).toBe(4294967295)
    expect(compile(['i64'], ['f64'], (body) => body.localGet(0).f64ConvertI64S())(-5n)).toBe(-5)
    expect(compile(['i64'], ['f64'], (body) => body.localGet(0).f64ReinterpretI64())(0x3ff0n << 48n)).toBe(1)
    expect(compile(['f64'], ['i64'], (body) => body.localGet(0).i64ReinterpretF64())(2)).toBe(0x4000n << 48n)
    expect(compile(['i64'], ['i32'], (body) => body.localGet(0).i32WrapI64())(0x7_0000_0002n)).toBe(2)
    expect(compile(['i32'], ['i64'], (body) => body.localGet(0).i64ExtendI32S())(-2)).toBe(-2n)
    expect(compile(['i32'], ['i64'], (body) => body.localGet(0).i64ExtendI32U())(-2)).toBe(4294967294n)
    const convert = onPairs((body) => body.i64x2Const(0x7_ffff_fffen).v128And().f64x2ConvertLowI32x4S(), 1)
    expect(convert(NaN, 0, 0, 0)).toEqual([0, 0])
  })
})

describe('instructions on integers', () => {
  it.each(Object.entries(integerArithmetic))('%s', (name, expected) => {
    const [narrow, wide] = (['i32', 'i64'] as const).map((type) =>
      compile([type, type], [type], (body) => method(`${type}${name}`)(body.localGet(0).localGet(1))),
    )
    for (const a of integers) {
      for (const b of integers) {
        const [x, y] = [BigInt(a), BigInt(b)]
        expect(narrow?.(a, b)).toBe(Number(BigInt.asIntN(32, expected(x, y, 32n))))
        expect(wide?.(x, y)).toBe(BigInt.asIntN(64, expected(x, y, 64n)))
      }
    }
  })

  it.each(
    Object.entries(comparisons).flatMap(([name, f]) =>
      name === 'Eq' || name === 'Ne'
        ? [{ name, f, unsigned: false }]
        : [
            { name: `${name}S`, f, unsigned: false },
            { name: `${name}U`, f, unsigned: true },
          ],
    ),
  )('$name', ({ name, f, unsigned }) => {
    for (const type of ['i32', 'i64'] as const) {
      const compare = compile([type, type], ['i32'], (body) => method(`${type}${name}`)(body.localGet(0).localGet(1)))
      const width = type === 'i32' ? 32 : 64
      const value = (a: number) => (unsigned ? BigInt.asUintN(width, BigInt(a)) : BigInt(a))
      const operand = (a: number) => (type === 'i32' ? a : BigInt(a))
      for (const a of integers) {
        for (const b of integers) expect(compare(operand(a), operand(b))).toBe(Number(f(value(a), value(b))))
      }
    }
  })

  it('zero tests and constants of every length', () => {
    expect(compile(['i32'], ['i32'], (body) => body.localGet(0).i32Eqz())(0)).toBe(1)
    expect(compile(['i64'], ['i32'], (body) => body.localGet(0).i64Eqz())(1n << 40n)).toBe(0)
    for (let bit = 0n; bit < 64n; bit++) {
      for (const value of [1n << bit, (1n << bit) - 1n, -(1n << bit)]) {
        const wide = compile([], ['i64'], (body) => body.i64Const(value))
        expect(wide()).toBe(BigInt.asIntN(64, value))
        const narrow = Number(BigInt.asIntN(32, value))
        expect(compile([], ['i32'], (body) => body.i32Const(narrow))()).toBe(narrow)
      }
    }
  })

  it('lanes of integers', () => {
    const lane = (emit: Emit) =>
      compile(['i64', 'i64'], ['i64', 'i64'], (body) => {
        const result = body.local('v128')
        emit(body.localGet(0).i64x2Splat().localGet(1).i64x2ReplaceLane(1))
        body.localTee(result).i64x2ExtractLane(0).localGet(result).i64x2ExtractLane(1)
      })
    const cases: readonly (readonly [Emit, readonly [bigint, bigint]])[] = [
      [(b) => b.i64x2Const(1n, 2n).i64x2Add(), [-6n, 11n]],
      [(b) => b.i64x2Const(1n, 2n).i64x2Sub(), [-8n, 7n]],
      [(b) => b.i32Const(3).i64x2Shl(), [-56n, 72n]],
      [(b) => b.i32Const(1).i64x2ShrS(), [-4n, 4n]],
      [(b) => b.i32Const(60).i64x2ShrU(), [15n, 0n]],
      [(b) => b.i64x2Const(9n).i64x2Eq(), [0n, -1n]],
      [(b) => b.i64x2Const(9n).i64x2Ne(), [-1n, 0n]],
      [(b) => b.i64x2Const(9n).i64x2LtS(), [-1n, 0n]],
      [(b) => b.i64x2Const(-7n).i64x2GtS(), [0n, -1n]],
      [(b) => b.i64x2Const(-7n).i64x2LeS(), [-1n, 0n]],
      [(b) => b.i64x2Const(9n).i64x2GeS(), [0n, -1n]],
      [(b) => b.v128Not(), [6n, -10n]],
      [(b) => b.i64x2Const(3n).v128Xor(), [-6n, 10n]],
      [(b) => b.i64x2Const(6n).v128Or(), [-1n, 15n]],
      [(b) => b.i64x2Const(8n).v128Andnot(), [-15n, 1n]],
      [(b) => b.i64x2Const(0n).i64x2Const(0n, -1n).v128Bitselect(), [0n, 9n]],
      [(b) => b.i64x2Const(5n, 6n).i64x2Shuffle(1, 2), [9n, 5n]],
      [(b) => b.i32Const(1).i32x4Splat().i32x4Add(), [0xfffffffan, 0x1_0000000an]],
      [(b) => b.i32Const(1).i32x4Splat().i32x4Sub(), [0xfffffffe_fffffff8n, 0xffffffff_00000008n]],
      [(b) => b.i32Const(4).i32x4Shl(), [0xfffffff0_ffffff90n, 144n]],
      [(b) => b.i32Const(1).i32x4ShrS(), [0xffffffff_fffffffcn, 4n]],
      [(b) => b.i32Const(1).i32x4ShrU(), [0x7fffffff_7ffffffcn, 4n]],
      [(b) => b.i32Const(8).i32x4Splat().i32x4GtS(), [0n, 0xffffffffn]],
      [(b) => b.i64x2AllTrue().i64ExtendI32U().i64x2Splat(), [1n, 1n]],
      [(b) => b.v128AnyTrue().i64ExtendI32U().i64x2Splat(), [1n, 1n]],
      [(b) => b.i64x2Bitmask().i64ExtendI32U().i64x2Splat(), [1n, 1n]],
      [(b) => b.i32x4ExtractLane(2).i64ExtendI32S().i64x2Splat(), [9n, 9n]],
    ]
    for (const [emit, expected] of cases) {
      expect(lane(emit)(-7n, 9n), String(emit)).toEqual(expected.map((value) => BigInt.asIntN(64, value)))
    }
  })
})

describe('memory and control', () => {
  it('loads and stores at an address plus an offset', () => {
    // byte 16 + i holds i + 1
    expect(compile(['i32'], ['i32'], (body) => body.localGet(0).i32Load(16))(0)).toBe(0x04030201)
    expect(compile(['i32'], ['i64'], (body) => body.localGet(0).i64Load(8))(8)).toBe(0x0807060504030201n)
    const copy = (emit: Emit) =>
      compile(['i32'], ['i64', 'i64'], (body) => {
        emit(body.localGet(0))
        body.localGet(0).i64Load(256).localGet(0).i64Load(264)
      })(0)
    const [first, second, next] = [0x0807060504030201n, 0x100f0e0d0c0b0a09n, 0x1817161514131211n]
    expect(copy((b) => b.localGet(0).v128Load(16).v128Store(256))).toEqual([first, second])
    expect(copy((b) => b.localGet(0).v128Load64Splat(16).v128Store(256))).toEqual([first, first])
    expect(copy((b) => b.localGet(0).v128Load64Zero(16).v128Store(256))).toEqual([first, 0n])
    const lane = (b: CodeBody) => b.localGet(0).localGet(0).v128Load(16).v128Load64Lane(32, 1)
    expect(copy((b) => lane(b).v128Store(256))).toEqual([first, next])
    expect(copy((b) => b.localGet(0).v128Load(16).v128Store64Lane(256, 1))).toEqual([second, 0n])
    expect(copy((b) => b.localGet(0).f64Load(16).f64Store(256))).toEqual([first, 0n])
    expect(copy((b) => b.localGet(0).i64Load(16).i64Store(256))).toEqual([first, 0n])
    expect(copy((b) => b.localGet(0).i32Load(16).i32Store(256))).toEqual([0x04030201n, 0n])
  })

  it('branches', () => {
    const sign = compile(['f64'], ['i32'], (body) => {
      body.localGet(0).f64Const(0).f64Lt().if('i32').i32Const(-1).else().i32Const(1).end()
    })
    expect([sign(-3), sign(3)]).toEqual([-1, 1])
    const early = compile(['i32'], ['i32'], (body) => {
      body.block().localGet(0).brIf(0).i32Const(7).return().end()
      body.block('i32').i32Const(8).br(0).end().i32Const(9).drop()
    })
    expect([early(0), early(1)]).toEqual([7, 8])
    const choose = compile(['i32'], ['f64'], (body) => body.f64Const(1).f64Const(2).localGet(0).select())
    expect([choose(1), choose(0)]).toEqual([1, 2])
    const choosePair = compile(['i32'], ['f64'], (body) =>
      body.f64x2Const(1).f64x2Const(2).localGet(0).selectV128().f64x2ExtractLane(1),
    )
    expect([choosePair(1), choosePair(0)]).toEqual([1, 2])
    expect(() => compile([], [], (body) => body.unreachable())()).toThrow(WebAssembly.RuntimeError)
  })
})
