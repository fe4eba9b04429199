import { type CompiledModel, compileModel } from '@cartkin/model'
import { dop853, integrateEnsemble, integrateOnGrid, type Method, radau13, rodas5p, tsit5 } from 'ode-ts'
import { describe, expect, it } from 'vitest'
import { modelOf } from '../compile-text.ts'

const text = `
  k = 0.3
  p = 1.5
  q = 40
  r = 0
  d/dt(a) = r*a*a - k*a^p/(1 + a^p) + exp(-t)*q
  d/dt(b) = a*log(1 + a) - b*q
  slow = 1
  if (b > 1) slow = 0.5
  d/dt(c) = slow*b - c*c/(1 + a) - max(a, b)*c
  a(0) = 4`

const times = Float64Array.from({ length: 21 }, (_, k) => k / 2)
const control = { rtol: 1e-6, atol: 1e-9 }

function problemOf(compiled: CompiledModel, parameters: Float64Array) {
  const system = compiled.instantiate()
  system.setParameters(parameters)
  const y0 = new Float64Array(system.dimension)
  system.initialState(y0)
  const dose = {
    t: 1 + Math.min(1, Math.abs(parameters[0]!)),
    apply: (_t: number, y: Float64Array) => {
      y[0] = y[0]! + 3
    },
  }
  return { system, t0: 0, y0, t1: 10, events: [dose] }
}

const subjects = Array.from({ length: 9 }, (_, i) =>
  Float64Array.of(0.1 + 0.07 * i, 1.2 + 0.1 * i, 10 * (1 + i * i), 0),
)
/** Its right-hand side is not finite from the start. */
const broken = Float64Array.of(0.1, 1.5, Number.NaN, 0)
/** Grows beyond every bound before the end. */
const explosive = Float64Array.of(0.1, 1.5, 1, 2)

const collector = (values: Float64Array) => ({
  times,
  receive: (k: number, y: Float64Array) => values.set(y, k * y.length),
})

function alone(compiled: CompiledModel, parameters: Float64Array, method: Method) {
  const values = new Float64Array(3 * times.length)
  const problem = problemOf(compiled, parameters)
  const { outcome, statistics } = integrateOnGrid(
    problem,
    collector(values),
    method,
    control,
    {},
    compiled.stepperFactory,
  )
  return { values, status: outcome.status, statistics }
}

function inLanes(compiled: CompiledModel, all: readonly Float64Array[], method: Method) {
  const results = all.map(() => ({ values: new Float64Array(3 * times.length), status: '', statistics: {} }))
  integrateEnsemble(
    all.map((parameters, i) => ({ problem: problemOf(compiled, parameters), output: collector(results[i]!.values) })),
    method,
    control,
    (i, result) => {
      if (result.status === 'refused') throw result.error
      results[i] = { ...results[i]!, status: result.outcome.status, statistics: result.statistics }
    },
    compiled.laneStepperFactory,
  )
  return results
}

describe.each([rodas5p, tsit5, dop853, radau13])('two lanes of $name', (method) => {
  const compiled = compileModel(modelOf(text))
  const expected = subjects.map((parameters) => alone(compiled, parameters, method))

  it('give each subject the bits it has alone', () => {
    expect(expected.every(({ status }) => status === 'finished')).toBe(true)
    expect(inLanes(compiled, subjects, method)).toEqual(expected)
  })

  it('in either lane and beside any partner', () => {
    expect(inLanes(compiled, subjects.toReversed(), method)).toEqual(expected.toReversed())
    expect(inLanes(compiled, [subjects[3]!, ...subjects], method).slice(1)).toEqual(expected)
  })

  it('beside subjects that fail', () => {
    const all = subjects.flatMap((parameters) => [broken, parameters, explosive])
    const results = inLanes(compiled, all, method)
    expect(results.filter((_, i) => i % 3 === 1)).toEqual(expected)
    expect(results.filter((_, i) => i % 3 !== 1).every(({ status }) => status === 'failed')).toBe(true)
    expect(results[2]).toEqual(alone(compiled, explosive, method))
  })
})
