import { compileModel } from '@cartkin/model'
import {
  type CollocationTableau,
  createStepper,
  integrate,
  type Method,
  radau9,
  radau13,
  rodas5p,
  type StepperFactory,
} from 'ode-ts'
import { describe, expect, it } from 'vitest'
import { modelOf } from '../compile-text.ts'

/** Order 5: 3 stages, so that the real system shares a pair with the only complex one. Coefficients as of radau9. */
const radau5: CollocationTableau = {
  kind: 'collocation',
  name: 'radau5',
  order: 5,
  errorOrder: 3,
  denseOrder: 3,
  c: [0.1550510257216822, 0.6449489742783178, 1],
  gamma: 3.637834252744496,
  alpha: [2.6810828736277523],
  beta: [3.0504301992474105],
  T: [
    [0.09443876248897524, -0.1412552950209542, -0.030029194105147424],
    [0.2502131229653333, 0.20412935229379994, 0.3829421127572619],
    [1, 1, 0],
  ],
  inverseT: [
    [4.178718591551905, 0.32768282076106237, 0.5233764454994495],
    [-4.178718591551905, -0.32768282076106237, 0.47662355450055044],
    [-0.5028726349457868, 2.571926949855605, -0.5960392048282249],
  ],
  e: [-2.7623054547485992, 0.3799355982527289, -0.0916296098652258],
  citation: 'E. Hairer, G. Wanner, Solving Ordinary Differential Equations II, 2nd ed., IV.8, 1996',
}

const collocation = [radau5, radau9, radau13]

const robertson = `
  d/dt(a) = -0.04*a + 1e4*b*c
  d/dt(b) = 0.04*a - 1e4*b*c - 3e7*b*b
  d/dt(c) = 3e7*b*b
  a(0) = 1`

const timed = `
  k = 0.3
  p = 1.5
  d/dt(a) = -k*a^p/(1 + a^p) + exp(-t)
  d/dt(b) = a*log(1 + a) - b
  if (a > 9) {
    slow = 0.5
  } else {
    slow = 1
  }
  d/dt(c) = 40*slow*(b - c)
  d/dt(d) = c - sin(t)*d
  a(0) = 4`

function solve(text: string, t1: number, method: Method | 'auto', rtol: number, factory?: StepperFactory) {
  const compiled = compileModel(modelOf(text))
  const system = compiled.instantiate()
  const y0 = new Float64Array(system.dimension)
  system.initialState(y0)
  const control = { rtol, atol: 1e-3 * rtol }
  const problem = { system, t0: 0, y0, t1 }
  const { outcome, statistics, trajectory } = integrate(
    problem,
    method,
    control,
    {},
    factory ?? compiled.stepperFactory,
  )
  const y = new Float64Array(system.dimension)
  const at = (t: number) => {
    trajectory.state(t, y)
    return [...y]
  }
  return { outcome, statistics, at, knots: trajectory.knots }
}

function steppersOf(text: string, method: Method, y0: readonly number[]) {
  const compiled = compileModel(modelOf(text))
  const instance = compiled.instantiate()
  instance.beginSegment(0)
  const tolerances = { rtol: 1e-6, atol: new Float64Array(instance.dimension).fill(1e-9) }
  const stepper = compiled.stepperFactory(method, instance, tolerances, null)
  const plain = createStepper(method, instance, tolerances, null)
  for (const one of [stepper, plain]) one.start(0, Float64Array.from(y0), null)
  return { stepper, plain }
}

describe.each(collocation)('$name by a kernel', (method) => {
  it.each([
    ['Robertson', robertson, 40],
    ['functions of time, powers and a choice', timed, 8],
  ])('takes the steps that the plain stepper takes, through %s', (_name, text, t1) => {
    const plain = solve(text, t1, method, 1e-8, createStepper)
    const kernel = solve(text, t1, method, 1e-8)
    expect(kernel.outcome.status).toBe('finished')
    expect(kernel.statistics).toEqual(plain.statistics)
    for (let k = 0; k <= 40; k++) {
      const theirs = plain.at((t1 * k) / 40)
      kernel.at((t1 * k) / 40).forEach((value, i) => {
        expect(Math.abs(value - theirs[i]!)).toBeLessThan(1e-9 * Math.abs(theirs[i]!) + 1e-13)
      })
    }
  })

  it('gives the error of the plain stepper, also where the first estimate is over 1', () => {
    const { stepper, plain } = steppersOf('d/dt(x) = -1e5*(x - cos(t))\nd/dt(y) = x - y', method, [1.5, 0])
    for (const end of [1e-5, 1e-2, 0.5]) {
      const [ours, theirs] = [stepper.attempt(end), plain.attempt(end)]
      expect(Math.abs(ours - theirs)).toBeLessThan(1e-6 * theirs + 1e-6)
      expect(stepper.rhsEvaluations).toBe(plain.rhsEvaluations)
      expect(stepper.worst()).toBe(plain.worst())
    }
  })

  it('wants half the step where the iterations fail', () => {
    const { stepper, plain } = steppersOf('d/dt(x) = 1e3*x*x*(1 - x)', method, [1e-2])
    const norm = stepper.attempt(10)
    expect(norm).toBe(plain.attempt(10))
    expect(0.9 / norm ** (1 / (method.errorOrder + 1))).toBeCloseTo(0.5, 12)
  })

  it('leaves a step to the plain stepper where a pivot is small', () => {
    const h = 0.25
    const rate = (method.gamma / h) * (1 - 1e-11)
    const { stepper, plain } = steppersOf(`d/dt(x) = ${rate}*x + 30*y\nd/dt(y) = 20*x - y`, method, [1, 0.5])
    expect(stepper.attempt(h)).toBe(plain.attempt(h))
    expect(stepper).toMatchObject({ pivotFallbacks: 1 })
  })

  it('goes on after a step of the plain stepper, without its past', () => {
    const h = 0.25
    const text = `d/dt(x) = ${method.gamma / h}*x + 30*y\nd/dt(y) = 20*x - y`
    const { stepper, plain } = steppersOf(text, method, [1, 0.5])
    for (const end of [h, h + 1e-3, h + 2e-3]) {
      for (const one of [stepper, plain]) {
        one.attempt(end)
        one.accept()
      }
    }
    expect(stepper).toMatchObject({ pivotFallbacks: 1 })
    stepper.y.forEach((value, i) => {
      expect(value / plain.y[i]!).toBeCloseTo(1, 9)
    })
  })

  it('is what it was, whatever another stepper of the same kernel does in between', () => {
    const compiled = compileModel(modelOf(robertson))
    const tolerances = { rtol: 1e-8, atol: new Float64Array(3).fill(1e-12) }
    const make = (y0: readonly number[]) => {
      const stepper = compiled.stepperFactory(method, compiled.instantiate(), tolerances, null)
      stepper.start(0, Float64Array.from(y0), null)
      return stepper
    }
    const steps = [1e-6, 1e-5, 3e-5, 1e-4]
    const alone = make([1, 0, 0])
    const norms = steps.map((end) => {
      const norm = alone.attempt(end)
      alone.accept()
      return norm
    })
    const [one, other] = [make([1, 0, 0]), make([0.5, 1e-5, 0.5])]
    steps.forEach((end, k) => {
      other.attempt(end / 3)
      expect(one.attempt(end)).toBe(norms[k])
      other.accept()
      one.accept()
    })
    expect(one.y).toEqual(alone.y)
  })
})

describe("'auto' at tight tolerances", () => {
  it('takes Radau IIA by a kernel', () => {
    const auto = solve(robertson, 1e5, 'auto', 1e-10)
    const rodas = solve(robertson, 1e5, rodas5p, 1e-10)
    expect(auto.outcome.status).toBe('finished')
    expect(auto.statistics.steps).toBeLessThan(rodas.statistics.steps / 2)
    auto.at(1e5).forEach((value, i) => {
      expect(value / rodas.at(1e5)[i]!).toBeCloseTo(1, 7)
    })
  })

  it('carries sensitivities by Rodas5P', () => {
    const text = `k = 2\nd/dt(x) = -1000*(x - y)\nd/dt(y) = -k*y\nx(0) = 1\ny(0) = 1`
    const compiled = compileModel(modelOf(text))
    const instance = compiled.instantiate()
    instance.beginSegment(0)
    const system = instance.sensitivities([0])
    const problem = { system, t0: 0, y0: Float64Array.of(1, 1), t1: 2, sensitivities: new Float64Array(2) }
    const { outcome, trajectory } = integrate(
      problem,
      'auto',
      { rtol: 1e-10, atol: 1e-14 },
      {},
      compiled.stepperFactory,
    )
    const s = new Float64Array(2)
    trajectory.sensitivities(2, s)
    expect(outcome.status).toBe('finished')
    expect(s[1]! / (-2 * Math.exp(-4))).toBeCloseTo(1, 8)
  })
})
