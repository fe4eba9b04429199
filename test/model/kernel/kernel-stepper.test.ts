import { compileModel } from '@cartkin/model'
import { createStepper, dop853, integrate, type Method, rodas5p, type StepperFactory, tsit5 } from 'ode-ts'
import { describe, expect, it } from 'vitest'
import { modelOf } from '../compile-text.ts'

interface Case {
  readonly name: string
  readonly text: string
  readonly t1: number
}

const cases: readonly Case[] = [
  {
    name: 'Robertson',
    text: `
      d/dt(a) = -0.04*a + 1e4*b*c
      d/dt(b) = 0.04*a - 1e4*b*c - 3e7*b*b
      d/dt(c) = 3e7*b*b
      a(0) = 1`,
    t1: 40,
  },
  {
    name: 'a function of time, powers and a choice',
    text: `
      k = 0.3
      p = 1.5
      d/dt(a) = -k*a^p/(1 + a^p) + exp(-t)
      d/dt(b) = a*log(1 + a) - b
      if (b > 1) {
        slow = 0.5
      } else {
        slow = 1
      }
      d/dt(c) = slow*b - c
      a(0) = 4`,
    t1: 8,
  },
]

function solve(text: string, t1: number, method: Method, rtol: number, factory?: StepperFactory) {
  const compiled = compileModel(modelOf(text))
  const system = compiled.instantiate()
  const y0 = new Float64Array(system.dimension)
  system.initialState(y0)
  const { outcome, statistics, trajectory } = integrate(
    { system, t0: 0, y0, t1 },
    method,
    { rtol, atol: 1e-3 * rtol },
    {},
    factory ?? compiled.stepperFactory,
  )
  const y = new Float64Array(system.dimension)
  trajectory.state(outcome.t, y)
  return { outcome, statistics, y }
}

describe.each(cases)('$name by kernels', ({ text, t1 }) => {
  it.each([rodas5p, tsit5, dop853])('takes the steps that the plain stepper takes', (method) => {
    const plain = solve(text, t1, method, 1e-6, createStepper)
    const kernel = solve(text, t1, method, 1e-6)
    expect(kernel.outcome.status).toBe('finished')
    expect(kernel.statistics).toEqual(plain.statistics)
    kernel.y.forEach((value, i) => {
      expect(Math.abs(value - plain.y[i]!)).toBeLessThan(1e-9 * Math.abs(plain.y[i]!))
    })
  })
})
