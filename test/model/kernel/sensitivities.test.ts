import { compileModel } from '@cartkin/model'
import { createStepper, dop853, integrate, type Method, rodas5p, type StepperFactory, tsit5 } from 'ode-ts'
import { describe, expect, it } from 'vitest'
import { modelOf } from '../compile-text.ts'

const texts = {
  'powers, a choice and time': `
    k = 0.3
    p = 1.5
    q = 2
    d/dt(a) = -k*a^p/(1 + a^p) + exp(-t/q)
    d/dt(b) = a*log(1 + a) - q*b
    slow = 1
    if (b > 1) slow = p
    d/dt(c) = slow*b*k - c*sin(t*k)
    a(0) = 4*k`,
  'a network with a fast equilibrium': `
    k = 2
    p = 100
    q = 10
    d/dt(a) = -p*a*b + q*c
    d/dt(b) = -p*a*b + q*c - k*b
    d/dt(c) = p*a*b - q*c
    d/dt(d) = k*b*d/(1 + d)
    a(0) = 1
    b(0) = k
    d(0) = 1`,
}

function course(text: string, chosen: readonly number[], method: Method, factory: StepperFactory | null) {
  const compiled = compileModel(modelOf(text))
  const instance = compiled.instantiate()
  instance.beginSegment(0)
  const system = instance.sensitivities(chosen)
  const n = instance.dimension
  const y0 = new Float64Array(n)
  const sensitivities = new Float64Array(n * chosen.length)
  instance.initialState(y0)
  system.initialState(sensitivities)
  const infusion = [
    {
      t: 1,
      apply: () => {
        instance.rates[0] = 0.5
        system.rates[0] = 0.25
      },
    },
    {
      t: 2,
      apply: () => {
        instance.rates.fill(0)
        system.rates.fill(0)
      },
    },
  ]
  const { outcome, statistics, trajectory } = integrate(
    { system, t0: 0, y0, t1: 5, sensitivities, events: infusion },
    method,
    { rtol: 1e-7, atol: 1e-9 },
    {},
    factory ?? compiled.stepperFactory,
  )
  const at = [0.3, 1.7, 3.14, 5].map((t) => {
    const [y, s] = [new Float64Array(n), new Float64Array(n * chosen.length)]
    trajectory.state(t, y)
    trajectory.sensitivities(t, s)
    return { y, s }
  })
  return { outcome, statistics, at }
}

describe.each(Object.entries(texts))('sensitivities by kernels: %s', (_name, text) => {
  it.each(
    [rodas5p, tsit5, dop853].flatMap((method) => [
      [method.name, 3, method] as const,
      [method.name, 2, method] as const,
    ]),
  )('%s carries %i as the plain stepper does', (_method, count, method) => {
    const chosen = [0, 1, 2].slice(0, count)
    const plain = course(text, chosen, method, createStepper)
    const kernel = course(text, chosen, method, null)
    expect(kernel.outcome.status).toBe('finished')
    expect(kernel.outcome).toEqual(plain.outcome)
    expect(Math.abs(kernel.statistics.steps - plain.statistics.steps)).toBeLessThan(3)
    kernel.at.forEach(({ y, s }, k) => {
      const expected = plain.at[k]!
      const largest = Math.max(...expected.s.map(Math.abs))
      y.forEach((value, i) => {
        expect(Math.abs(value - expected.y[i]!)).toBeLessThan(1e-7 * (1 + Math.abs(value)))
      })
      s.forEach((value, i) => {
        expect(Math.abs(value - expected.s[i]!)).toBeLessThan(1e-7 * (largest + Math.abs(value)))
      })
    })
  })
})

it.each([rodas5p, tsit5])('one step of $name has the sensitivities of the plain stepper to rounding', (method) => {
  const compiled = compileModel(modelOf(texts['powers, a choice and time']))
  const instance = compiled.instantiate()
  const system = instance.sensitivities([0, 1, 2])
  const tolerances = { rtol: 1e-6, atol: new Float64Array(3).fill(1e-9) }
  const results = [compiled.stepperFactory, createStepper].map((factory) => {
    const stepper = factory(method, system, tolerances, system)
    stepper.start(0.5, Float64Array.of(1.2, 0.5, 0.3), Float64Array.of(4, 0, 0, 1, 2, 3, 0, -1, 0.5))
    for (const end of [0.6, 0.75]) {
      stepper.attempt(end + 1)
      stepper.attempt(end)
      stepper.accept()
    }
    return stepper
  })
  const [kernel, plain] = results
  expect(kernel?.constructor.name).toBe('KernelStepper')
  kernel?.s?.forEach((value, i) => {
    expect(Math.abs(value / plain!.s![i]! - 1)).toBeLessThan(1e-12)
  })
  expect([...kernel!.s!].every((value) => value !== 0)).toBe(true)
})

it('a step that the plain stepper takes carries them, too', () => {
  const rate = 1 / (0.25 * rodas5p.gamma)
  const text = `k = 20\nd/dt(x) = ${rate}*x + 30*y\nd/dt(y) = k*x - y*y`
  const compiled = compileModel(modelOf(text))
  const instance = compiled.instantiate()
  const system = instance.sensitivities([0])
  const tolerances = { rtol: 1e-6, atol: new Float64Array(2).fill(1e-9) }
  const results = [compiled.stepperFactory, createStepper].map((factory) => {
    const stepper = factory(rodas5p, system, tolerances, system)
    stepper.start(0, Float64Array.of(1, 0.5), Float64Array.of(0.1, 0.2))
    for (const end of [0.25, 0.35]) {
      stepper.attempt(end)
      stepper.accept()
    }
    return stepper
  })
  expect(results[0]).toMatchObject({ pivotFallbacks: 1 })
  results[0]?.s?.forEach((value, i) => {
    expect(value / results[1]!.s![i]!).toBeCloseTo(1, 9)
  })
})
