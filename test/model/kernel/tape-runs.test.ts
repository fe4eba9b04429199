import { libraryModels } from '@cartkin/cart-models'
import { type CompiledModel, compileModel } from '@cartkin/model'
import { dop853, integrate, type Method, type StepperFactory, tsit5 } from 'ode-ts'
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

const methods = [tsit5, dop853]
/** Problem and end. */
const problems: readonly (readonly [string, number])[] = [
  ['P1', 20],
  ['P2', 20],
  ['LV', 5],
  ['BRUS', 5],
  ['HIRES', 2],
  ['PLEI', 1],
]

describe('a run over tapes has the bits of the run by kernels', () => {
  describe.each(libraryModels.map(({ id, text }) => ({ id, text })))('of $id', ({ text }) => {
    const compiled = compileModel(modelOf(text))
    it.each(methods)('by $name', (method) => expectSameBits(compiled, method, []))
    it.each(methods)('by $name with sensitivities', (method) => expectSameBits(compiled, method, [0, 1, 2]))
  })
  describe.each(problems)('of %s', (name, end) => {
    const { compiled } = prepare(problemNamed(name))
    it.each(methods)('by $name', (method) => expectSameBits(compiled, method, [], end, 0.5))
  })
})
