import { type Interval, morris, sobol } from '@cartkin/fitting'
import { describe, expect, it } from 'vitest'
import { evaluating, ishigami, ishigamiInputs } from './functions.ts'
import { ishigamiEffects } from './ishigami-effects.ts'

const seeds = Array.from({ length: 200 }, (_, k) => k + 1)
const evaluate = evaluating(3, ishigami)

/** Whether the value lies within, but for rounding: effects without any spread have intervals without width. */
function holds({ lower, upper }: Interval, value: number): number {
  return lower <= value + 1e-9 && upper >= value - 1e-9 ? 1 : 0
}

describe('elementary effects of Ishigami', () => {
  it('have the means of all steps on the grid in closed form', () => {
    // with four levels sin is 0 or ±√3/2 at them: x1 moves y by (√3/2)(1 + x3⁴/10), x2 by 7·3/4, x3 by (8/81)π⁴ sin x1, over 2/3
    const quartic = Math.PI ** 4
    const [x1, x2, x3] = ishigamiEffects(4)
    expect(x1?.mu).toBeCloseTo(1.5 * (Math.sqrt(3) / 2) * (1 + (quartic * (1 + 1 / 81)) / 20), 10)
    expect(x1?.muStar).toBeCloseTo(x1?.mu ?? Number.NaN, 10)
    expect(x2?.mu).toBeCloseTo(0, 10)
    expect([x2?.muStar, x2?.sigma].map((value) => (value ?? Number.NaN).toFixed(10))).toEqual([
      '7.8750000000',
      '7.8750000000',
    ])
    expect(x3?.mu).toBeCloseTo(0, 10)
    expect(x3?.muStar).toBeCloseTo(1.5 * 0.1 * quartic * (80 / 81) * (Math.sqrt(3) / 4), 10)
  })

  it.each([4, 8])('lie within the intervals of 90 to 99 % of 200 seeds, %i levels', async (levels) => {
    const exact = ishigamiEffects(levels)
    const held = exact.map(() => ({ mu: 0, muStar: 0, sigma: 0 }))
    let ranked = 0
    for (const seed of seeds) {
      const result = await morris(ishigamiInputs, ['y'], evaluate, { trajectories: 50, levels, seed, resamples: 200 })
      const effects = result.outputs[0]?.effects ?? []
      effects.forEach((effect, k) => {
        const own = held[k]
        const of = exact[k]
        if (own === undefined || of === undefined) throw new Error('three inputs')
        own.mu += holds(effect.mu, of.mu) / seeds.length
        own.muStar += holds(effect.muStar, of.muStar) / seeds.length
        own.sigma += holds(effect.sigma, of.sigma) / seeds.length
      })
      const [x1 = NaN, , x3 = NaN] = effects.map(({ muStar }) => muStar.value)
      if (x1 > x3) ranked++
    }
    for (const [k, { mu, muStar, sigma }] of held.entries()) {
      expect(mu, `mu of x${k + 1}`).toBeGreaterThanOrEqual(0.9)
      expect(mu, `mu of x${k + 1}`).toBeLessThanOrEqual(0.99)
      expect(muStar, `mu* of x${k + 1}`).toBeGreaterThanOrEqual(0.9)
      // every effect of x2 has the same size on four levels: nothing is left to chance
      if (k !== 1) expect(muStar, `mu* of x${k + 1}`).toBeLessThanOrEqual(0.99)
      expect(sigma, `sigma of x${k + 1}`).toBeGreaterThanOrEqual(0.88)
    }
    expect(ranked / seeds.length).toBeGreaterThan(levels === 4 ? 0.75 : 0.5)
  })

  it('rank x2, x1, x3 with many trajectories, as on the whole grid', async () => {
    const order = (sizes: readonly number[]) => [0, 1, 2].toSorted((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0))
    const exact = order(ishigamiEffects(4).map(({ muStar }) => muStar))
    expect(exact).toEqual([1, 0, 2])
    const result = await morris(ishigamiInputs, ['y'], evaluate, { trajectories: 40_000, resamples: 50 })
    expect(order((result.outputs[0]?.effects ?? []).map(({ muStar }) => muStar.value))).toEqual(exact)
  })

  it('are those of the corners where trajectories are spread: the intervals do not hold then', async () => {
    const [exact] = ishigamiEffects(4)
    const result = await morris(ishigamiInputs, ['y'], evaluate, { trajectories: 50, candidates: 500 })
    expect(result.outputs[0]?.effects[0]?.muStar.lower).toBeGreaterThan(1.2 * (exact?.muStar ?? Number.NaN))
  })
})

describe('Sobol indices of Ishigami', () => {
  // parts of the variance, with a = 7 and b = 0.1 (T. Ishigami, T. Homma, 1990)
  const [b, quartic] = [0.1, Math.PI ** 4]
  const alone = [0.5 * (1 + (b * quartic) / 5) ** 2, 49 / 8, 0]
  const together = (8 * b ** 2 * quartic ** 2) / 225
  const variance = alone.reduce((sum, part) => sum + part, together)
  const first = alone.map((part) => part / variance)
  const total = alone.map((part, k) => (k === 1 ? part : part + together) / variance)

  it.each([256, 1024])('lie within the intervals of at least 90 % of 200 seeds, N = %i', async (samples) => {
    const held = first.map(() => ({ first: 0, total: 0 }))
    for (const seed of seeds) {
      const result = await sobol(ishigamiInputs, ['y'], evaluate, { samples, seed, resamples: 100 })
      result.outputs[0]?.indices.forEach((index, k) => {
        const own = held[k]
        if (own === undefined) throw new Error('three inputs')
        own.first += holds(index.first, first[k] ?? Number.NaN) / seeds.length
        own.total += holds(index.total, total[k] ?? Number.NaN) / seeds.length
      })
    }
    for (const [k, own] of held.entries()) {
      expect(own.first, `first of x${k + 1}`).toBeGreaterThanOrEqual(0.9)
      expect(own.total, `total of x${k + 1}`).toBeGreaterThanOrEqual(0.9)
    }
  })
})
