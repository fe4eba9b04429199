import { libraryModels } from '@cartkin/cart-models'
import { type CompiledModel, compileModel } from '@cartkin/model'
import { dop853, integrate, type Method, rodas4, rodas5p, type StepperFactory, tsit5 } from 'ode-ts'
import { describe, expect, it } from 'vitest'
import { prepare } from '../../../benchmarks/problems/prepared.ts'
import { problemNamed } from '../../../benchmarks/problems/problems.ts'
import { modelOf } from '../compile-text.ts'

/** Ten days with 100 of everything that is not there given on day 1, and an infusion from then on: all numbers of a run. */
function course(
  compiled: CompiledModel,
  method: Method | 'auto',
  factory: StepperFactory,
  chosen: readonly number[],
  t1: number,
  rate: number,
): readonly number[] {
  const instance = compiled.instantiate()
  instance.beginSegment(-1)
  const tangents = chosen.length > 0 ? instance.sensitivities(chosen) : null
  const taus = new Float64Array(compiled.model.switches.length)
  instance.switchTimes(taus)
  const y0 = new Float64Array(instance.dimension)
  instance.initialState(y0)
  const s0 = new Float64Array(chosen.length * instance.dimension)
  tangents?.initialState(s0)
  const dose = {
    t: 1,
    apply: (_t: number, y: Float64Array) => {
      y.forEach((value, i) => void (value === 0 && y.fill(100, i, i + 1)))
      instance.rates[0] = rate
    },
  }
  const switches = [...taus].filter((t) => t > -1 && t < t1).map((t) => ({ t, apply: () => instance.beginSegment(t) }))
  const { outcome, trajectory, statistics } = integrate(
    {
      system: tangents ?? instance,
      t0: -1,
      y0,
      t1,
      events: [dose, ...switches].sort((a, b) => a.t - b.t),
      ...(tangents !== null && { sensitivities: s0 }),
    },
    method,
    { rtol: 1e-6, atol: 1e-8 },
    {},
    factory,
  )
  expect(outcome.status).toBe('finished')
  const y = new Float64Array(instance.dimension)
  const s = new Float64Array(s0.length)
  const rows = Array.from({ length: 50 }, (_, k) => {
    const t = -1 + ((t1 + 1) * (k + 1)) / 50
    trajectory.state(t, y)
    if (tangents !== null) trajectory.sensitivities(t, s)
    return [...y, ...s]
  })
  const counts = Object.values(statistics).filter((value) => typeof value === 'number')
  return [...trajectory.knots, ...counts, ...rows.flat()]
}

function expectSameBits(
  compiled: CompiledModel,
  method: Method | 'auto',
  chosen: readonly number[],
  t1 = 10,
  rate = 3,
) {
  const [tape, kernel] = [compiled.tapeStepperFactory, compiled.stepperFactory].map((factory) =>
    course(compiled, method, factory, chosen, t1, rate),
  )
  const different = tape!.filter((value, k) => !Object.is(value, kernel![k])).length
  expect(different).toBe(0)
}

const explicit = [tsit5, dop853]
/** Its antibodies are lost at 4.8e6 per day. */
const tooStiff = 'park-2025'
const stiff = [rodas4, rodas5p]
/** By every method: problem and end. */
const problems: readonly (readonly [string, number])[] = [
  ['P1', 20],
  ['P2', 20],
  ['LV', 5],
  ['BRUS', 5],
  ['HIRES', 2],
  ['PLEI', 1],
]
/** Too stiff for explicit methods; the matrix of the last is eliminated by loops. */
const stiffProblems: readonly (readonly [string, number])[] = [
  ['ROBER', 40],
  ['VDPOL', 3],
  ['POLLU', 10],
  ['OREGO', 10],
  ['NET300', 1],
]

describe('a run over tapes has the bits of the run by kernels', () => {
  describe.each(libraryModels.map(({ id, text }) => ({ id, text })))('of $id', ({ id, text }) => {
    const compiled = compileModel(modelOf(text))
    const methods = id === tooStiff ? stiff : [...explicit, ...stiff]
    it.each(methods)('by $name', (method) => expectSameBits(compiled, method, []))
    it.each(methods)('by $name with sensitivities', (method) => expectSameBits(compiled, method, [0, 1, 2]))
    it('by auto', () => expectSameBits(compiled, 'auto', []))
  })
  describe.each(problems)('of %s', (name, end) => {
    const { compiled } = prepare(problemNamed(name))
    it.each([...explicit, ...stiff])('by $name', (method) => expectSameBits(compiled, method, [], end, 0.5))
    it('by auto', () => expectSameBits(compiled, 'auto', [], end, 0.5))
  })
  describe.each(stiffProblems)('of %s', (name, end) => {
    const { compiled } = prepare(problemNamed(name))
    it.each(stiff)('by $name', (method) => expectSameBits(compiled, method, [], end, 1e-3))
    it('by auto', () => expectSameBits(compiled, 'auto', [], end, 1e-3))
  })
  it('where factors without pivoting are not to be trusted', () => {
    const unstable = `d/dt(x) = ${1 / (0.25 * rodas5p.gamma)}*x + 30*y\nd/dt(y) = 20*x - y\nx(0) = 1\ny(0) = 0.5`
    const compiled = compileModel(modelOf(unstable))
    const [tape, kernel] = [compiled.tapeStepperFactory, compiled.stepperFactory].map((factory) => {
      const system = compiled.instantiate()
      const stepper = factory(rodas5p, system, { rtol: 1, atol: Float64Array.of(1, 1) }, null)
      stepper.start(0, Float64Array.of(1, 0.5), null)
      const norms = [0.25, 0.3].map((end) => {
        const norm = stepper.attempt(end)
        stepper.accept()
        return norm
      })
      return { norms, y: [...stepper.y], fallbacks: stepper.pivotFallbacks }
    })
    expect(tape?.fallbacks).toBe(1)
    expect(kernel).toEqual(tape)
  })
})

describe('a run over tapes has the bits of the run by kernels where a state all but rests', () => {
  const compiled = compileModel(
    modelOf('k = 2.3\nin = 0.7\nd/dt(x) = in - k*x\nx(0) = in/k\nd/dt(z) = -0.01*z*z\nz(0) = 1\nd/dt(w) = x - k*w'),
  )
  describe.each([1e-6, 1e-8, 1e-10])('at %d', (rtol) => {
    it.each([...explicit, ...stiff, 'auto' as const])('by $name', (method) => {
      // Radau, which 'auto' takes without sensitivities, has its own arithmetic in kernels
      for (const chosen of method === 'auto' && rtol < 1e-6 ? [[0], [0, 1]] : [[], [0], [0, 1]]) {
        const [tape, kernel] = [compiled.tapeStepperFactory, compiled.stepperFactory].map((factory) => {
          const instance = compiled.instantiate()
          instance.beginSegment(0)
          const tangents = chosen.length > 0 ? instance.sensitivities(chosen) : null
          const y0 = new Float64Array(3)
          instance.initialState(y0)
          const s0 = new Float64Array(3 * chosen.length)
          const { outcome, trajectory, statistics } = integrate(
            {
              system: tangents ?? instance,
              t0: 0,
              y0,
              t1: 100,
              events: [{ t: 60, apply: (_t, y) => y.fill(1, 1, 2) }],
              ...(tangents !== null && { sensitivities: s0 }),
            },
            method,
            { rtol, atol: rtol * 1e-3 },
            {},
            factory,
          )
          const y = new Float64Array(3)
          const rows = Array.from({ length: 100 }, (_, i) => {
            trajectory.state(i + 0.3, y)
            if (tangents !== null) trajectory.sensitivities(i + 0.3, s0)
            return [...y, ...s0]
          })
          return { outcome, statistics, knots: [...trajectory.knots], rows }
        })
        expect(kernel).toEqual(tape)
        expect(kernel?.outcome.status).toBe('finished')
      }
    })
  })
})
