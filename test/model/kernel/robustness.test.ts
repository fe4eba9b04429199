import { compileModel, type ModelInstance } from '@cartkin/model'
import { createStepper, integrate, type Method, radau9, rodas5p, type StepperFactory, tsit5 } from 'ode-ts'
import { describe, expect, it } from 'vitest'
import { modelOf } from '../compile-text.ts'

interface Run {
  readonly text: string
  readonly t1: number
  readonly y0?: readonly number[]
  readonly rtol?: number
  readonly events?: (instance: ModelInstance) => { t: number; apply: (t: number, y: Float64Array) => void }[]
}

const both = [
  ['plain', () => createStepper],
  ['kernel', (compiled: ReturnType<typeof compileModel>) => compiled.stepperFactory],
] as const

function run({ text, t1, y0, rtol = 1e-8, events }: Run, method: Method, makeFactory: (typeof both)[number][1]) {
  const compiled = compileModel(modelOf(text))
  const system = compiled.instantiate()
  system.beginSegment(0)
  const start = new Float64Array(system.dimension)
  if (y0 === undefined) system.initialState(start)
  else start.set(y0)
  const problem = { system, t0: 0, y0: start, t1, events: events?.(system) ?? [] }
  const factory: StepperFactory = makeFactory(compiled)
  const { outcome, trajectory, statistics } = integrate(problem, method, { rtol, atol: 1e-3 * rtol }, {}, factory)
  const end = new Float64Array(system.dimension)
  trajectory.state(outcome.t, end)
  return { outcome, end: [...end], statistics, trajectory }
}

/** The stepper itself, started at t = 0. */
function stepperOf(text: string, method: Method, y0: readonly number[]) {
  const compiled = compileModel(modelOf(text))
  const instance = compiled.instantiate()
  instance.beginSegment(0)
  const tolerances = { rtol: 1e-6, atol: new Float64Array(instance.dimension).fill(1e-9) }
  const stepper = compiled.stepperFactory(method, instance, tolerances, null)
  stepper.start(0, Float64Array.from(y0), null)
  const plain = createStepper(method, instance, tolerances, null)
  plain.start(0, Float64Array.from(y0), null)
  return { stepper, plain, instance, compiled, tolerances }
}

describe.each(both)('%s steppers', (_name, factory) => {
  it.each([rodas5p, tsit5])('of $name converge at their order', (method) => {
    // y' = -2t y, y = exp(-t²)
    const text = 'd/dt(y) = -2*t*y\ny(0) = 1'
    const compiled = compileModel(modelOf(text))
    const errors = [20, 40].map((steps) => {
      const instance = compiled.instantiate()
      const tolerances = { rtol: 1, atol: Float64Array.of(1) }
      const stepper = factory(compiled)(method, instance, tolerances, null)
      stepper.start(0, Float64Array.of(1), null)
      for (let k = 1; k <= steps; k++) {
        stepper.attempt(k / steps)
        stepper.accept()
      }
      return Math.abs(stepper.y[0]! - 0.36787944117144233)
    })
    const order = Math.log2(errors[0]! / errors[1]!)
    expect(order).toBeGreaterThan(method.order - 0.3)
    expect(order).toBeLessThan(method.order + 1.3)
  })

  it.each([rodas5p, tsit5, radau9])('of $name take doses and infusions', (method) => {
    const { outcome, end } = run(
      {
        text: 'k = 0.7\nd/dt(a) = -k*a',
        t1: 4,
        events: (instance) => [
          { t: 0.5, apply: (_t, y) => y.fill(10) },
          { t: 1, apply: () => instance.rates.fill(3) },
          { t: 2, apply: () => instance.rates.fill(0) },
        ],
      },
      method,
      factory,
    )
    expect(outcome.status).toBe('finished')
    const atTwo = 10 * Math.exp(-0.7 * 1.5) + (3 / 0.7) * (1 - Math.exp(-0.7))
    expect(end[0]! / (atTwo * Math.exp(-1.4))).toBeCloseTo(1, 7)
  })

  it.each([rodas5p, tsit5, radau9])('of $name see switches at the starts of segments', (method) => {
    const text = `
      tau = 1.5
      if (t < tau) {
        k = 2
      } else {
        k = 0.1
      }
      d/dt(a) = -k*a
      a(0) = 1`
    const events = (instance: ModelInstance) => [{ t: 1.5, apply: (t: number) => instance.beginSegment(t) }]
    const { end } = run({ text, t1: 3, events }, method, factory)
    expect(end[0]! / Math.exp(-3 - 0.15)).toBeCloseTo(1, 7)
  })

  it.each([rodas5p, tsit5, radau9])('of $name read parameters at the next start', (method) => {
    const events = (instance: ModelInstance) => [{ t: 1, apply: () => instance.setParameters(Float64Array.of(0.25)) }]
    const { end } = run({ text: 'k = 2\nd/dt(a) = -k*a\na(0) = 1', t1: 3, events }, method, factory)
    expect(end[0]! / Math.exp(-2.5)).toBeCloseTo(1, 7)
  })

  it.each([rodas5p, tsit5, radau9])('of $name keep what a branch not taken would give out of the result', (method) => {
    // log and the power are NaN, the quotient infinite in the branch not taken; so are their derivatives
    const text = `
      if (a > 0) {
        r = log(a)
        s = a^0.5/a
      } else {
        r = 0
        s = 1
      }
      d/dt(a) = -1 - 0*b
      d/dt(b) = 0*a + s*0 + (a > 0)*0 + 1 + 0*r
      a(0) = -1`
    const { outcome, end } = run({ text, t1: 1 }, method, factory)
    expect(outcome.status).toBe('finished')
    expect(end[0]).toBeCloseTo(-2, 9)
    expect(end[1]).toBeCloseTo(1, 9)
  })

  it.each([rodas5p, tsit5, radau9])('of $name tell a right-hand side that is not finite', (method) => {
    const { outcome } = run({ text: 'd/dt(a) = log(0.5 - t) - a\na(0) = 1', t1: 1 }, method, factory)
    expect(outcome).toMatchObject({ status: 'failed' })
    expect(outcome.t).toBeLessThanOrEqual(0.5)
    expect(outcome.t).toBeGreaterThan(0.4)
  })

  it('of rodas5p tell a matrix that is singular at the start, whatever the step', () => {
    const { outcome } = run({ text: 'd/dt(a) = log(a) - log(a)*b\nd/dt(b) = 1\na(0) = 0', t1: 1 }, rodas5p, factory)
    expect(outcome).toMatchObject({ status: 'failed', t: 0 })
  })
})

describe('the factorization without pivoting', () => {
  it('is left for the plain one where a pivot is small, and counts that', () => {
    // W = I/(hγ) − J: J_11 = 1/(hγ) makes the first pivot vanish, and the couplings make the next ones large.
    const h = 0.25
    const rate = 1 / (h * rodas5p.gamma)
    const text = `
      d/dt(x) = ${rate}*x + 30*y
      d/dt(y) = 20*x - y
      x(0) = 1`
    const { stepper, plain } = stepperOf(text, rodas5p, [1, 0.5])
    const norm = stepper.attempt(h)
    expect(norm).toBe(plain.attempt(h))
    expect(stepper).toMatchObject({ pivotFallbacks: 1 })
    stepper.accept()
    plain.accept()
    expect([...stepper.y]).toEqual([...plain.y])
    const rows = (1 + 1 + rodas5p.dense.length) * 2
    const [ours, theirs] = [new Float64Array(rows), new Float64Array(rows)]
    stepper.dense(ours, 0)
    plain.dense(theirs, 0)
    expect(ours).toEqual(theirs)
    // and goes on by the kernel from there
    stepper.attempt(h + 0.1)
    plain.attempt(h + 0.1)
    stepper.accept()
    plain.accept()
    expect(stepper).toMatchObject({ pivotFallbacks: 1 })
    stepper.y.forEach((value, i) => {
      expect(value / plain.y[i]!).toBeCloseTo(1, 10)
    })
  })

  it('is left for the plain one where a pivot is small but not 0', () => {
    const rate = (1 - 1e-11) / (0.25 * rodas5p.gamma)
    const { stepper, plain } = stepperOf(`d/dt(x) = ${rate}*x + 30*y\nd/dt(y) = 20*x - y`, rodas5p, [1, 0.5])
    expect(stepper.attempt(0.25)).toBe(plain.attempt(0.25))
    expect(stepper).toMatchObject({ pivotFallbacks: 1 })
  })

  it.each(both)('tells in the statistics of a run how often: %s', (name, makeFactory) => {
    // as above, in a first step of that length
    const h = 0.25
    const compiled = compileModel(
      modelOf(`d/dt(x) = ${1 / (h * rodas5p.gamma)}*x + 30*y\nd/dt(y) = 20*x - y\nx(0) = 1\ny(0) = 0.5`),
    )
    const system = compiled.instantiate()
    system.beginSegment(0)
    const problem = { system, t0: 0, y0: Float64Array.of(1, 0.5), t1: 1 }
    const control = { rtol: 1e-6, atol: 1e-9, initialStep: h }
    const { statistics } = integrate(problem, rodas5p, control, {}, makeFactory(compiled))
    expect(statistics.pivotFallbacks).toBe(name === 'kernel' ? 1 : 0)
  })

  it('tells a singular matrix as the plain one does', () => {
    const { stepper } = stepperOf(`d/dt(x) = ${1 / (0.25 * rodas5p.gamma)}*x\nx(0) = 1`, rodas5p, [1])
    expect(stepper.attempt(0.25)).toBeNaN()
    expect(stepper.singular).toBe(true)
    expect(stepper.attempt(0.1)).toBeGreaterThan(0)
    expect(stepper.singular).toBe(false)
  })

  it('is good enough on matrices of random signs and sizes', () => {
    let fallbacks = 0
    for (let seed = 1; seed <= 30; seed++) {
      const at = (i: number, j: number) => {
        const x = Math.imul(seed * 7919 + i * 104729 + j * 1299709, 2654435761) >>> 0
        return (x / 2 ** 32 - 0.5) * 10 ** ((x % 7) - 3)
      }
      const names = ['p', 'q', 'r', 's', 'u']
      const text = names
        .map((name, i) => `d/dt(${name}) = ${names.map((other, j) => `(${at(i, j)})*${other}`).join(' + ')}`)
        .join('\n')
      const { stepper, plain } = stepperOf(text, rodas5p, [1, 2, 3, 4, 5])
      stepper.attempt(0.01)
      plain.attempt(0.01)
      stepper.accept()
      plain.accept()
      fallbacks += stepper.pivotFallbacks ?? 0
      stepper.y.forEach((value, i) => {
        expect(Math.abs(value / plain.y[i]! - 1)).toBeLessThan(1e-9)
      })
    }
    expect(fallbacks).toBeLessThan(5)
  })
})

it('the slope of a power at 0 is that of the plain stepper', () => {
  for (const p of [0.5, 1, 1.5]) {
    const { stepper, plain } = stepperOf(`p = ${p}\nd/dt(a) = 5 - 40*a^p`, rodas5p, [0])
    const [ours, theirs] = [stepper, plain].map((one) => {
      const norm = one.attempt(0.01)
      one.accept()
      return [norm, ...one.y]
    })
    ours?.forEach((value, i) => {
      if (Number.isNaN(theirs![i]!)) expect(value).toBeNaN()
      else expect(Math.abs(value - theirs![i]!)).toBeLessThanOrEqual(1e-10 * Math.abs(theirs![i]!))
    })
  }
})

it('steppers of one kernel do not disturb each other', () => {
  const text = 'k = 0.4\nd/dt(a) = -k*a^1.5 + 1\nd/dt(b) = a - b\nd/dt(c) = b*a - c\na(0) = 1'
  const { compiled, tolerances } = stepperOf(text, rodas5p, [1, 0, 0])
  const walk = (k: number, steps: number) => {
    const instance = compiled.instantiate()
    instance.setParameters(Float64Array.of(k))
    const stepper = compiled.stepperFactory(rodas5p, instance, tolerances, null)
    const start = () => stepper.start(0, Float64Array.of(k, 0, 1), null)
    const step = (i: number) => {
      stepper.attempt(0.1 * (i + 1))
      stepper.accept()
    }
    const rows = new Float64Array(15)
    const result = () => {
      stepper.dense(rows, 0)
      return [...stepper.y, ...rows]
    }
    return { steps, start, step, result }
  }
  const alone = [0.4, 3].map((k) => {
    const one = walk(k, 5)
    one.start()
    for (let i = 0; i < one.steps; i++) one.step(i)
    return one.result()
  })
  const pair = [walk(0.4, 5), walk(3, 5)]
  for (const one of pair) one.start()
  for (let i = 0; i < 5; i++) for (const one of pair) one.step(i)
  expect(pair.map((one) => one.result())).toEqual(alone)
})

it('all states of a model whose number is odd are seen by the error norm', () => {
  const { stepper, plain } = stepperOf('d/dt(a) = 0\nd/dt(b) = 0\nd/dt(c) = -1000*c*c + t', tsit5, [1, 1, 1])
  expect(stepper.attempt(0.001) / plain.attempt(0.001)).toBeCloseTo(1, 9)
})
