import type { Model } from '@cartkin/model'
import { exp, lgamma, log, logit, normalCdf, normalQuantile } from '@cartkin/numerics'
import {
  observationQuantities,
  observationSources,
  parameterVector,
  quantities,
  sampleRandomEffects,
  simulateObservations,
} from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { modelOf } from './fixtures.ts'

const draws = 40_000

/** A model of one output f (and g = 3), with residual errors as given. */
const model = (errors: string, ini = '') =>
  modelOf(`function() {\n ini({ s <- 0.3; p <- 0.2; ${ini} })\n model({\n f <- x\n g <- 3*x\n${errors}\n })\n}`)

/** Many observations of an endpoint at one prediction. */
function observations(own: Model, prediction: number, index = 0, seed = 1, subject = 0): Float64Array {
  const names = quantities(own).map(({ name }) => name)
  const columns = new Map(
    observationSources(own, index).map((place) => [
      place,
      new Float64Array(draws).fill(names[place] === 'f' ? prediction : 3),
    ]),
  )
  const out = new Float64Array(draws)
  simulateObservations(own, index, parameterVector(own, { x: prediction }), columns, { seed, subject }, out)
  return out
}

const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length
const variance = (values: Float64Array) => {
  const centre = mean(values)
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1)
}
const sorted = (values: Float64Array) => values.slice().sort()
const quantileOf = (values: Float64Array, level: number) =>
  sorted(values)[Math.floor(level * values.length)] ?? Number.NaN

/** Largest distance between the distribution of a sample and a distribution function. */
function distance(values: Float64Array, cdf: (x: number) => number): number {
  return sorted(values).reduce((most, value, k) => Math.max(most, Math.abs(cdf(value) - (k + 0.5) / values.length)), 0)
}
/** What that distance stays below in 999 of 1000 samples (Kolmogorov). */
const within = 1.95 / Math.sqrt(draws)

describe('simulated observations', () => {
  it.each<[string, string, number, (x: number) => number]>([
    ['add', 'f ~ add(s)', 2, (x) => normalCdf((x - 2) / 0.3)],
    ['prop', 'f ~ prop(p)', -5, (x) => normalCdf(x + 5)],
    ['pow', 'f ~ pow(p, 0.5)', 4, (x) => normalCdf((x - 4) / 0.4)],
    ['add + prop (variances)', 'f ~ add(s) + prop(p)', 2, (x) => normalCdf((x - 2) / 0.5)],
    ['add + prop (deviations)', 'f ~ add(s) + prop(p) + combined1()', 2, (x) => normalCdf((x - 2) / 0.7)],
    ['lnorm', 'f ~ lnorm(s)', 2, (x) => normalCdf(log(x / 2) / 0.3)],
    ['logitNorm', 'f ~ logitNorm(s, 1, 5)', 2, (x) => normalCdf((logit((x - 1) / 4) - logit(0.25)) / 0.3)],
    [
      'probitNorm',
      'f ~ probitNorm(s, 1, 5)',
      2,
      (x) => normalCdf((normalQuantile((x - 1) / 4) - normalQuantile(0.25)) / 0.3),
    ],
    ['boxCox', 'f ~ add(s) + boxCox(l)', 4, (x) => normalCdf((2 * Math.sqrt(x) - 4) / 0.3)],
    ['yeoJohnson', 'f ~ add(s) + yeoJohnson(l)', 3, (x) => normalCdf((2 * (Math.sqrt(x + 1) - 1) - 2) / 0.3)],
    // with 1 degree of freedom: the distribution of Cauchy; with 2: 1/2 + x / (2 √(2 + x²))
    ['t', 'f ~ add(s) + t(2)', 2, (x) => 0.5 + (x - 2) / 0.3 / (2 * Math.sqrt(2 + ((x - 2) / 0.3) ** 2))],
  ])('of %s have its distribution', (_, error, prediction, cdf) => {
    expect(distance(observations(model(error, 'l <- 0.5'), prediction), cdf)).toBeLessThan(within)
  })

  it('have the mean and the variance asked for', () => {
    const values = observations(model('f ~ add(s) + prop(p)'), 2)
    expect(mean(values)).toBeCloseTo(2, 2)
    expect(variance(values)).toBeCloseTo(0.25, 2)
  })

  it('on the log scale have the prediction as their median', () => {
    const values = observations(model('f ~ lnorm(s)'), 1e-4)
    expect(quantileOf(values, 0.5)).toBeCloseTo(1e-4, 6)
    expect(mean(values) / (1e-4 * exp(0.045))).toBeCloseTo(1, 2)
  })

  it('on the logit scale stay within their bounds, whatever the error', () => {
    const values = observations(model('f ~ logitNorm(big, 1, 5)', 'big <- 50'), 2)
    expect(Math.min(...values)).toBeGreaterThanOrEqual(1)
    expect(Math.max(...values)).toBeLessThanOrEqual(5)
    expect(mean(values)).toBeGreaterThan(2)
  })

  it.each([0.02, 0.9, 7.3, 60, 1e5])('of Poisson counts have their probabilities (mean %d)', (lambda) => {
    const values = observations(model('f ~ pois(f)'), lambda)
    expect(values.every((value) => Number.isInteger(value) && value >= 0)).toBe(true)
    const error = Math.sqrt(lambda / draws)
    expect(Math.abs(mean(values) - lambda)).toBeLessThan(4 * error)
    expect(Math.abs(variance(values) / lambda - 1)).toBeLessThan(4 * Math.sqrt((2 + 1 / lambda) / draws))
    const counted = (k: number) => values.filter((value) => value === k).length / draws
    for (const k of [Math.floor(lambda), Math.floor(lambda) + 1]) {
      const probability = exp(k * log(lambda) - lambda - lgamma(k + 1))
      expect(Math.abs(counted(k) - probability)).toBeLessThan(4.5 * Math.sqrt(probability / draws) + 1e-6)
    }
  })

  it.each([0.05, 0.5, 0.93])('of binomial counts have their mean and variance (probability %d)', (probability) => {
    const values = observations(model('f ~ binom(n, f)', 'n <- 20'), probability)
    expect(values.every((value) => Number.isInteger(value) && value >= 0 && value <= 20)).toBe(true)
    const spread = 20 * probability * (1 - probability)
    expect(Math.abs(mean(values) - 20 * probability)).toBeLessThan(4 * Math.sqrt(spread / draws))
    expect(variance(values) / spread).toBeCloseTo(1, 1)
    expect(values.filter((value) => value === 20).length / draws).toBeCloseTo(probability ** 20, 2)
  })

  it('are none where the prediction has no place on the scale', () => {
    expect(observations(model('f ~ lnorm(s)'), -1)[0]).toBeNaN()
    expect(observations(model('f ~ logitNorm(s, 1, 5)'), 6)[0]).toBeNaN()
    expect(observations(model('f ~ pois(f)'), -1)[0]).toBeNaN()
  })

  it('are a pure function of seed, subject, endpoint and row', () => {
    const own = model('f ~ add(s)\n g ~ add(s)')
    const first = observations(own, 2)
    expect(observations(own, 2)).toEqual(first)
    for (const other of [
      observations(own, 2, 0, 2),
      observations(own, 2, 0, 1, 1),
      observations(own, 2, 1).map((value) => value - 1),
    ])
      expect(Math.abs(correlation(first, other))).toBeLessThan(5 / Math.sqrt(draws))
    expect(Math.abs(correlation(first.subarray(1), first.subarray(0, -1)))).toBeLessThan(5 / Math.sqrt(draws))
  })

  it('have names of their own, and those of endpoints', () => {
    expect(observationQuantities(model('f ~ add(s)\n g ~ prop(p) | blood')).map(({ name }) => name)).toEqual([
      'f.sim',
      'blood.sim',
    ])
    expect(() => observationQuantities(model('f.sim <- x\n f ~ add(s)'))).toThrow(
      /called f.sim, a name that the model has already/,
    )
  })
})

function correlation(a: Float64Array, b: Float64Array): number {
  const [centreA, centreB] = [mean(a), mean(b)]
  const product = a.reduce((sum, value, k) => sum + (value - centreA) * ((b[k] ?? 0) - centreB), 0) / a.length
  return product / Math.sqrt(variance(a) * variance(b))
}

describe('random effects of occasions', () => {
  it('are drawn beside those of subjects, which they leave alone', () => {
    const text = (occasions: string) =>
      modelOf(
        `function() {\n ini({ k <- 1; eta.k ~ 0.04; ${occasions} })\n model({\n y <- k*exp(eta.k + iov.k)\n })\n}`,
      )
    const both = text('iov.k ~ 0.09 | occ')
    const one = text('iov.k ~ 0.09')
    const effect = (own: Model, name: string, index: number) =>
      sampleRandomEffects(own, parameterVector(own), { seed: 4, index })[
        own.parameters.findIndex((parameter) => parameter.name === name)
      ] ?? Number.NaN
    const sample = Float64Array.from({ length: 5000 }, (_, index) => effect(both, 'iov.k', index))
    expect(variance(sample)).toBeCloseTo(0.09, 2)
    expect(effect(both, 'eta.k', 7)).toBe(effect(one, 'eta.k', 7))
    expect(effect(both, 'iov.k', 7)).not.toBe(effect(one, 'iov.k', 7))
    const subjects = Float64Array.from({ length: 5000 }, (_, index) => effect(both, 'eta.k', index))
    expect(Math.abs(correlation(sample, subjects))).toBeLessThan(0.07)
  })
})
