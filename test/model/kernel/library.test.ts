import { libraryModels } from '@cartkin/cart-models'
import { type CompiledModel, compileModel } from '@cartkin/model'
import { createStepper, dop853, integrate, type Method, rodas5p, type StepperFactory } from 'ode-ts'
import { describe, expect, it } from 'vitest'
import { modelOf } from '../compile-text.ts'

/** Ten days with 100 of everything that is not there at the start given on day 1; states and step counts. */
function course(compiled: CompiledModel, method: Method, factory: StepperFactory) {
  const system = compiled.instantiate()
  system.beginSegment(-1)
  const taus = new Float64Array(compiled.model.switches.length)
  system.switchTimes(taus)
  const y0 = new Float64Array(system.dimension)
  system.initialState(y0)
  const absent = [...y0.keys()].filter((i) => y0[i] === 0)
  const dose = {
    t: 1,
    apply: (_t: number, y: Float64Array) => {
      for (const i of absent) y[i] = y[i]! + 100
    },
  }
  const switches = [...taus].filter((t) => t > -1 && t < 10).map((t) => ({ t, apply: () => system.beginSegment(t) }))
  const conditions = Array.from({ length: system.conditionCount }, (_, index) => ({
    value: (t: number, y: Float64Array) => system.condition(index, t, y),
    apply: () => {},
    jumps: true,
  }))
  const { outcome, trajectory, statistics } = integrate(
    { system, t0: -1, y0, t1: 10, events: [dose, ...switches] },
    method,
    { rtol: 1e-7, atol: 1e-9 },
    { conditions },
    factory,
  )
  const y = new Float64Array(system.dimension)
  trajectory.state(outcome.t, y)
  return { outcome, y, statistics }
}

/** Its antibodies are lost at 4.8e6 per day: too stiff for an explicit method. */
const tooStiff = 'park-2025'

describe.each(libraryModels.map(({ id, text }) => ({ id, text })))('$id', ({ id, text }) => {
  const compiled = compileModel(modelOf(text))
  it.each(id === tooStiff ? [rodas5p] : [rodas5p, dop853])('has the course of the plain stepper of $name', (method) => {
    const plain = course(compiled, method, createStepper)
    const kernel = course(compiled, method, compiled.stepperFactory)
    expect(plain.outcome.status).toBe('finished')
    expect(kernel.outcome).toEqual(plain.outcome)
    expect(Math.abs(kernel.statistics.steps - plain.statistics.steps)).toBeLessThan(0.03 * plain.statistics.steps + 1)
    // the time of a jump is as exact as the states that it depends on
    const share = compiled.instantiate().conditionCount > 0 ? 1e-5 : 1e-6
    kernel.y.forEach((value, i) => {
      expect(Math.abs(value - plain.y[i]!), `state ${i}`).toBeLessThan(share * Math.abs(plain.y[i]!) + 1e-9)
    })
  })
})
