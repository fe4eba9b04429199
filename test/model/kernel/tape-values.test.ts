import { libraryModels } from '@cartkin/cart-models'
import { type CompiledModel, compileModel, type ModelInstance } from '@cartkin/model'
import fc from 'fast-check'
import { dop853, type Method, rodas5p, type StepperFactory, tsit5 } from 'ode-ts'
import { describe, expect, it } from 'vitest'
import { modelOf } from '../compile-text.ts'
import { modelText, randomModel, randomPoint } from '../dual/random-model.ts'

/** Where a model is evaluated. */
interface Place {
  readonly t: number
  readonly y: Float64Array
  readonly rate: number
}

function instanceAt(compiled: CompiledModel, { t, rate }: Place): ModelInstance {
  const instance = compiled.instantiate()
  instance.beginSegment(t)
  if (instance.dimension > 0) instance.rates[0] = rate
  return instance
}

/** f, and all that a step computes: its norm, its end, its continuous extension, and the same of the sensitivities. */
function step(
  compiled: CompiledModel,
  factory: StepperFactory,
  method: Method,
  place: Place,
  h: number,
  chosen: readonly number[],
): readonly number[] {
  const instance = instanceAt(compiled, place)
  const system = chosen.length > 0 ? instance.sensitivities(chosen) : null
  const n = instance.dimension
  const stepper = factory(method, system ?? instance, { rtol: 1e-3, atol: new Float64Array(n).fill(100) }, system)
  const slope = new Float64Array(n)
  if (stepper.derivative === undefined) instance.derivative(place.t, place.y, slope)
  else stepper.derivative(place.t, place.y, slope)
  const s0 = Float64Array.from({ length: n * chosen.length }, (_, k) => 0.3 + ((k * 7) % 5) / 4)
  stepper.start(place.t, place.y, system === null ? null : s0)
  const norm = stepper.attempt(place.t + h)
  if (!(norm <= 1)) return [...slope, norm]
  stepper.accept()
  const width = n * (1 + chosen.length)
  const rows = new Float64Array((2 + stepper.denseRows) * width)
  stepper.dense(rows, 0)
  return [...slope, norm, ...stepper.y, ...(stepper.s ?? []), ...rows]
}

/** The same in one of two lanes, beside another place. */
function stepInLane(
  compiled: CompiledModel,
  method: Method,
  places: readonly [Place, Place],
  h: number,
): readonly number[] {
  const [one, other] = places.map((place) => instanceAt(compiled, place)) as [ModelInstance, ModelInstance]
  const n = one.dimension
  const stepper = compiled.laneStepperFactory(method, one, { rtol: 1e-3, atol: new Float64Array(n).fill(100) }, null)
  stepper.assign(0, one, null)
  stepper.assign(1, other, null)
  places.forEach(({ t, y }, k) => {
    stepper.lanes[k === 0 ? 0 : 1].start(t, y, null)
  })
  stepper.attempt(places[0].t + h, places[1].t + 2 * h)
  const norm = stepper.norms[0]!
  if (!(norm <= 1)) return [norm]
  stepper.accept(3)
  const rows = new Float64Array((2 + stepper.lanes[0].denseRows) * n)
  stepper.lanes[0].dense(rows, 0)
  return [norm, ...stepper.lanes[0].y, ...rows]
}

const methods = [tsit5, dop853, rodas5p]

function expectSameBits(compiled: CompiledModel, place: Place, h: number): void {
  const chosen = [0, 1].slice(0, compiled.model.parameters.length)
  for (const method of methods) {
    for (const parameters of [[], chosen]) {
      const tape = step(compiled, compiled.tapeStepperFactory, method, place, h, parameters)
      const kernel = step(compiled, compiled.stepperFactory, method, place, h, parameters)
      const at = tape.findIndex((value, k) => !Object.is(value, kernel[k]))
      expect(at, `${method.name}: ${tape[at]} by the tape, ${kernel[at]} by the kernel`).toBe(-1)
    }
    const other = { ...place, y: place.y.map((value) => 1.5 * value + 0.1) }
    const tape = step(compiled, compiled.tapeStepperFactory, method, place, h, []).slice(place.y.length)
    const lane = stepInLane(compiled, method, [place, other], h)
    const at = tape.findIndex((value, k) => !Object.is(value, lane[k]))
    expect(at, `${method.name}: ${tape[at]} by the tape, ${lane[at]} in a lane`).toBe(-1)
  }
}

/** Outputs of one row by the tape, and as one of so many that a kernel is made. */
function expectSameOutputs(compiled: CompiledModel, { t, y, rate }: Place): void {
  const instance = instanceAt(compiled, { t, y, rate })
  const width = compiled.model.outputs.length
  const [n, rows] = [instance.dimension, 700]
  const own = new Float64Array(width)
  instance.outputs(t, y, own)
  const states = new Float64Array(rows * n)
  for (let k = 0; k < rows; k++) states.set(y, k * n)
  const all = new Float64Array(rows * width)
  instance.outputRows(rows, new Float64Array(rows).fill(t), states, all)
  const at = own.findIndex((value, k) => !Object.is(value, all[k]))
  expect(at, `output ${at}: ${own[at]} by the tape, ${all[at]} by the kernel`).toBe(-1)
}

const oddities = fc.constantFrom(0, -0, 1, -1, 1e-300, 1e300, -7, Number.NaN, Number.POSITIVE_INFINITY)

describe('tapes and kernels compute the same bits', () => {
  it('of random models: f, ∂f/∂y, ∂f/∂t, second derivatives and outputs, by steps that need them', () => {
    fc.assert(
      fc.property(randomModel, randomPoint, fc.double({ min: -2, max: 3, noNaN: true }), (model, point, rate) => {
        const compiled = compileModel(modelOf(modelText(model, point.p.slice(0, model.parameters.length))))
        const place = { t: point.t, y: Float64Array.from(point.y.slice(0, model.states.length)), rate }
        expectSameBits(compiled, place, 0.01)
        expectSameOutputs(compiled, place)
      }),
      { numRuns: 30 },
    )
  })

  it('at states that are 0, of any size, infinite or no numbers', () => {
    fc.assert(
      fc.property(randomModel, randomPoint, fc.array(oddities, { minLength: 3, maxLength: 3 }), (model, point, odd) => {
        const compiled = compileModel(modelOf(modelText(model, point.p.slice(0, model.parameters.length))))
        const place = { t: point.t, y: Float64Array.from(odd.slice(0, model.states.length)), rate: 0 }
        expectSameBits(compiled, place, 0.01)
        expectSameOutputs(compiled, place)
      }),
      { numRuns: 30 },
    )
  })

  it('where f has steps in time, and ∂f/∂t is 0', () => {
    const texts = ['ifelse(2*x < t, 1, 2)*x', 'floor(t) - x', '(x > t)*p']
    for (const f of texts) {
      const compiled = compileModel(modelOf(`p = 3\nd/dt(x) = ${f}\nd/dt(y) = x - y`))
      for (const t of [0.5, 1.5]) expectSameBits(compiled, { t, y: Float64Array.of(0.6, 1), rate: 0 }, 0.01)
    }
  })

  it.each(libraryModels.map(({ id, text }) => ({ id, text })))('of $id', ({ text }) => {
    const compiled = compileModel(modelOf(text))
    const n = compiled.model.states.length
    for (const t of [0, 3, 40]) {
      const place = { t, y: Float64Array.from({ length: n }, (_, i) => 10 ** ((i * 5) % 7) / 3), rate: 2.5 }
      expectSameBits(compiled, place, 1e-3)
      expectSameOutputs(compiled, place)
    }
  })
})
