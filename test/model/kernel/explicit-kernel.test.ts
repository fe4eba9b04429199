import { compileModel } from '@cartkin/model'
import { createStepper, dop853, evaluateDense, integrateOnGrid, type Stepper, type StepperFactory, tsit5 } from 'ode-ts'
import { describe, expect, it } from 'vitest'
import { modelOf } from '../compile-text.ts'

/** x = cos t, v = −sin t, z = exp(sin t). */
const text = `
  d/dt(x) = v
  d/dt(v) = -x
  d/dt(z) = z*cos(t)
  x(0) = 1
  z(0) = 1`

const compiled = compileModel(modelOf(text))
const n = 3

function exact(t: number): readonly number[] {
  return [Math.cos(t), -Math.sin(t), Math.exp(Math.sin(t))]
}

function distance(y: Float64Array, t: number): number {
  return Math.max(...exact(t).map((value, i) => Math.abs(value - y[i]!)))
}

/** A stepper that stands at `t` on the solution. */
function started(method: typeof dop853, t: number, factory: StepperFactory = compiled.stepperFactory): Stepper {
  const stepper = factory(method, compiled.instantiate(), { rtol: 1, atol: new Float64Array(n).fill(1) }, null)
  stepper.start(t, Float64Array.from(exact(t)), null)
  return stepper
}

/** Error at t = 2 after `count` equal steps. */
function globalError(method: typeof dop853, count: number): number {
  const stepper = started(method, 0)
  for (let k = 1; k <= count; k++) {
    expect(stepper.attempt((2 * k) / count)).toBeLessThanOrEqual(1)
    stepper.accept()
  }
  return distance(stepper.y, 2)
}

/** Largest error of the continuous extension within the third step of length h. */
function denseError(method: typeof dop853, h: number): number {
  const stepper = started(method, 0.4 - 2 * h)
  for (let k = 1; k >= -1; k--) {
    stepper.attempt(0.4 - k * h)
    stepper.accept()
  }
  const rows = denseOf(stepper)
  const y = new Float64Array(n)
  const errors = [0.15, 0.4, 0.6, 0.85].map((theta) => {
    evaluateDense(rows, 0, n, stepper.denseRows, theta, 0, n, y)
    return distance(y, 0.4 + theta * h)
  })
  return Math.max(...errors)
}

function denseOf(stepper: Stepper): Float64Array {
  const rows = new Float64Array((2 + stepper.denseRows) * n)
  stepper.dense(rows, 0)
  return rows
}

describe.each([
  { method: tsit5, counts: [16, 32], lengths: [0.2, 0.1] },
  { method: dop853, counts: [3, 6], lengths: [0.4, 0.2] },
] as const)('the kernel of $method.name', ({ method, counts, lengths }) => {
  it('converges with the order of the method', () => {
    const order = Math.log2(globalError(method, counts[0]) / globalError(method, counts[1]))
    expect(Math.abs(order - method.order)).toBeLessThan(0.7)
  })

  it('gives dense output of its order', () => {
    const order = Math.log2(denseError(method, lengths[0]) / denseError(method, lengths[1]))
    expect(order).toBeGreaterThan(method.denseOrder + 0.3)
  })

  it('has the error norm and the continuous extension of the plain stepper', () => {
    const kernel = started(method, 0.1)
    const plain = started(method, 0.1, createStepper)
    for (const end of [0.7, 1.6]) {
      const norm = plain.attempt(end)
      expect(Math.abs(kernel.attempt(end) / norm - 1)).toBeLessThan(1e-6)
      kernel.accept()
      plain.accept()
      const expected = denseOf(plain)
      denseOf(kernel).forEach((value, i) => {
        expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-13 * (1 + Math.abs(expected[i]!)))
      })
    }
  })

  it('does the work of the plain stepper, for a grid that few steps meet', () => {
    const [plain, kernel] = [createStepper, compiled.stepperFactory].map((factory) => {
      const system = compiled.instantiate()
      const y0 = Float64Array.from(exact(0))
      const output = { times: Float64Array.of(3, 3.01, 20), receive: () => {} }
      const control = { rtol: 1e-7, atol: 1e-9 }
      return integrateOnGrid({ system, t0: 0, y0, t1: 30 }, output, method, control, {}, factory).statistics
    })
    expect(kernel).toEqual(plain)
  })
})

it('a state that underflows leaves the error of two parts finite', () => {
  const decay = compileModel(modelOf('d/dt(x) = -x\nx(0) = 1e-170'))
  for (const factory of [createStepper, decay.stepperFactory]) {
    const stepper = factory(dop853, decay.instantiate(), { rtol: 0, atol: Float64Array.of(1) }, null)
    stepper.start(0, Float64Array.of(1e-170), null)
    expect(stepper.attempt(0.5)).toBeLessThanOrEqual(1)
  }
})
