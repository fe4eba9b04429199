import { type CompiledModel, compileModel } from '@cartkin/model'
import { createStepper, dop853, evaluateDense, integrateOnGrid, type Stepper, type Tableau, tsit5 } from 'ode-ts'
import { describe, expect, it } from 'vitest'
import { modelOf } from '../compile-text.ts'

/** x = cos t, v = −sin t, z = exp(sin t). */
const text = `
  d/dt(x) = v
  d/dt(v) = -x
  d/dt(z) = z*cos(t)
  x(0) = 1
  z(0) = 1`

/** The same beside so many states that no step is straight-line code. */
const largeText = [text, ...Array.from({ length: 80 }, (_, i) => `d/dt(w${i}) = -w${i}`)].join('\n')

function exact(t: number): readonly number[] {
  return [Math.cos(t), -Math.sin(t), Math.exp(Math.sin(t))]
}

function stateAt(t: number, n: number): Float64Array {
  const y = new Float64Array(n)
  y.set(exact(t))
  return y
}

function distance(y: Float64Array, t: number): number {
  return Math.max(...exact(t).map((value, i) => Math.abs(value - y[i]!)))
}

/** A stepper that stands at `t` on the solution. */
function started(compiled: CompiledModel, method: Tableau, t: number, factory = compiled.stepperFactory): Stepper {
  const system = compiled.instantiate()
  const atol = new Float64Array(system.dimension).fill(1)
  const stepper = factory(method, system, { rtol: 1, atol }, null)
  stepper.start(t, stateAt(t, system.dimension), null)
  return stepper
}

/** Error at t = 2 after `count` equal steps. */
function globalError(compiled: CompiledModel, method: Tableau, count: number): number {
  const stepper = started(compiled, method, 0)
  for (let k = 1; k <= count; k++) {
    expect(stepper.attempt((2 * k) / count)).toBeLessThanOrEqual(1)
    stepper.accept()
  }
  return distance(stepper.y, 2)
}

/** Largest error of the continuous extension within the third step of length h. */
function denseError(compiled: CompiledModel, method: Tableau, h: number): number {
  const stepper = started(compiled, method, 0.4 - 2 * h)
  for (let k = 1; k >= -1; k--) {
    stepper.attempt(0.4 - k * h)
    stepper.accept()
  }
  const rows = denseOf(stepper)
  const n = stepper.dimension
  const y = new Float64Array(n)
  const errors = [0.15, 0.4, 0.6, 0.85].map((theta) => {
    evaluateDense(rows, 0, n, stepper.denseRows, theta, 0, n, y)
    return distance(y, 0.4 + theta * h)
  })
  return Math.max(...errors)
}

function denseOf(stepper: Stepper): Float64Array {
  const rows = new Float64Array((2 + stepper.denseRows) * stepper.dimension)
  stepper.dense(rows, 0)
  return rows
}

const small = compileModel(modelOf(text))
const large = compileModel(modelOf(largeText))
const kernels = (
  [
    { method: tsit5, counts: [16, 32], lengths: [0.2, 0.1] },
    { method: dop853, counts: [3, 6], lengths: [0.4, 0.2] },
  ] as const
).flatMap((one) => [
  { ...one, size: 'a small', compiled: small },
  { ...one, size: 'a large', compiled: large },
])

describe.each(kernels)('the kernel of $method.name for $size model', ({ method, compiled, counts, lengths }) => {
  it('converges with the order of the method', () => {
    const order = Math.log2(globalError(compiled, method, counts[0]) / globalError(compiled, method, counts[1]))
    expect(Math.abs(order - method.order)).toBeLessThan(0.7)
  })

  it('gives dense output of its order', () => {
    const order = Math.log2(denseError(compiled, method, lengths[0]) / denseError(compiled, method, lengths[1]))
    expect(order).toBeGreaterThan(method.denseOrder + 0.3)
  })

  it('has the error norm and the continuous extension of the plain stepper', () => {
    const kernel = started(compiled, method, 0.1)
    const plain = started(compiled, method, 0.1, createStepper)
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
      const y0 = stateAt(0, system.dimension)
      const output = { times: Float64Array.of(3, 3.01, 20), receive: () => {} }
      const control = { rtol: 1e-7, atol: 1e-9 }
      return integrateOnGrid({ system, t0: 0, y0, t1: 30 }, output, method, control, {}, factory).statistics
    })
    expect(kernel).toEqual(plain)
  })
})

it('two lanes have the bits of one, in straight-line code or not', () => {
  for (const { method, compiled } of kernels) {
    const alone = [0.1, 0.6].map((t) => started(compiled, method, t))
    const system = compiled.instantiate()
    const atol = new Float64Array(system.dimension).fill(1)
    const together = compiled.laneStepperFactory(method, system, { rtol: 1, atol }, null)
    together.assign(0, system, null)
    together.assign(1, compiled.instantiate(), null)
    together.lanes[0].start(0.1, stateAt(0.1, system.dimension), null)
    together.lanes[1].start(0.6, stateAt(0.6, system.dimension), null)
    for (const length of [0.3, 0.5]) {
      together.attempt(together.lanes[0].t + length, together.lanes[1].t + 2 * length)
      together.accept(3)
      alone.forEach((stepper, i) => {
        const norm = stepper.attempt(stepper.t + (i + 1) * length)
        stepper.accept()
        expect(together.norms[i]).toBe(norm)
        const rows = new Float64Array((2 + stepper.denseRows) * system.dimension)
        together.lanes[i]!.dense(rows, 0)
        expect(rows).toEqual(denseOf(stepper))
      })
    }
  }
})

it('a state that underflows leaves the error of two parts finite', () => {
  const decay = compileModel(modelOf('d/dt(x) = -x\nx(0) = 1e-170'))
  for (const factory of [createStepper, decay.stepperFactory]) {
    const stepper = factory(dop853, decay.instantiate(), { rtol: 0, atol: Float64Array.of(1) }, null)
    stepper.start(0, Float64Array.of(1e-170), null)
    expect(stepper.attempt(0.5)).toBeLessThanOrEqual(1)
  }
})
