import { fit, objectiveAt } from '@cartkin/fitting'
import { parameterVector, simulateSubject } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { estimate, modelOf, problemOf, subject } from './fixtures.ts'

/** A turnover at rest, which a drug slows. */
const model = modelOf(
  'kin = 6\nkout = 0.5\nIC = 2\nd/dt(D) = -0.3*D\nd/dt(R) = kin*IC/(IC + D) - kout*R\nR(0) = 1\ny = R\n',
)
const records = [{ time: 1, evid: 1 as const, cmt: 'D', amt: 10 }]
const startState = { settle: { kind: 'steady-state' as const } }
const times = [0, 0.5, 1.5, 2, 3, 5, 8, 13, 20]

function observed() {
  const run = simulateSubject({
    model,
    parameters: parameterVector(model.model),
    records,
    start: 0,
    end: 20,
    startState,
    options: { rtol: 1e-10, atol: 1e-12 },
  })
  return times.map((time) => ({ endpoint: 0, time, value: run.value(2, time), sd: 0.1 }))
}

describe('a fit of runs that begin at the steady state', () => {
  const problem = problemOf({
    model,
    startState,
    solver: { rtol: 1e-10, atol: 1e-12 },
    subjects: [subject(observed(), { records })],
    estimated: [estimate('kin', 9, 'log'), estimate('kout', 0.3, 'log'), estimate('IC', 4, 'log')],
  })

  it('finds the parameters that the data were made with, the start among what tells them', async () => {
    const result = await fit(problem)
    expect(result.objective).toBeLessThan(1e-8)
    expect(result.estimates.map((found) => found.estimate)).toEqual(
      [6, 0.5, 2].map((value) => expect.closeTo(value, 5)),
    )
  })

  it('has the gradient of central differences', () => {
    const at: Record<string, number> = { kin: 7, kout: 0.4, IC: 3 }
    const { gradient } = objectiveAt(problem, at)
    Object.keys(at).forEach((name, j) => {
      const value = at[name] ?? Number.NaN
      const h = 1e-4 * value
      const [up, down] = [value + h, value - h].map((moved) => objectiveAt(problem, { ...at, [name]: moved }).objective)
      const difference = ((up ?? Number.NaN) - (down ?? Number.NaN)) / (2 * h)
      expect((gradient[j] ?? Number.NaN) / difference).toBeCloseTo(1, 6)
    })
  })

  it('that has none fails with the reason', async () => {
    const growing = modelOf('r = 0.1\nd/dt(A) = r\ny = A\n')
    const failing = problemOf({
      model: growing,
      startState,
      subjects: [subject([{ endpoint: 0, time: 1, value: 1, sd: 1 }])],
      estimated: [estimate('r', 0.1)],
    })
    const result = await fit(failing)
    expect(JSON.stringify(result)).toContain('no steady state')
  })
})
