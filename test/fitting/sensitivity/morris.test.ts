import { morris, type SensitivityInput } from '@cartkin/fitting'
import { describe, expect, it } from 'vitest'
import { evaluating, ishigami, ishigamiInputs, uniform } from './functions.ts'

describe('morris', () => {
  it('finds the coefficients of a linear model over the whole ranges, without any spread', async () => {
    const inputs = [uniform('a', 0, 2), uniform('b', -1, 0), uniform('dummy')]
    const result = await morris(
      inputs,
      ['y'],
      evaluating(3, ([a = NaN, b = NaN]) => 3 * a - 5 * b),
      { trajectories: 6 },
    )
    const [a, b, dummy] = result.outputs[0]?.effects ?? []
    expect([a?.mu.value, b?.mu.value, dummy?.mu.value].map((mu) => Math.round((mu ?? NaN) * 1e9) / 1e9)).toEqual([
      6, -5, 0,
    ])
    expect(b?.muStar.value).toBeCloseTo(5, 9)
    expect(dummy?.muStar.upper).toBe(0)
    expect(a?.sigma.value).toBeCloseTo(0, 9)
    expect(result.runs).toBe(24)
  })

  it('tells an interaction by the spread of the effects', async () => {
    const result = await morris(
      [uniform('a'), uniform('b')],
      ['y'],
      evaluating(2, ([a = NaN, b = NaN]) => a * b),
      {
        trajectories: 20,
      },
    )
    const [a] = result.outputs[0]?.effects ?? []
    // the effect of a is b, uniform on the grid 0, 1/3, 2/3, 1
    expect(a?.mu.value).toBeGreaterThan(0.3)
    expect(a?.sigma.value).toBeGreaterThan(0.25)
    expect(a?.mu.lower).toBeLessThan(0.5)
    expect(a?.mu.upper).toBeGreaterThan(0.5)
  })

  it('equals the exact mean effects of Ishigami on its grid within the intervals', async () => {
    const level = [0, 1, 2, 3].map((l) => -Math.PI + (2 * Math.PI * l) / 3)
    const f = (a: number, b: number, c: number) => ishigami(Float64Array.of(a, b, c))
    const exact = [0, 1, 2].map((input) => {
      const effects = [0, 1].flatMap((l) =>
        level.flatMap((u) =>
          level.map((v) => {
            const at = (x: number) => (input === 0 ? f(x, u, v) : input === 1 ? f(u, x, v) : f(u, v, x))
            return Math.abs(at(level[l + 2] ?? NaN) - at(level[l] ?? NaN)) / (2 / 3)
          }),
        ),
      )
      return effects.reduce((sum, effect) => sum + effect, 0) / effects.length
    })
    const result = await morris(ishigamiInputs, ['y'], evaluating(3, ishigami), { trajectories: 200, candidates: 200 })
    result.outputs[0]?.effects.forEach(({ muStar }, k) => {
      expect(muStar.lower).toBeLessThanOrEqual((exact[k] ?? NaN) + 1e-9)
      expect(muStar.upper).toBeGreaterThanOrEqual((exact[k] ?? NaN) - 1e-9)
    })
  })

  it('takes spreads without ends within their central 95 %', async () => {
    const seen = new Set<number>()
    const inputs: readonly SensitivityInput[] = [{ name: 'k', distribution: { kind: 'normal', mean: 10, sd: 1 } }]
    await morris(
      inputs,
      ['y'],
      evaluating(1, ([k = NaN]) => {
        seen.add(Math.round(k * 1e3) / 1e3)
        return k
      }),
      { trajectories: 20 },
    )
    expect([...seen].sort((a, b) => a - b)).toEqual([8.04, 9.592, 10.408, 11.96])
  })

  it('spreads trajectories over the grid: those taken lie farther apart than the first that come', async () => {
    const points = async (candidates: number) => {
      const seen: number[][] = []
      const inputs = Array.from({ length: 5 }, (_, k) => uniform(`p${k}`))
      await morris(
        inputs,
        ['y'],
        evaluating(5, (x) => seen.push([...x])),
        { trajectories: 4, candidates },
      )
      let sum = 0
      seen.forEach((x, m) => {
        seen.forEach((y, l) => {
          if (Math.floor(m / 6) !== Math.floor(l / 6))
            sum += x.reduce((total, value, k) => total + (value - (y[k] ?? NaN)) ** 2, 0)
        })
      })
      return sum
    }
    expect(await points(40)).toBeGreaterThan(1.1 * (await points(4)))
  })

  it('leaves out the effects of failed runs', async () => {
    const result = await morris(
      [uniform('a'), uniform('b')],
      ['y'],
      evaluating(2, ([a = NaN, b = NaN]) => (a === 1 && b > 0.5 ? null : a + 2 * b)),
      { trajectories: 30 },
    )
    expect(result.failed).toBeGreaterThan(0)
    const [a, b] = result.outputs[0]?.effects ?? []
    expect(a?.used).toBeLessThan(30)
    expect(a?.mu.value).toBeCloseTo(1, 9)
    expect(b?.mu.value).toBeCloseTo(2, 9)
  })

  it('refuses what cannot be', async () => {
    const run = (options: Parameters<typeof morris>[3]) =>
      morris(
        [uniform('a')],
        ['y'],
        evaluating(1, () => 1),
        options,
      )
    await expect(run({ trajectories: 1 })).rejects.toThrow(/at least 2 trajectories, got 1/)
    await expect(run({ trajectories: 4, levels: 3 })).rejects.toThrow(/even number of levels from 2, got 3/)
    await expect(run({ trajectories: 4, candidates: 2 })).rejects.toThrow(/got 2/)
  })
})
