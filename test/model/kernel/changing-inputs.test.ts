import { compileModel } from '@cartkin/model'
import { dop853, integrateEnsemble, integrateOnGrid, type Method, radau13, rodas5p, tsit5 } from 'ode-ts'
import { describe, expect, it } from 'vitest'
import { modelOf } from '../compile-text.ts'

const model = compileModel(
  modelOf(`
  linear(X)
  k = 0.4
  d/dt(a) = -k*WT*a/(1 + a) + X
  d/dt(b) = k*a - X*b
  a(0) = 4`),
)
const place = (name: string) => model.model.parameters.findIndex((parameter) => parameter.name === name)
const times = Float64Array.from({ length: 21 }, (_, k) => k / 2)
const control = { rtol: 1e-6, atol: 1e-9 }

/** A subject whose WT steps and whose X goes straight, both from nodes of its own. */
function problemOf(subject: number) {
  const system = model.instantiate()
  const values = Float64Array.from(model.model.parameters, ({ value }) => value)
  const change = (t: number) => {
    values[place('WT')] = 1 + 0.3 * subject + 0.1 * t
    values[place('X')] = 0.5 + 0.2 * t
    system.setParameters(values)
    system.setSlope(place('X'), 0.1 * (subject - 2), t)
  }
  change(0)
  const y0 = new Float64Array(system.dimension)
  system.initialState(y0)
  const events = [1.5 + 0.25 * subject, 4, 7.5 - 0.5 * subject].map((t) => ({ t, apply: change }))
  return { system, t0: 0, y0, t1: 10, events }
}

const collector = (values: Float64Array) => ({
  times,
  receive: (k: number, y: Float64Array) => values.set(y, k * y.length),
})

function alone(subject: number, method: Method, isTape: boolean) {
  const values = new Float64Array(2 * times.length)
  const factory = isTape ? model.tapeStepperFactory : model.stepperFactory
  const { outcome } = integrateOnGrid(problemOf(subject), collector(values), method, control, {}, factory)
  expect(outcome.status).toBe('finished')
  return values
}

describe.each([tsit5, dop853, rodas5p, radau13])('inputs that change at events, by $name', (method) => {
  it('have the same bits in either lane, beside any partner, and alone', () => {
    const subjects = [0, 1, 2, 3, 4]
    const expected = subjects.map((subject) => alone(subject, method, false))
    const found = subjects.map(() => new Float64Array(2 * times.length))
    integrateEnsemble(
      subjects.map((subject, k) => ({ problem: problemOf(subject), output: collector(found[k]!) })),
      method,
      control,
      () => {},
      model.laneStepperFactory,
    )
    expect(found).toEqual(expected)
    expect(new Set(expected.map(String)).size).toBe(subjects.length)
    if (method !== radau13) expect(subjects.map((subject) => alone(subject, method, true))).toEqual(expected)
  })
})
