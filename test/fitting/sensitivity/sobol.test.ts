import { type SensitivityInput, type SobolResult, sobol } from '@cartkin/fitting'
import { describe, expect, it } from 'vitest'
import { evaluating, ishigami, ishigamiInputs, uniform } from './functions.ts'

const indicesOf = (result: SobolResult, output = 0) => result.outputs[output]?.indices ?? []

describe('sobol', () => {
  it('finds the shares of the variance of an additive linear model, first and total alike', async () => {
    const inputs = ['a', 'b', 'c', 'd'].map((name) => uniform(name))
    const weights = [4, 2, 1, 0.5]
    const linear = (x: Float64Array) => x.reduce((sum, value, k) => sum + (weights[k] ?? 0) * value, 1000)
    const result = await sobol(inputs, ['y'], evaluating(4, linear), { samples: 1024 })
    const all = weights.reduce((sum, w) => sum + w * w, 0)
    indicesOf(result).forEach(({ first, total }, k) => {
      const share = (weights[k] ?? 0) ** 2 / all
      expect(Math.abs(first.value - share)).toBeLessThan(0.01)
      expect(Math.abs(total.value - share)).toBeLessThan(0.01)
      for (const { lower, upper } of [first, total]) {
        expect(lower).toBeLessThan(share)
        expect(upper).toBeGreaterThan(share)
      }
    })
    const mean = 1000 + weights.reduce((sum, w) => sum + w / 2, 0)
    expect(result.outputs[0]?.mean).toBeCloseTo(mean, 2)
    expect(result.outputs[0]?.variance).toBeCloseTo(all / 12, 1)
  })

  it('finds the shares of log-normal inputs of a product, which interact', async () => {
    const sd = [0.5, 0.3]
    const inputs: readonly SensitivityInput[] = sd.map((s, k) => ({
      name: `k${k}`,
      distribution: { kind: 'logNormal', median: 3 * (k + 1), sd: s },
    }))
    const product = ([a = NaN, b = NaN]: Float64Array) => a * b
    const result = await sobol(inputs, ['y'], evaluating(2, product), { samples: 4096, secondOrder: true })
    // variances of e^(s z) relative to the squared mean
    const [v0 = NaN, v1 = NaN] = sd.map((s) => Math.exp(s * s) - 1)
    const all = (1 + v0) * (1 + v1) - 1
    const [one, two] = indicesOf(result)
    expect(Math.abs((one?.first.value ?? NaN) - v0 / all)).toBeLessThan(0.02)
    expect(Math.abs((two?.first.value ?? NaN) - v1 / all)).toBeLessThan(0.02)
    expect(Math.abs((one?.total.value ?? NaN) - (v0 + v0 * v1) / all)).toBeLessThan(0.02)
    expect(Math.abs((result.outputs[0]?.pairs[0]?.second.value ?? NaN) - (v0 * v1) / all)).toBeLessThan(0.03)
  })

  it('spreads its samples as a net: each of 2^m intervals once in every column of A and of B, not in order', async () => {
    const inputs = Array.from({ length: 40 }, (_, k) => uniform(`p${k}`))
    const seen: Float64Array[] = []
    await sobol(
      inputs,
      ['y'],
      evaluating(40, (x) => {
        seen.push(x.slice())
        return 0
      }),
      { samples: 128, leastSamples: 128, resamples: 50 },
    )
    for (const run of [0, 1]) {
      for (const from of [0, 64]) {
        const rows = seen.filter((_, row) => row % 42 === run).slice(from, from + 64)
        for (let k = 0; k < 40; k++) {
          const cells = rows.map((x) => Math.floor(64 * (x[k] ?? NaN)))
          expect(new Set(cells).size).toBe(64)
        }
        expect(new Set(rows.flatMap((x) => [...x])).size).toBe(64 * 40)
      }
    }
  })

  it('gives an input that does nothing exactly 0, and first-order shares that sum to at most 1', async () => {
    const inputs = [...ishigamiInputs, uniform('dummy')]
    const result = await sobol(inputs, ['y'], evaluating(4, ishigami), { samples: 512 })
    const dummy = indicesOf(result)[3]
    expect([dummy?.first.value, dummy?.total.value].map(Math.abs as (x?: number) => number)).toEqual([0, 0])
    expect(indicesOf(result).reduce((sum, { first }) => sum + first.value, 0)).toBeLessThan(1)
  })

  it('covers the analytic indices of Ishigami at the stated level over many seeds', async () => {
    const first = [0.31390519114781146, 0.4424111447900409, 0]
    const total = [0.5575888552099592, 0.4424111447900409, 0.2436836640621477]
    let inside = 0
    let all = 0
    for (let seed = 1; seed <= 20; seed++) {
      const result = await sobol(ishigamiInputs, ['y'], evaluating(3, ishigami), { samples: 256, seed, resamples: 200 })
      indicesOf(result).forEach((index, k) => {
        for (const [interval, truth] of [
          [index.first, first[k] ?? NaN],
          [index.total, total[k] ?? NaN],
        ] as const) {
          all++
          if (interval.lower <= truth && truth <= interval.upper) inside++
        }
      })
    }
    expect(inside / all).toBeGreaterThan(0.9)
  })

  it('does not change where the output is shifted or scaled, or an input is described otherwise', async () => {
    const f = ([a = NaN, b = NaN]: Float64Array) => Math.exp(a) + a * b
    const plain = await sobol(
      [uniform('a', 1, 2), uniform('b')],
      ['y', 'z'],
      evaluating(2, f, (x) => 5e4 - 3 * f(x)),
      {
        samples: 256,
      },
    )
    const logarithmic: SensitivityInput = {
      name: 'a',
      distribution: { kind: 'logUniform', low: Math.E, high: Math.E ** 2 },
    }
    const through = await sobol(
      [logarithmic, uniform('b')],
      ['y'],
      evaluating(2, ([a = NaN, b = NaN]) => f(Float64Array.of(Math.log(a), b))),
      { samples: 256 },
    )
    indicesOf(plain).forEach(({ first, total }, k) => {
      for (const other of [indicesOf(plain, 1)[k], indicesOf(through)[k]]) {
        expect(other?.first.value).toBeCloseTo(first.value, 8)
        expect(other?.total.value).toBeCloseTo(total.value, 8)
        expect(other?.total.upper).toBeCloseTo(total.upper, 8)
      }
    })
  })

  it('counts failed runs and outputs that are not defined, and leaves out only the samples that need them', async () => {
    const inputs = [uniform('a'), uniform('b')]
    const result = await sobol(
      inputs,
      ['y', 'z'],
      evaluating(
        2,
        ([a = NaN, b = NaN]) => (a > 0.95 ? null : a + b),
        ([a = NaN, b = NaN]) => (b < 0.02 ? NaN : a + b),
      ),
      { samples: 1024 },
    )
    expect(result.failed).toBeGreaterThan(50)
    expect(result.runs).toBe(4096)
    expect(result.outputs[0]?.undefinedRuns).toBe(0)
    expect(result.outputs[1]?.undefinedRuns).toBeGreaterThan(20)
    const [a, b] = indicesOf(result)
    expect(a?.used).toBeLessThan(1024)
    // A, B and AB_b fail where one of two values of a is large, AB_a is then no further one
    expect(b?.used).toBe(a?.used)
    expect(Math.abs((a?.first.value ?? NaN) - 0.9 ** 2 / (0.95 ** 2 + 1))).toBeLessThan(0.2)
    expect((a?.first.value ?? NaN) + (b?.first.value ?? NaN)).toBeCloseTo(1, 1)
  })

  it('has no indices for an output that does not vary or is never defined, and says so by NaN', async () => {
    const result = await sobol(
      [uniform('a')],
      ['y', 'z'],
      evaluating(
        1,
        () => 1000.1,
        () => NaN,
      ),
      { samples: 16 },
    )
    for (const output of [0, 1]) {
      expect(indicesOf(result, output)[0]?.first.value).toBeNaN()
      expect(indicesOf(result, output)[0]?.total.lower).toBeNaN()
    }
    expect(result.outputs[1]?.undefinedRuns).toBe(48)
  })

  it('stops where the widest interval of a total index is narrow enough, with the runs of the larger analysis', async () => {
    const options = { samples: 4096, precision: 0.2 }
    const seen: number[] = []
    const result = await sobol(ishigamiInputs, ['y'], evaluating(3, ishigami), {
      ...options,
      onIndices: ({ samples }) => seen.push(samples),
    })
    expect(result.status).toBe('precise')
    expect(result.widest).toBeLessThanOrEqual(0.2)
    expect(result.samples).toBeLessThan(4096)
    expect(seen.at(-1)).toBe(result.samples)
    expect(seen[0]).toBe(64)
    const direct = await sobol(ishigamiInputs, ['y'], evaluating(3, ishigami), { samples: result.samples })
    expect(direct.outputs).toEqual(result.outputs)
    const exact = await sobol(ishigamiInputs, ['y'], evaluating(3, ishigami), {
      ...options,
      precision: 1e-9,
      samples: 256,
    })
    expect(exact.status).toBe('finished')
  })

  it('has the indices of the samples that were complete where it is stopped', async () => {
    const plain = evaluating(3, ishigami)
    const result = await sobol(
      ishigamiInputs,
      ['y'],
      async (rows, count, from) => (from >= 5 * 256 ? null : plain(rows, count, from)),
      { samples: 1024 },
    )
    const direct = await sobol(ishigamiInputs, ['y'], plain, { samples: 256 })
    expect(result.status).toBe('stopped')
    expect(result.outputs).toEqual(direct.outputs)
  })

  it('refuses what cannot be', async () => {
    const run = (inputs: readonly SensitivityInput[], samples = 8) =>
      sobol(
        inputs,
        ['y'],
        evaluating(1, () => 1),
        { samples },
      )
    await expect(run([uniform('a')], 1000)).rejects.toThrow(/power of two .* got 1000; the nearest are 512 and 1024/)
    await expect(run([])).rejects.toThrow(/at least one input/)
    await expect(run([uniform('a'), uniform('a')])).rejects.toThrow(/two inputs have the name a/)
    await expect(run([uniform('a', 2, 1)])).rejects.toThrow(/input a: its range .* got 2 to 1/)
    await expect(run([{ name: 'k', distribution: { kind: 'logUniform', low: 0, high: 1 } }])).rejects.toThrow(/above 0/)
    await expect(run(Array.from({ length: 101 }, (_, k) => uniform(`p${k}`)))).rejects.toThrow(
      /at most 100 inputs, got 101/,
    )
  })
})

it('is not precise where no run gave a value', async () => {
  const nothing = evaluating(2, () => Number.NaN)
  const inputs = [uniform('a'), uniform('b')]
  const result = await sobol(inputs, ['y'], nothing, { samples: 256, leastSamples: 64, precision: 0.5, resamples: 50 })
  expect([result.status, result.samples]).toEqual(['finished', 256])
  expect(result.widest).toBeNaN()
})
