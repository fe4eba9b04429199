import { fit, objectiveAt } from '@cartkin/fitting'
import { exp, log } from '@cartkin/numerics'
import { parameterVector, simulateSubject } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { estimate, modelOf, problemOf, subject } from './fixtures.ts'

/**
 * Stein 2019 in the form of differential equations, with the lag that Ogasawara 2021 puts before the expansion: both
 * times are parameters, and conditions in them are time events.
 */
const model = modelOf(`
foldx = 3900; Tmax = 9.3; Cmax = 24000; alpha = 0.16; FB = 0.0079; beta = 0.0032; tlag = 3.27
rho <- log(foldx)/(Tmax - tlag)
if (t < tlag) {
  growth <- 0
} else if (t < Tmax) {
  growth <- rho
} else {
  growth <- -alpha
}
k <- ifelse(t < Tmax, 0, FB*(alpha - beta))
d/dt(E) = growth*E
d/dt(M) = k*E - beta*M
E(0) = Cmax/foldx
y = E + M
`)
const truth = { Tmax: 9.3, tlag: 3.27 }
const solver = { rtol: 1e-11, atol: 1e-12 }
/** Days on both sides of both times, close to them and far. */
const times = [1, 3.2, 3.269, 3.271, 3.4, 5, 7, 9.2, 9.299, 9.301, 9.4, 12, 20, 28]

const course = (moved: Readonly<Record<string, number>>) => {
  const parameters = parameterVector(model.model, moved)
  const run = simulateSubject({ model, parameters, records: [], start: 0, end: 28, options: solver })
  const row = new Float64Array(model.model.states.length + model.model.outputs.length)
  return times.map((t) => {
    run.read(t, row)
    return row.at(-1) ?? Number.NaN
  })
}

const observed = course(truth).map((value, k) => ({ endpoint: 0, time: times[k] ?? 0, value, sd: 0.3 }))

const problem = problemOf({
  model,
  endpoints: [{ quantity: 'y', scale: 'log', error: { kind: 'given' } }],
  estimated: [estimate('Tmax', 11, 'linear', 5, 20), estimate('tlag', 2, 'linear', 0.1, 4.5)],
  subjects: [subject(observed)],
  solver,
})

describe('the times of Stein’s course', () => {
  // a time event lies between an observation and its neighbour, at one side or the other of it
  it.each([
    ['before and after their true values', { Tmax: 9.25, tlag: 3.25 }],
    ['after', { Tmax: 9.35, tlag: 3.3 }],
    ['the one before, the other after', { Tmax: 9.25, tlag: 3.3 }],
    ['among the next observations', { Tmax: 9.2995, tlag: 3.2705 }],
    ['far off', { Tmax: 13, tlag: 1.5 }],
  ])('have the gradient of central differences: %s', (_, at) => {
    const { gradient } = objectiveAt(problem, at)
    Object.keys(truth).forEach((name, j) => {
      const h = 1e-4
      const value = (by: number) =>
        objectiveAt(problem, { ...at, [name]: at[name as keyof typeof truth] + by }).objective
      // the event must not pass an observation between the four points
      const difference = (8 * (value(h) - value(-h)) - (value(2 * h) - value(-2 * h))) / (12 * h)
      const found = gradient[j] ?? Number.NaN
      expect(Math.abs(found - difference)).toBeLessThan(1e-6 * (1 + Math.abs(difference)))
    })
  })

  it.each([
    [11, 2],
    [7.5, 4],
  ])('are found again from %d and %d', async (Tmax, tlag) => {
    const result = await fit({
      ...problem,
      estimated: [estimate('Tmax', Tmax, 'linear', 5, 20), estimate('tlag', tlag, 'linear', 0.1, 4.5)],
    })
    expect(result.outcome.status).toBe('converged')
    expect(result.objective).toBeLessThan(1e-10)
    for (const { name, estimate: found } of result.estimates) {
      expect(found).toBeCloseTo(truth[name as keyof typeof truth], 6)
    }
  })

  it('agree with the closed form at every day', () => {
    const rho = log(3900) / (9.3 - 3.27)
    for (const [k, t] of times.entries()) {
      const expanding = (24000 / 3900) * exp(rho * Math.max(0, t - 3.27))
      const contracting = 24000 * ((1 - 0.0079) * exp(-0.16 * (t - 9.3)) + 0.0079 * exp(-0.0032 * (t - 9.3)))
      expect((observed[k]?.value ?? 0) / (t < 9.3 ? expanding : contracting)).toBeCloseTo(1, 8)
    }
  })
})
