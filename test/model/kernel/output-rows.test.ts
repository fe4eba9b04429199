import { libraryModels } from '@cartkin/cart-models'
import { type CompiledModel, compileModel, type ModelInstance } from '@cartkin/model'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { modelOf } from '../compile-text.ts'
import { randomExpression } from '../random-expression.ts'

/** Rows so many that a kernel is made. */
const many = 1500

interface Rows {
  readonly times: Float64Array
  readonly states: Float64Array
}

/** Rows of all sizes and signs, with times before and after every switch and at it, and some that are no numbers. */
function rowsFor(instance: ModelInstance, count: number): Rows {
  const n = instance.dimension
  const taus = new Float64Array(instance.model.switches.length)
  instance.switchTimes(taus)
  const times = Float64Array.from({ length: count }, (_, k) => {
    const tau = taus[k % (taus.length + 1)]
    return tau === undefined || !Number.isFinite(tau) ? (k % 97) - 5 : tau + [(k % 7) - 3, 0, -1e-9, 1e-9][k % 4]!
  })
  const states = Float64Array.from({ length: count * n }, (_, k) => {
    const size = [0.3, 11, 4e3, 7e7, -0.5, 0][(k * 7 + (k >> 5)) % 6]!
    return k % 1013 === 0 ? Number.NaN : size * (1 + ((k * 2654435761) % 1000) / 1000)
  })
  return { times, states }
}

function oneByOne(instance: ModelInstance, { times, states }: Rows): Float64Array {
  const n = instance.dimension
  const width = instance.model.outputs.length
  const out = new Float64Array(times.length * width)
  times.forEach((t, k) => {
    instance.outputs(t, states.subarray(k * n, (k + 1) * n), out.subarray(k * width, (k + 1) * width))
  })
  return out
}

function together(instance: ModelInstance, { times, states }: Rows): Float64Array {
  const out = new Float64Array(times.length * instance.model.outputs.length)
  instance.outputRows(times.length, times, states, out)
  return out
}

/** Bits as numbers; any NaN as one. */
function bits(values: Float64Array): BigUint64Array {
  return new BigUint64Array(Float64Array.from(values, (value) => (Number.isNaN(value) ? Number.NaN : value)).buffer)
}

/** An instance after so many rows that its model has a kernel. */
function warmed(compiled: CompiledModel): ModelInstance {
  const instance = compiled.instantiate()
  together(instance, rowsFor(instance, many))
  return instance
}

const expressions = fc.tuple(randomExpression(['x', 'y', 'a']), randomExpression(['x', 'y', 'a']))

describe('rows of outputs have the bits of one row at a time', () => {
  it.each(libraryModels.map(({ id, text }) => ({ id, text })))('in $id', ({ text }) => {
    const instance = warmed(compileModel(modelOf(text)))
    const rows = rowsFor(instance, many)
    expect(bits(together(instance, rows))).toEqual(bits(oneByOne(instance, rows)))
  })

  it('in any model', () => {
    fc.assert(
      fc.property(expressions, ([one, two]) => {
        const text = `a = 1.7\nd/dt(x) = -x\nd/dt(y) = x\nfirst = ${one.text}\nsecond = (${two.text})/(t - 3)\n`
        const instance = warmed(compileModel(modelOf(text)))
        const rows = rowsFor(instance, 61)
        expect(bits(together(instance, rows))).toEqual(bits(oneByOne(instance, rows)))
      }),
      { numRuns: 40 },
    )
  })

  it('with every function of the language, conditions and time switches', () => {
    const functions = ['exp', 'log', 'log10', 'log2', 'log1p', 'expm1', 'sqrt', 'sin', 'cos', 'tan', 'sinh', 'cosh']
    const more = ['tanh', 'asin', 'acos', 'atan', 'abs', 'floor', 'ceil', 'expit', 'logit']
    const lines = [...functions, ...more].map((name) => `of_${name} = ${name}(x*p)`)
    const text = `p = 0.8\nd/dt(x) = -x\nd/dt(y) = 1\n${lines.join('\n')}
power = x^(p*y)
least = min(x, y)
most = max(x, y)
grade = ifelse(x > 10, 2, ifelse(x >= 0.4 & y < 5, 1, 0))
phase = ifelse(t < 4, exp(p), ifelse(t <= 20*p, x, y))
`
    const compiled = compileModel(modelOf(text))
    const instance = warmed(compiled)
    const rows = rowsFor(instance, many)
    expect(bits(together(instance, rows))).toEqual(bits(oneByOne(instance, rows)))
  })

  it('in instances with parameters of their own that take turns, for any number of rows', () => {
    const compiled = compileModel(modelOf('p = 2\nd/dt(x) = -x\nz = exp(p)*x + t\nlate = ifelse(t > p, z, 0)\n'))
    const one = warmed(compiled)
    const other = compiled.instantiate()
    other.setParameters(Float64Array.of(3))
    for (const count of [1, 2, 7, 0, 32]) {
      for (const instance of [one, other, one]) {
        const rows = rowsFor(instance, count)
        expect(bits(together(instance, rows))).toEqual(bits(oneByOne(instance, rows)))
      }
    }
    other.setParameters(Float64Array.of(-1))
    const rows = rowsFor(other, 9)
    expect(bits(together(other, rows))).toEqual(bits(oneByOne(other, rows)))
  })
})
