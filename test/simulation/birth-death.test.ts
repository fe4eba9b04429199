import { BirthDeathCourse } from '@cartkin/simulation'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const rate = fc.double({ min: 0.01, max: 2, noNaN: true })

describe('a birth-death process of constant rates', () => {
  it('has the textbook probability of extinction, survivors and mean', () => {
    fc.assert(
      fc.property(rate, rate, fc.double({ min: 0.1, max: 40, noNaN: true }), (lambda, mu, t) => {
        fc.pre(Math.abs(lambda - mu) > 1e-3)
        const process = new BirthDeathCourse({ birth: () => lambda, death: () => mu }, 0, 40)
        // N. T. J. Bailey, The elements of stochastic processes, 1964, eq. 8.47
        const growth = Math.exp((lambda - mu) * t)
        const extinct = (mu * (growth - 1)) / (lambda * growth - mu)
        const survivors = (lambda * growth - mu) / (lambda - mu)
        expect(process.extinctionProbability(t, 1)).toBeCloseTo(extinct, 6)
        expect(process.logMean(t)).toBeCloseTo((lambda - mu) * t, 9)
        expect(process.logSurvivors(t)).toBeCloseTo(Math.log(survivors), 6)
      }),
    )
  })

  it('that balance has extinction λt/(1 + λt)', () => {
    const process = new BirthDeathCourse({ birth: () => 0.3, death: () => 0.3 }, 0, 100)
    for (const t of [0.1, 1, 10, 100])
      expect(process.extinctionProbability(t, 1)).toBeCloseTo((0.3 * t) / (1 + 0.3 * t), 7)
  })

  it('that only die leave exp(−μt) of each cell', () => {
    const process = new BirthDeathCourse({ birth: () => 0, death: () => 1 }, 0, 800)
    expect(process.extinctionProbability(3, 10)).toBeCloseTo((1 - Math.exp(-3)) ** 10, 7)
    // far below what a double could hold, were it no logarithm
    expect(process.logSurvival(800)).toBeCloseTo(-800, 4)
  })

  it('that never die have no extinction', () => {
    const process = new BirthDeathCourse({ birth: () => 1, death: () => 0 }, 0, 900)
    expect(process.extinctionProbability(900, 1)).toBe(0)
    expect(process.logMean(900)).toBeCloseTo(900, 4)
  })
})

describe('a birth-death process of changing rates', () => {
  const wave = { birth: (t: number) => 0.4 + 0.3 * Math.sin(t), death: (t: number) => 0.8 * Math.exp(-t / 15) }
  const process = new BirthDeathCourse(wave, 0, 60)

  it('has the mean that its rates give', () => {
    const integral = (t: number) => 0.4 * t + 0.3 * (1 - Math.cos(t)) - 12 * (1 - Math.exp(-t / 15))
    for (const t of [1, 5, 20, 60]) expect(process.logMean(t)).toBeCloseTo(integral(t), 6)
  })

  it('is extinct with a probability that rises with time, and falls with the cells at the start', () => {
    let before = 0
    for (let t = 0.5; t <= 60; t += 0.5) {
      const now = process.extinctionProbability(t, 1)
      expect(now).toBeGreaterThanOrEqual(before)
      expect(process.extinctionProbability(t, 2)).toBeCloseTo(now * now, 12)
      before = now
    }
    expect(before).toBeLessThan(1)
  })

  it('is that of its second half after that of its first', () => {
    // P(extinct by 20) = G(P(extinct in 10..20)), G being the generating function at 10
    const later = new BirthDeathCourse(wave, 10, 20)
    const q = later.extinctionProbability(20, 1)
    const survival = Math.exp(process.logSurvival(10))
    const eta = 1 - Math.exp(-process.logSurvivors(10))
    const generated = 1 - survival + (survival * (1 - eta) * q) / (1 - eta * q)
    expect(process.extinctionProbability(20, 1)).toBeCloseTo(generated, 7)
  })

  it('gives the time by which a probability is reached', () => {
    for (const t of [0.2, 3, 17, 55]) expect(process.extinctionTime(Math.exp(process.logSurvival(t)))).toBeCloseTo(t, 5)
    expect(process.extinctionTime(Math.exp(process.logSurvival(60)) / 2)).toBeNaN()
  })
})

it('refuses rates below 0 and rates that are no numbers', () => {
  for (const bad of [-0.1, Number.NaN])
    expect(() => new BirthDeathCourse({ birth: () => bad, death: () => 1 }, 0, 1)).toThrow(
      `the rate of birth must be at least 0, got ${bad}`,
    )
})
