import { createStepper, integrate, type Method, methods } from 'ode-ts'
import { describe, expect, it } from 'vitest'
import { prepare } from '../../../benchmarks/problems/prepared.ts'
import { problemNamed } from '../../../benchmarks/problems/problems.ts'
import { type DualState, dualStep } from './dual-steps.ts'

/** Problem, parameters, end, and whether it is stiff. */
const cases: readonly (readonly [string, readonly string[], number, boolean])[] = [
  ['P5', ['rho', 'kon'], 7, true],
  ['ROBER', ['k1', 'k2', 'k3'], 1e4, true],
  ['P2', ['rho', 'kk', 'KE', 'dM'], 120, false],
  ['LV', ['a', 'b', 'c', 'd'], 10, false],
]

const rows = cases.flatMap(([name, parameters, end, isStiff]) =>
  methods
    .filter(({ kind }) => kind === 'rosenbrock' || (kind === 'explicit' && !isStiff))
    .flatMap((method) => [
      [name, method.name, 'kernel', method, parameters, end] as const,
      [name, method.name, 'plain', method, parameters, end] as const,
    ]),
)

/** Errors in units of the weights |y| + floor + |p s|, over all steps, states and parameters. */
function worstError(name: string, method: Method, isKernel: boolean, chosen: readonly string[], t1: number): number {
  if (method.kind === 'collocation') throw new Error(`${method.name} carries no sensitivities`)
  const prepared = prepare({ ...problemNamed(name), sensitivities: chosen })
  const { compiled, model, problem, sensitivities } = prepared
  const parameters = prepared.subjects[0]!
  const instance = compiled.instantiate()
  instance.setParameters(parameters)
  instance.beginSegment(0)
  const system = instance.sensitivities(sensitivities)
  const n = instance.dimension
  const y0 = new Float64Array(n)
  const s0 = new Float64Array(n * sensitivities.length)
  instance.initialState(y0)
  system.initialState(s0)
  const ratesFrom = new Map([[0, instance.rates.slice()]])
  const events = (problem.doses ?? [])
    .flatMap(({ time, cmt, amt = 0, duration = 0 }) => {
      const state = model.states.findIndex((one) => one.name === cmt)
      return [1, -1].map((sign) => ({
        t: sign === 1 ? time : time + duration,
        apply: (t: number) => {
          instance.rates[state] = instance.rates[state]! + (sign * amt) / duration
          ratesFrom.set(t, instance.rates.slice())
        },
      }))
    })
    .filter(({ t }) => t <= t1)
  const { outcome, trajectory } = integrate(
    { system, t0: 0, y0, t1, sensitivities: s0, events },
    method,
    { rtol: 1e-6, atol: Float64Array.from(problem.floor, (floor) => 1e-6 * floor) },
    {},
    isKernel ? compiled.stepperFactory : createStepper,
  )
  expect(outcome.status).toBe('finished')
  const { knots } = trajectory
  const carried = new Float64Array(s0.length)
  let worst = 0
  sensitivities.forEach((parameter, j) => {
    const size = Math.abs(parameters[parameter]!)
    let state: DualState = { y: [...y0], s: [...s0.subarray(j * n, (j + 1) * n)] }
    let rates = ratesFrom.get(0)!
    for (let k = 0; k + 1 < knots.length; k++) {
      const [t, end] = [knots[k]!, knots[k + 1]!]
      rates = ratesFrom.get(t) ?? rates
      state = dualStep(method, model, parameters, parameter, rates, t, end - t, state)
      trajectory.sensitivities(end, carried, 'before')
      for (let i = 0; i < n; i++) {
        const expected = state.s[i]!
        const weight = Math.abs(state.y[i]!) + problem.floor[i]! + size * Math.abs(expected)
        const error = (size * Math.abs(carried[j * n + i]! - expected)) / weight
        if (!(error <= worst)) worst = error
      }
    }
  })
  return worst
}

describe('with the accepted steps held fixed, sensitivities are those of dual numbers through the same steps', () => {
  it.each(rows)('%s by %s, %s', (name, _method, form, method, parameters, end) => {
    expect(worstError(name, method, form === 'kernel', parameters, end)).toBeLessThan(1e-12)
  })
})
