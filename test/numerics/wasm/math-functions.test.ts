import * as numerics from '@cartkin/numerics'
import { addMathFunctions, type MathName, ModuleBuilder, mathNames, mathTableBytes } from '@cartkin/numerics/wasm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arrayFunctions } from './array-functions.ts'

/** Numbers per function: uniform bit patterns, uniform exponents, the neighbourhoods of edges, uniform numbers. */
const count = 100_000

const edges = [
  0,
  5e-324,
  2.2250738585072014e-308,
  1.1102230246251565e-16,
  1.4901161193847656e-8,
  1e-9,
  0.05,
  0.25,
  0.4375,
  0.5,
  0.6875,
  0.75,
  1,
  1.1875,
  1.25,
  1.75,
  2,
  2.4375,
  2.5,
  3,
  3.5,
  4,
  4.5,
  5,
  5.5,
  6,
  6.5,
  7,
  7.5,
  8,
  20,
  22,
  27.3,
  38.6,
  40,
  650,
  700,
  708,
  709,
  709.782712893384,
  710,
  745.13,
  746,
  1e6,
  1e17,
  4503599627370496,
  9007199254740992,
  1.8446744073709552e19,
  1e154,
  1e300,
  1.7976931348623157e308,
  Infinity,
  NaN,
  0.7072,
  0.075,
  0.925,
  0.2397,
  0.7603,
  0.45,
  0.55,
  0.7044,
  1.4088,
  Math.PI,
  Math.PI / 2,
  Math.PI / 4,
  Math.E,
  Math.LN2,
  Math.SQRT1_2,
]

const float = new Float64Array(1)
const words = new Uint32Array(float.buffer)
const pattern = new BigInt64Array(float.buffer)

function neighbour(x: number, steps: number): number {
  float[0] = x
  pattern[0] = pattern[0]! + BigInt(steps)
  return float[0]!
}

function inputs(seed: number): Float64Array {
  const stream = numerics.randomStream({ seed, study: 'bits', subject: 0, occasion: 0 })
  const x = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    const [a, b, c] = [stream.uniform(3 * i), stream.uniform(3 * i + 1), stream.uniform(3 * i + 2)]
    if (i % 4 === 0) {
      words[0] = a * 4294967296
      words[1] = b * 4294967296
      x[i] = float[0]!
    } else if (i % 4 === 1) {
      const size = (1 + a) * 2 ** Math.floor(40 * b - 28)
      x[i] = c < 0.5 ? size : -size
    } else if (i % 4 === 2) {
      const edge = edges[Math.floor(a * edges.length)]!
      const near = b < 0.3 ? edge * (1 + 0.01 * (b - 0.15)) : neighbour(edge, Math.floor(10 * b) - 6)
      x[i] = c < 0.5 ? near : -near
    } else x[i] = a < 0.5 ? 2 * b - 0.5 : 1600 * (b - 0.5)
  }
  return x
}

function bitsOf(x: number): string {
  float[0] = Number.isNaN(x) ? NaN : x
  return `${words[1]!.toString(16).padStart(8, '0')}${words[0]!.toString(16).padStart(8, '0')}`
}

/** The first difference between an array and the values of a function, or undefined. */
function firstDifference(
  f: (x: number, y: number) => number,
  x: Float64Array,
  y: Float64Array,
  actual: Float64Array,
): string | undefined {
  for (let i = 0; i < x.length; i++) {
    const value = f(x[i]!, y[i]!)
    if (!Object.is(value, actual[i]) && bitsOf(value) !== bitsOf(actual[i]!)) {
      return `(${x[i]}, ${y[i]}): ${bitsOf(value)} = ${value}, but ${bitsOf(actual[i]!)} = ${actual[i]}`
    }
  }
  return undefined
}

const functions: Readonly<Record<MathName, (x: number, y: number) => number>> = numerics
const oneLane = arrayFunctions(mathNames, 1, count)
const twoLanes = arrayFunctions(mathNames, 2, count)
const x = inputs(1)
const y = inputs(2)

describe('bits of the WebAssembly functions', () => {
  it.each(mathNames)('%s', (name) => {
    const expected = functions[name]
    expect(firstDifference(expected, x, y, oneLane.get(name)!(x, y)), 'one lane').toBeUndefined()
    expect(firstDifference(expected, x, y, twoLanes.get(name)!(x, y)), 'two lanes').toBeUndefined()
    // beside other partners, in the other lane
    const [u, v] = [x.subarray(1), y.subarray(1)]
    expect(firstDifference(expected, u, v, twoLanes.get(name)!(u, v)), 'other lane').toBeUndefined()
  })

  it.each(mathNames)('%s at any pair of numbers', (name) => {
    const expected = functions[name]
    const number = fc.double({ noDefaultInfinity: false })
    fc.assert(
      fc.property(number, number, number, number, (a, b, c, d) => {
        const [u, v] = [Float64Array.of(a, b), Float64Array.of(c, d)]
        expect(firstDifference(expected, u, v, oneLane.get(name)!(u, v))).toBeUndefined()
        expect(firstDifference(expected, u, v, twoLanes.get(name)!(u, v))).toBeUndefined()
      }),
      { numRuns: 1000 },
    )
  })
})

describe('tables', () => {
  it.each(mathNames)('%s has the same for one lane and two', (name) => {
    const tables = ([1, 2] as const).map((lanes) => {
      const tables: Uint8Array[] = []
      const builder = new ModuleBuilder()
      builder.data = (_, bytes) => tables.push(bytes)
      addMathFunctions(builder, [name], lanes, { tableOffset: 64 })
      return tables
    })
    expect(tables[0]).toEqual(tables[1])
    expect(tables[0]?.[0]?.length).toBe(mathTableBytes([name]))
  })

  it('need an aligned offset', () => {
    expect(() => addMathFunctions(new ModuleBuilder(), ['exp'], 1, { tableOffset: 24 })).toThrow(
      'multiple of 16, got 24',
    )
  })
})
