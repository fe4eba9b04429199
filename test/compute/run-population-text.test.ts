import { createModelCache, runJob } from '@cartkin/compute'
import { expect, it } from 'vitest'

const text = `
pk <- function() {
  ini({
    tk <- 0.3
    eta.k ~ 0.09
  })
  model({
    k <- tk*exp(eta.k)
    d/dt(A) <- -k*A
    A(0) <- 10
  })
}`

const job = {
  kind: 'population',
  text,
  parameters: {},
  doses: { records: [] },
  start: 0,
  population: { randomEffects: ['eta.k'] },
  seed: 4,
  from: 0,
  count: 3,
  times: Float64Array.of(0, 2),
  quantities: ['A'],
  endpoints: [],
} as const

it('draws patients from the random effects of a text', async () => {
  const answer = await runJob(job, { models: createModelCache() })
  if (answer.status !== 'ok' || answer.result.kind !== 'population') throw new Error(answer.status)
  const { courses, parameters, parameterNames } = answer.result
  expect(parameterNames).toEqual(['eta.k'])
  expect(new Set(parameters).size).toBe(3)
  for (const [subject, eta] of parameters.entries()) {
    expect(courses[0]![2 * subject + 1]).toBeCloseTo(10 * Math.exp(-2 * 0.3 * Math.exp(eta)), 5)
  }
})
