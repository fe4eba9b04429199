import { type CompiledModel, compileModel } from '@cartkin/model'
import fc from 'fast-check'
import { integrate, integrateEnsemble, integrateOnGrid, methods, type Problem, type StepControl } from 'ode-ts'
import { describe, expect, it } from 'vitest'
import { modelOf } from '../compile-text.ts'

const predators = `
  a = 1.5
  b = 3
  d/dt(x) = a*x - x*y
  d/dt(y) = x*y - b*y
  x(0) = 1
  y(0) = 1`

const stiff = `
  mu = 30
  f = 0.4
  d/dt(x) = v
  d/dt(v) = mu*(1 - x*x)*v - x + exp(-t)*f
  d/dt(z) = x*x - z
  x(0) = 2`

/** Its pivot vanishes at the start, so that the plain stepper has to help. */
const pivotless = `
  k = 1
  d/dt(a) = k*1e9*a - 1e9*b
  d/dt(b) = 1e9*a - k*1e9*b
  d/dt(c) = a - c
  a(0) = 1
  b(0) = 1`

const explosive = `
  r = 1
  d/dt(x) = r*x*x
  x(0) = 1`

const compiled = {
  predators: compileModel(modelOf(predators)),
  stiff: compileModel(modelOf(stiff)),
  pivotless: compileModel(modelOf(pivotless)),
  explosive: compileModel(modelOf(explosive)),
}
const names = Object.keys(compiled) as (keyof typeof compiled)[]
const marching = [...methods.filter(({ kind }) => kind !== 'collocation'), 'auto' as const]

function problemOf(model: CompiledModel, parameter: number, dose: number): Problem {
  const system = model.instantiate()
  const parameters = Float64Array.from(model.model.parameters, ({ value }) => value ?? 0)
  parameters[0] = parameters[0]! * parameter
  system.setParameters(parameters)
  system.beginSegment(0)
  const y0 = new Float64Array(system.dimension)
  system.initialState(y0)
  const apply = (_t: number, y: Float64Array) => {
    y[0] = y[0]! + 0.25
  }
  return { system, t0: 0, y0, t1: 10, events: [{ t: dose, apply }] }
}

/** Has every step looked at, so that nobody marches. */
const watched = { conditions: [{ value: () => 1 }] }

/** What a run gives on a grid, and how it ended. */
function courseOf(
  model: CompiledModel,
  problem: Problem,
  times: Float64Array,
  method: (typeof marching)[number],
  control: StepControl,
  stopping: object,
) {
  const states: number[] = []
  const receive = (index: number, y: Float64Array) => {
    expect(index * y.length).toBe(states.length)
    states.push(...y)
  }
  const { outcome, statistics } = integrateOnGrid(
    problem,
    { times, receive },
    method,
    control,
    stopping,
    model.stepperFactory,
  )
  return { states, outcome, statistics }
}

const grid = (count: number) => Float64Array.from({ length: count }, (_, k) => (10 * k) / (count - 1))

describe('a march', () => {
  it.each(marching.map((method) => [typeof method === 'string' ? method : method.name, method] as const))(
    'of %s has the bits, the work and the end of a run whose every step is looked at',
    (_, method) => {
      fc.assert(
        fc.property(
          fc.constantFrom(...names),
          fc.double({ min: 0.5, max: 2, noNaN: true }),
          fc.double({ min: 0.1, max: 9.9, noNaN: true }),
          fc.double({ min: 2, max: 9, noNaN: true }),
          fc.constantFrom(Number.POSITIVE_INFINITY, 0.37),
          fc.constantFrom(3, 40, 100_000),
          fc.constantFrom(2, 11, 400),
          (name, parameter, dose, digits, maxStep, maxSteps, count) => {
            const model = compiled[name]
            // powers of two stand for those of ten: the test knows no other exact way
            const rtol = 0.5 ** Math.round(3.3 * digits)
            const control = { rtol, atol: 1e-3 * rtol, maxStep, maxSteps }
            const run = (stopping: object) =>
              courseOf(model, problemOf(model, parameter, dose), grid(count), method, control, stopping)
            const alone = run({})
            const lookedAt = run(watched)
            expect(alone.states).toEqual(lookedAt.states)
            expect(alone.outcome).toEqual(lookedAt.outcome)
            expect(alone.statistics.steps).toBe(lookedAt.statistics.steps)
            expect(alone.statistics.rejected).toBe(lookedAt.statistics.rejected)
            expect(alone.statistics.jacobianEvaluations).toBe(lookedAt.statistics.jacobianEvaluations)
            expect(alone.statistics.decompositions).toBe(lookedAt.statistics.decompositions)
          },
        ),
        { numRuns: 60 },
      )
    },
  )

  it.each(marching.map((method) => [typeof method === 'string' ? method : method.name, method] as const))(
    'of %s records the trajectory that a run records whose every step is looked at',
    (_, method) => {
      for (const name of names) {
        const model = compiled[name]
        const run = (stopping: object) =>
          integrate(problemOf(model, 1, 3), method, { rtol: 1e-8, atol: 1e-11 }, stopping, model.stepperFactory)
        const marched = run({}).trajectory
        const lookedAt = run(watched).trajectory
        expect(marched.knots).toEqual(lookedAt.knots)
        expect(marched.eventTimes).toEqual(lookedAt.eventTimes)
        const [a, b] = [new Float64Array(model.model.states.length), new Float64Array(model.model.states.length)]
        for (let k = 0; k <= 50; k++) {
          const t = marched.start + (k / 50) * (marched.end - marched.start)
          marched.state(t, a)
          lookedAt.state(t, b)
          expect(a).toEqual(b)
        }
      }
    },
  )

  it('hands on more samples than there is room for at once, also of one step and at repeated times', () => {
    const model = compiled.predators
    const dense = Float64Array.from({ length: 4001 }, (_, k) => 1e-6 * (k >> 1))
    const times = Float64Array.of(...dense, ...Array.from({ length: 300 }, () => 5), 10)
    for (const method of marching) {
      const control = { rtol: 1e-4, atol: 1e-7 }
      const marched = courseOf(model, problemOf(model, 1, 3), times, method, control, {})
      const lookedAt = courseOf(model, problemOf(model, 1, 3), times, method, control, watched)
      expect(marched.states.length).toBe(times.length * 2)
      expect(marched.states).toEqual(lookedAt.states)
    }
  })

  it('costs no steps for an output grid, and no right-hand sides but those of the continuous extension', () => {
    const model = compiled.predators
    for (const method of marching) {
      const run = (count: number) =>
        courseOf(model, problemOf(model, 1, 3), grid(count), method, { rtol: 1e-6 }, {}).statistics
      expect(run(2000).steps).toBe(run(2).steps)
      expect(run(2000).rejected).toBe(run(2).rejected)
    }
  })

  it('hands samples on in blocks where that is wanted, the same ones', () => {
    const model = compiled.stiff
    const times = grid(1000)
    const n = model.model.states.length
    const blocks = new Float64Array(times.length * n)
    let largest = 0
    const receive = (index: number, y: Float64Array) => blocks.set(y, index * n)
    const receiveStates = (index: number, count: number, states: Float64Array, offset: number) => {
      largest = Math.max(largest, count)
      blocks.set(states.subarray(offset, offset + count * n), index * n)
    }
    const output = { times, receive, receiveStates }
    integrateOnGrid(problemOf(model, 1, 3), output, methods[3]!, {}, {}, model.stepperFactory)
    const { states } = courseOf(model, problemOf(model, 1, 3), times, methods[3]!, {}, {})
    expect(largest).toBeGreaterThan(1)
    expect([...blocks]).toEqual(states)
  })

  it('is not held back where all is far below the tolerance and says nothing about stiffness', () => {
    const decay = compileModel(modelOf('d/dt(x) = -x\n d/dt(y) = x - y'))
    const apply = (_t: number, y: Float64Array) => {
      y[0] = 1e-170
    }
    const problem = { system: decay.instantiate(), t0: 0, y0: new Float64Array(2), t1: 24, events: [{ t: 0, apply }] }
    for (const stopping of [{}, watched]) {
      const { outcome, statistics } = integrate(problem, 'auto', { rtol: 1e-9 }, stopping, decay.stepperFactory)
      expect(outcome.status).toBe('finished')
      expect(statistics.steps).toBeLessThan(20)
    }
    expect(integrate(problem, 'auto', { rtol: 1e-9 }).statistics.steps).toBeLessThan(20)
  })

  it('asks whether to stop after every accepted step', () => {
    const model = compiled.stiff
    for (const method of marching) {
      let asked = 0
      const { statistics, outcome } = integrate(
        problemOf(model, 1, 9.9),
        method,
        {},
        { shouldStop: () => ++asked === 7 },
        model.stepperFactory,
      )
      expect(outcome.status).toBe('stopped')
      expect(statistics.steps).toBe(7)
    }
  })

  it('asks now and then where that is wanted', () => {
    const model = compiled.stiff
    for (const method of marching) {
      let asked = 0
      const stopping = { shouldStop: () => ++asked === 3, askEvery: 6 }
      const { statistics } = integrate(problemOf(model, 1, 9.9), method, {}, stopping, model.stepperFactory)
      expect(statistics.steps).toBe(18)
    }
  })

  it('looks at the clock every eighth attempt', () => {
    const model = compiled.stiff
    let now = 0
    const { outcome, statistics } = integrate(
      problemOf(model, 1, 9.9),
      methods[3]!,
      {},
      { deadline: { milliseconds: 3, clock: () => now++ } },
      model.stepperFactory,
    )
    expect(outcome).toMatchObject({ status: 'failed', reason: 'deadline' })
    expect(statistics.steps + statistics.rejected).toBe(24)
  })

  it('of two lanes goes on in one when what receives the other throws, or has to look at every step', () => {
    const model = compiled.predators
    const times = grid(60)
    for (const method of marching) {
      const alone = courseOf(model, problemOf(model, 1, 3), times, method, {}, {}).states
      const results: (number[] | unknown)[] = []
      const good = (index: number) => {
        const states: number[] = []
        results[index] = states
        return { times, receive: (_: number, y: Float64Array) => states.push(...y) }
      }
      const thrower = {
        times,
        receive: (index: number) => {
          if (index === 20) throw new RangeError('no room')
        },
      }
      const subjects = [
        { problem: problemOf(model, 1, 3), output: good(0) },
        { problem: problemOf(model, 1.1, 2), output: thrower },
        { problem: problemOf(model, 1, 3), output: good(2), stopping: watched },
        { problem: problemOf(model, 1, 3), output: good(3) },
      ]
      const ended: unknown[] = []
      integrateEnsemble(
        subjects,
        method,
        {},
        (index, result) => {
          ended[index] = result.status === 'refused' ? result.error : result.outcome.status
        },
        model.laneStepperFactory,
      )
      expect(ended).toEqual(['finished', new RangeError('no room'), 'finished', 'finished'])
      for (const index of [0, 2, 3]) expect(results[index]).toEqual(alone)
    }
  })
})
