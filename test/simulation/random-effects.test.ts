import { parameterVector, sampleRandomEffects } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { modelOf } from './fixtures.ts'

const text = (omega: string) => `
pk <- function() {
  ini({
    tk <- 0.3
    tv <- 10
    ${omega}
  })
  model({
    k <- tk*exp(eta.k)
    v <- tv*exp(eta.v)
    d/dt(A) <- -k*A
    C <- A/v
  })
}`

describe('random effects', () => {
  const model = modelOf(text('eta.k + eta.v ~ c(0.09, 0.03, 0.04)'))
  const typical = parameterVector(model)
  const k = model.parameters.findIndex(({ name }) => name === 'eta.k')
  const v = model.parameters.findIndex(({ name }) => name === 'eta.v')
  const draws = Array.from({ length: 5000 }, (_, index) => sampleRandomEffects(model, typical, { seed: 3, index }))
  const moment = (i: number, j: number) => draws.reduce((sum, d) => sum + d[i]! * d[j]!, 0) / draws.length

  it('have the covariance of their block', () => {
    expect(moment(k, k)).toBeCloseTo(0.09, 2)
    expect(moment(v, v)).toBeCloseTo(0.04, 2)
    expect(moment(k, v)).toBeCloseTo(0.03, 2)
  })

  it('leave the other parameters alone and do not depend on who else is drawn', () => {
    expect(draws[7]).toEqual(sampleRandomEffects(model, typical, { seed: 3, index: 7 }))
    expect(draws[7]![0]).toBe(typical[0])
    expect(draws[7]).not.toEqual(draws[8])
  })

  it('refuse a covariance that cannot be, and accept a variance of zero', () => {
    const impossible = { ...model, omega: [{ names: ['eta.k', 'eta.v'], lower: [0.01, 0.5, 0.01], level: 'id' }] }
    expect(() => sampleRandomEffects(impossible, parameterVector(impossible), { seed: 1, index: 0 })).toThrow(
      /covariance of eta.k, eta.v is not positive definite/,
    )
    const none = modelOf(text('eta.k ~ 0\n    eta.v ~ 0.04'))
    expect(sampleRandomEffects(none, parameterVector(none), { seed: 1, index: 0 })[k]).toBe(0)
  })
})
