import { type FitProblem, fit, objectiveAt } from '@cartkin/fitting'
import { type CovariateInTime, parameterVector, simulateSubject } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { estimate, modelOf, subject } from './fixtures.ts'

const text = (kind: string) => `
${kind}(WT)
k = 0.3
p = 0.75
Tsw = 5
if (t < Tsw + WT/100) { loss = k } else { loss = 2*k }
d/dt(A) = -loss*(WT/70)^p*A
A(0) = 100
y = A/WT
`
const truth = { k: 0.3, p: 0.75, Tsw: 5 }
const times = [0.5, 1, 2, 3.3, 4.6, 6, 7.5, 9, 11]
const solver = { rtol: 1e-10, atol: 1e-12 }
const weights = (values: readonly number[]): readonly CovariateInTime[] => [
  { name: 'WT', times: [0, 2, 4, 8], values, interpolation: 'locf' },
]

function problem(kind: string): FitProblem {
  const model = modelOf(text(kind))
  const subjects = [
    [70, 90, 40, 60],
    [50, 50, 110, 80],
  ].map((values, k) => {
    const covariates = weights(values)
    const parameters = { WT: values[0]! }
    const run = simulateSubject({
      model,
      parameters: parameterVector(model.model, parameters),
      covariates,
      records: [],
      start: 0,
      end: 11,
      options: solver,
    })
    const place = model.model.states.length + model.model.outputs.findIndex(({ name }) => name === 'y')
    const observations = times.map((time) => ({ endpoint: 0, time, value: run.value(place, time), sd: 0.1 }))
    return { ...subject(observations, { id: String(k), parameters }), covariates }
  })
  return {
    model,
    errorParameters: {},
    parameters: parameterVector(model.model, { WT: 70 }),
    endpoints: [{ quantity: 'y', scale: 'log', error: { kind: 'given' } }],
    estimated: [estimate('k', 0.2, 'log'), estimate('p', 1), estimate('Tsw', 5.4)],
    subjects,
    solver,
  }
}

describe('a fit with covariates that change', () => {
  it.each(['locf', 'nocb', 'linear', 'midpoint'])('%s: recovers what made the data', async (kind) => {
    const own = problem(kind)
    expect(objectiveAt(own, truth).objective).toBeLessThan(1e-15)
    const result = await fit(own)
    expect(result.outcome.status).toBe('converged')
    for (const { name, estimate: found } of result.estimates)
      expect(found).toBeCloseTo(truth[name as keyof typeof truth], 6)
  })

  it('refuses to estimate what a subject brings values of', async () => {
    const own = problem('locf')
    const { estimated } = own
    await expect(async () => fit({ ...own, estimated: [...estimated, estimate('WT', 70)] })).rejects.toThrow('WT')
  })
})

describe('an observation that is one of the records', () => {
  const model = modelOf('k = 0.3\nF1 = 1\nd/dt(A) = -k*A\nf(A) = F1\ny = A')
  const records = [
    { time: 0, evid: 1 as const, amt: 10 },
    { time: 2, evid: 0 as const },
    { time: 2, evid: 1 as const, amt: 5 },
    { time: 2, evid: 0 as const },
    { time: 2, evid: 3 as const },
    { time: 2, evid: 0 as const },
  ]
  const own = (places: readonly number[]): FitProblem => ({
    model,
    errorParameters: {},
    parameters: parameterVector(model.model),
    endpoints: [{ quantity: 'y', scale: 'linear', error: { kind: 'given' } }],
    estimated: [estimate('k', 0.2, 'log'), estimate('F1', 0.5)],
    subjects: [
      {
        ...subject([1, 3, 5].map((_, n) => ({ endpoint: 0, time: 2, value: values[n]!, sd: 0.1, record: places[n]! }))),
        records,
      },
    ],
    solver,
  })
  const left = 10 * Math.exp(-0.6)
  const values = [left, left + 5, 0]

  it('sees what the records before it gave', async () => {
    expect(objectiveAt(own([1, 3, 5]), { k: 0.3, F1: 1 }).objective).toBeLessThan(1e-12)
    const { estimates } = await fit(own([1, 3, 5]))
    expect(estimates.map(({ estimate: found }) => found)).toEqual([expect.closeTo(0.3, 7), expect.closeTo(1, 7)])
  })

  it('is refused where the record is of another time', () => {
    expect(() => objectiveAt(own([0, 3, 5]), { k: 0.3, F1: 1 })).toThrow(
      'observation 1 (y at time 2): it is said to be record 0, which is none of that time',
    )
  })
})
