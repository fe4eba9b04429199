import { readFileSync } from 'node:fs'
import { type CompiledModel, compileModel } from '@cartkin/model'
import { integrate, integrateEnsemble, type Method, rodas5p, type StepperFactory, tsit5 } from 'ode-ts'
import { describe, expect, it } from 'vitest'
import { modelOf } from './compile-text.ts'

const rows: readonly (readonly [expression: string, x: number, p: number])[] = JSON.parse(
  readFileSync(new URL('golden/functions.json', import.meta.url), 'utf8'),
)
/** Each expression once, with a place at which it is a number. */
const places = [...new Map(rows.map(([expression, x, p]) => [expression, { expression, x, p }])).values()]

/** What has no form in WebAssembly. */
const seldom =
  /digamma|trigamma|tetragamma|pentagamma|polygamma|psigamma|\bl?beta\(|choose|gammap|gammaq|lowergamma|uppergamma|erfinv|bessel|llik(Nbinom|NbinomMu|Beta|T|F)\(|llik(Beta|T|F|Gamma|Chisq)D(shape|df)/

/** A state that stays within 2 % of its start, driven by the function of it. */
function textOf({ expression, x, p }: (typeof places)[number]): string {
  const size = 0.02 * Math.abs(x)
  return `p = ${p}\nd/dt(x) = ${size}*tanh(${expression})*cos(3*t)\nx(0) = ${x}\nout = ${expression}`
}

function course(compiled: CompiledModel, method: Method, factory: StepperFactory, chosen: readonly number[]): number[] {
  const instance = compiled.instantiate()
  instance.beginSegment(0)
  const tangents = chosen.length > 0 ? instance.sensitivities(chosen) : null
  const y0 = new Float64Array(1)
  instance.initialState(y0)
  const s0 = new Float64Array(chosen.length)
  const { outcome, trajectory } = integrate(
    { system: tangents ?? instance, t0: 0, y0, t1: 2, ...(tangents !== null && { sensitivities: s0 }) },
    method,
    { rtol: 1e-6, atol: 1e-9 },
    {},
    factory,
  )
  expect(outcome.status).toBe('finished')
  const y = new Float64Array(1)
  const s = new Float64Array(chosen.length)
  return Array.from({ length: 20 }, (_, k) => {
    trajectory.state((k + 1) / 10, y)
    if (tangents !== null) trajectory.sensitivities((k + 1) / 10, s)
    return [...y, ...s]
  }).flat()
}

function inLanes(compiled: CompiledModel, method: Method): number[][] {
  const results: number[][] = [[], []]
  const times = Float64Array.from({ length: 20 }, (_, k) => (k + 1) / 10)
  const tasks = results.map((values) => {
    const system = compiled.instantiate()
    system.beginSegment(0)
    const y0 = new Float64Array(1)
    system.initialState(y0)
    return {
      problem: { system, t0: 0, y0, t1: 2 },
      output: { times, receive: (_: number, y: Float64Array) => void values.push(y[0]!) },
    }
  })
  integrateEnsemble(tasks, method, { rtol: 1e-6, atol: 1e-9 }, () => {}, compiled.laneStepperFactory)
  return results
}

describe.each(places)('$expression', (place) => {
  const compiled = compileModel(modelOf(textOf(place)))

  it.each([rodas5p, tsit5])('has the same bits as tape, kernel and in two lanes by $name', (method) => {
    const tape = course(compiled, method, compiled.tapeStepperFactory, [])
    expect(course(compiled, method, compiled.stepperFactory, [])).toEqual(tape)
    for (const lane of inLanes(compiled, method)) expect(lane).toEqual(tape)
  })

  it('has the same bits with sensitivities', () => {
    const [tape, kernel] = [compiled.tapeStepperFactory, compiled.stepperFactory].map((factory) =>
      course(compiled, rodas5p, factory, [0]),
    )
    expect(kernel).toEqual(tape)
  })

  it('runs in a kernel unless it is one of the seldom', () => {
    course(compiled, rodas5p, compiled.stepperFactory, [])
    expect(compiled.share().kernels.length > 0).toBe(!seldom.test(place.expression))
  })

  it('has the same bits in many rows of outputs', () => {
    const instance = compiled.instantiate()
    instance.beginSegment(0)
    const states = Float64Array.from({ length: 1300 }, (_, k) => place.x * (0.3 + (k % 97) / 70))
    const [together, alone] = [new Float64Array(1300), new Float64Array(1300)]
    instance.outputRows(1300, new Float64Array(1300), states, together)
    instance.outputRows(1300, new Float64Array(1300), states, together)
    states.forEach((x, k) => {
      instance.outputs(0, Float64Array.of(x), alone.subarray(k, k + 1))
    })
    expect(together).toEqual(alone)
  })
})
