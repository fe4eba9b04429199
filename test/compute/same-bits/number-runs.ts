import * as numerics from '@cartkin/numerics'
import type { MathName } from '@cartkin/numerics/wasm'
import { arrayFunctions } from '../../numerics/wasm/array-functions.ts'
import { type GoldenRun, joined } from './golden-run.ts'

const count = 2000
const functions: Readonly<Record<MathName, (x: number, y: number) => number>> = numerics
const families: Readonly<Record<string, readonly MathName[]>> = {
  'exponentials and hyperbolic functions': ['exp', 'expm1', 'expit', 'sinh', 'cosh', 'tanh'],
  'logarithms and powers': ['log', 'log1p', 'log2', 'log10', 'logit', 'pow'],
  'trigonometric functions and their inverses': ['sin', 'cos', 'tan', 'asin', 'acos', 'atan'],
  'error, gamma and normal functions': ['erf', 'erfc', 'lgamma', 'normalCdf', 'normalQuantile'],
}

/** Numbers of every exponent from 2^-1074 to 2^40 and of both signs, every other one within (0, 1); then the special ones. */
function argumentsFrom(seed: number): Float64Array {
  const values = new Float64Array(count)
  const bits = new DataView(values.buffer)
  let state = seed
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state
  }
  for (let i = 0; i < count; i++) {
    const lowest = i % 4 === 0 ? 0 : 980
    const exponent = i % 2 === 0 ? lowest + (next() % (1064 - lowest)) : 1012 + (next() % 11)
    const sign = i % 2 === 0 ? next() & 0x80000000 : 0
    bits.setUint32(8 * i + 4, sign | (exponent << 20) | (next() >>> 12), true)
    bits.setUint32(8 * i, next(), true)
  }
  const special = [0, -0, 1, -1, 2, 0.5, Number.NaN, Infinity, -Infinity, 5e-324, 1.7976931348623157e308]
  values.set(special, count - special.length)
  return values
}

/** A function in TypeScript, in WebAssembly, and in either of its lanes: the four must not differ. */
function inEveryForm(name: MathName): Float64Array {
  const f = functions[name]
  const [x, y] = [argumentsFrom(20250101), argumentsFrom(777)]
  const plain = x.map((value, i) => f(value, y[i]!))
  const shifted = (values: Float64Array, by: number) => values.map((_, i) => values[(i + by) % count]!)
  const forms = [
    arrayFunctions([name], 1, count).get(name)!(x, y),
    arrayFunctions([name], 2, count).get(name)!(x, y),
    shifted(arrayFunctions([name], 2, count).get(name)!(shifted(x, 1), shifted(y, 1)), count - 1),
  ]
  forms.forEach((form, which) => {
    const at = form.findIndex((value, i) => !Object.is(value, plain[i]))
    if (at >= 0) throw new Error(`${name}(${x[at]}, ${y[at]}) is ${plain[at]}, but ${form[at]} in form ${which}`)
  })
  return plain
}

/** Functions on many arguments, random numbers, and linear algebra. */
export const numberRuns: readonly GoldenRun[] = [
  ...Object.entries(families).map(([name, members]) => ({
    name,
    values: () => joined(...members.map((member) => inEveryForm(member))),
  })),
  {
    name: 'random numbers, quasi-random numbers and matrices',
    values: () => {
      const stream = numerics.randomStream({ seed: 5, study: 'golden', subject: 1, occasion: 0 })
      const deviates = Float64Array.from({ length: 64 }, (_, k) => stream.normal(k))
      const points = Array.from({ length: 32 }, (_, k) => {
        const point = new Float64Array(3)
        numerics.sobolPoint(k + 1, point)
        return [...point]
      })
      const singular = numerics.svd(deviates, 8, 8)
      if (singular.status === 'failed') throw new Error(singular.message)
      return joined(deviates, points.flat(), singular.values, singular.u, singular.v)
    },
  },
]
