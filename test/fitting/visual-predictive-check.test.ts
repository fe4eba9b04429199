import { predictionCorrection, timeBins, timeBinsBetween, visualPredictiveCheck } from '@cartkin/fitting'
import { randomStream } from '@cartkin/numerics'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

/** Normal deviates of one of several subjects of a study. */
function deviates(study: string, subject: number, count: number): Float64Array {
  const stream = randomStream({ seed: 11, study, subject, occasion: 0 })
  return Float64Array.from({ length: count }, (_, k) => stream.normal(k))
}

const time = fc.oneof(fc.integer({ min: -3, max: 9 }), fc.double({ min: -5, max: 400, noNaN: true }))

describe('bins of times', () => {
  it('hold every observation once, in the order of time, with equal times together', () => {
    fc.assert(
      fc.property(fc.array(time, { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 12 }), (times, count) => {
        const bins = timeBins(times, count)
        expect(bins.length).toBeLessThanOrEqual(count)
        expect(bins.flatMap(({ members }) => members).toSorted((a, b) => a - b)).toEqual(times.map((_, k) => k))
        bins.forEach(({ from, to, time: middle, members }, k) => {
          for (const member of members) expect(times[member]! >= from && times[member]! <= to).toBe(true)
          expect(middle >= from && middle <= to).toBe(true)
          if (k > 0) expect(from).toBe(bins[k - 1]!.to)
        })
        for (const [k, at] of times.entries())
          expect(
            new Set(
              times.flatMap((other, j) => (other === at ? [bins.findIndex(({ members }) => members.includes(j))] : [])),
            ).size,
            `${k}`,
          ).toBe(1)
      }),
    )
  })

  it('are of equal numbers where times allow', () => {
    expect(timeBins([5, 1, 2, 6, 3, 4], 3).map(({ members }) => members)).toEqual([
      [1, 2],
      [4, 5],
      [0, 3],
    ])
  })

  it('lie between given times, the outermost open', () => {
    const bins = timeBinsBetween([-1, 0, 5, 10, 30], [0, 5, 20])
    expect(bins.map(({ members }) => members)).toEqual([
      [0, 1],
      [2, 3, 4],
    ])
    expect(() => timeBinsBetween([1], [0, 5, 5])).toThrow('must ascend, got 5 in place 3')
    expect(() => timeBinsBetween([1], [0])).toThrow('2 times or more')
    expect(() => timeBins([1, Number.NaN], 2)).toThrow('finite')
  })
})

describe('a visual predictive check', () => {
  const n = 40
  const bins = timeBins(new Float64Array(n), 1)

  it('holds data of the model itself in the bands at the nominal rate, censored or not', () => {
    const replicates = 200
    const trials = 250
    const simulated = deviates('replicates', 0, replicates * n)
    for (const lloq of [undefined, -0.8]) {
      const inside = { low: 0, median: 0, high: 0, below: 0 }
      for (let trial = 0; trial < trials; trial++) {
        const observed = deviates('observed', trial, n)
        const below = Array.from(observed, (value) => lloq !== undefined && value < lloq)
        const [bin] = visualPredictiveCheck({ bins, observed, below, simulated, ...(lloq !== undefined && { lloq }) })
        const [low, median, high] = bin!.percentiles
        const within = (value = low!) => Number(value.observed >= value.lower && value.observed <= value.upper)
        inside.low += within(low)
        inside.median += within(median)
        inside.high += within(high)
        const { observed: share, lower, upper } = bin!.below
        inside.below += Number(share >= lower && share <= upper)
      }
      // 90 % of 250, give or take four standard errors; a share of 40 is discrete, so it is inside more often
      for (const count of [inside.median, inside.high]) expect(Math.abs(count / trials - 0.9)).toBeLessThan(0.076)
      if (lloq === undefined) expect(Math.abs(inside.low / trials - 0.9)).toBeLessThan(0.076)
      else expect(inside.low).toBe(trials)
      expect(inside.below / trials).toBeGreaterThan(0.82)
    }
  })

  it('does not hold data of another model', () => {
    const simulated = deviates('replicates', 0, 200 * n)
    const observed = deviates('observed', 0, n).map((value) => 3 * value)
    const [bin] = visualPredictiveCheck({ bins, observed, below: Array.from(observed, () => false), simulated })
    const [low, , high] = bin!.percentiles
    expect(low!.observed).toBeLessThan(low!.lower)
    expect(high!.observed).toBeGreaterThan(high!.upper)
  })

  it('counts what is below the limit as the lowest, in data and replicates alike, and fails nothing silently', () => {
    const observed = [4, 0, 3, 5]
    const [bin] = visualPredictiveCheck({
      bins: timeBins([0, 0, 0, 0], 1),
      observed,
      below: [false, true, false, false],
      // a replicate wholly below, one with a failed run, one like the data
      simulated: Float64Array.of(0.1, 0.2, 0.3, 0.4, Number.NaN, 2, 0.5, 6, 4, 0.9, 3, 5),
      lloq: 1,
      levels: [0.1, 0.5],
      confidence: 0.999_999,
    })
    expect(bin!.percentiles[0]!.observed).toBe(Number.NEGATIVE_INFINITY)
    expect(bin!.percentiles[1]).toMatchObject({ observed: 3.5, lower: Number.NEGATIVE_INFINITY, median: 2 })
    expect(bin!.percentiles[1]!.upper).toBeCloseTo(3.5, 5)
    expect(bin!.below.observed).toBe(0.25)
    expect(bin!.below.median).toBeCloseTo(1 / 3, 12)
    expect(bin!.below.upper).toBeCloseTo(1, 5)
  })

  it('refuses lists that do not go together', () => {
    const simulated = new Float64Array(8)
    expect(() => visualPredictiveCheck({ bins, observed: [1, 2, 3], below: [false, false, false], simulated })).toThrow(
      'whole replicates',
    )
    expect(() => visualPredictiveCheck({ bins, observed: [1, 2], below: [false], simulated })).toThrow('1 marks')
    expect(() =>
      visualPredictiveCheck({ bins, observed: [1], below: [false], simulated, confidence: Number.NaN }),
    ).toThrow('between 0 and 1')
  })
})

describe('a prediction-corrected check', () => {
  const positive = fc.double({ min: 1e-3, max: 1e3, noNaN: true })
  const count = 12
  const twelve = (of: fc.Arbitrary<number>) => fc.array(of, { minLength: count, maxLength: count })
  const bins = timeBins(
    Array.from({ length: count }, (_, k) => k % 4),
    3,
  )
  const none = Array.from({ length: count }, () => false)

  it('is the check itself where all predictions of a bin are equal', () => {
    fc.assert(
      fc.property(positive, twelve(positive), twelve(positive), (prediction, observed, drawn) => {
        const factors = predictionCorrection(bins, new Float64Array(count).fill(prediction))
        expect([...factors]).toEqual(Array.from(factors, () => 1))
        const check = { bins, observed, below: none, simulated: Float64Array.from(drawn), lloq: 0.1 }
        expect(visualPredictiveCheck({ ...check, factors })).toEqual(visualPredictiveCheck(check))
      }),
    )
  })

  it('takes out what predictions explain: data that are their predictions have no spread in a bin', () => {
    fc.assert(
      fc.property(twelve(positive), positive, (predictions, share) => {
        const factors = predictionCorrection(bins, predictions)
        const observed = predictions.map((prediction) => share * prediction)
        const checked = visualPredictiveCheck({
          bins,
          observed,
          below: none,
          simulated: Float64Array.from(observed),
          factors,
        })
        for (const { percentiles } of checked) {
          const [low, middle, high] = percentiles.map((percentile) => percentile.observed)
          expect(high! / low!).toBeCloseTo(1, 9)
          expect(middle! / low!).toBeCloseTo(1, 9)
        }
      }),
    )
  })

  it('does not depend on the unit of the predictions, and keeps the share below the limit', () => {
    fc.assert(
      fc.property(twelve(positive), twelve(positive), positive, (predictions, observed, unit) => {
        const factors = predictionCorrection(bins, predictions)
        const scaled = predictionCorrection(
          bins,
          predictions.map((prediction) => unit * prediction),
        )
        for (const [k, factor] of factors.entries()) expect(scaled[k]! / factor).toBeCloseTo(1, 9)
        const check = {
          bins,
          observed,
          below: observed.map((value) => value < 1),
          simulated: Float64Array.from(observed),
          lloq: 1,
        }
        const corrected = visualPredictiveCheck({ ...check, factors })
        expect(corrected.map(({ below }) => below)).toEqual(visualPredictiveCheck(check).map(({ below }) => below))
      }),
    )
  })

  it('is by hand: the median of a bin over the own prediction; nothing is corrected before the first dose', () => {
    const [all] = [timeBins([0, 0, 0, 0], 1)]
    expect([...predictionCorrection(all, [2, 4, 8, 0])]).toEqual([1.5, 0.75, 0.375, 1])
    expect([...predictionCorrection(all, [0, 0, 0, 5])]).toEqual([1, 1, 1, 1])
    expect([...predictionCorrection(all, [2, Number.NaN, 6, 4])]).toEqual([2, 1, 4 / 6, 1])
    expect(() =>
      visualPredictiveCheck({ bins: all, observed: [1], below: [false], simulated: Float64Array.of(1), factors: [] }),
    ).toThrow('0 factors')
  })
})
