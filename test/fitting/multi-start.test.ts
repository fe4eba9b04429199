import { type EstimatedParameter, type FitResult, fit, multiStart, startPoints, waterfall } from '@cartkin/fitting'
import { exp, log, logit, normalQuantile, sin } from '@cartkin/numerics'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { estimate, formulaModel, problemOf, subject } from './fixtures.ts'

const parameters: readonly EstimatedParameter[] = [
  estimate('k', 2, 'log', 0.5, 1000),
  estimate('F', 0.2, 'logit', 0, 1),
  estimate('g', 0.2, 'probit', -1, 1),
  estimate('m', -3, 'linear'),
]

describe('starts', () => {
  it('begin with the given one and are a Latin hypercube: every part of every range once', () => {
    const starts = 17
    const points = startPoints(parameters, { starts, seed: 5, spread: 20 })
    expect(points).toHaveLength(starts)
    expect(Array.from(points[0]!)).toEqual([2, 0.2, 0.2, -3])
    const ranges: readonly (readonly [(v: number) => number, number, number])[] = [
      // cut off at the lower bound
      [log, log(0.5), log(40)],
      [logit, logit(0.2) - log(20), logit(0.2) + log(20)],
      [
        (v) => normalQuantile((v + 1) / 2),
        normalQuantile(0.6) - log(20) * Math.sqrt(Math.PI / 8),
        normalQuantile(0.6) + log(20) * Math.sqrt(Math.PI / 8),
      ],
      [(v) => v, -60, 54],
    ]
    ranges.forEach(([line, low, high], j) => {
      const parts = points.slice(1).map((point) => Math.floor((16 * (line(point[j]!) - low)) / (high - low)))
      expect(parts.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, k) => k))
    })
    // parameters are shuffled apart
    const ranks = [0, 3].map((j) => points.slice(1).map((point) => point[j]!))
    expect(ranks[0]!.toSorted((a, b) => a - b)).not.toEqual(ranks[0])
    expect(ranks[0]!.map((v) => ranks[0]!.filter((w) => w < v).length)).not.toEqual(
      ranks[1]!.map((v) => ranks[1]!.filter((w) => w < v).length),
    )
  })

  it('lie within the bounds, whatever these are, and belong to their seed', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.constantFrom(2, 10, 1000, 'bounds' as const),
        fc.integer({ min: 1, max: 30 }),
        (seed, spread, starts) => {
          const bounded = parameters.map((p) => (p.name === 'm' ? { ...p, lower: -10, upper: -2.5 } : p))
          const points = startPoints(bounded, { starts, seed, spread })
          for (const point of points)
            point.forEach((value, j) => {
              expect(value).toBeGreaterThanOrEqual(bounded[j]!.lower)
              expect(value).toBeLessThanOrEqual(bounded[j]!.upper)
            })
          expect(startPoints(bounded, { starts, seed, spread })).toEqual(points)
          if (starts > 1) expect(startPoints(bounded, { starts, seed: seed === 0 ? 1 : 0, spread })).not.toEqual(points)
        },
      ),
      { numRuns: 50 },
    )
  })

  it('between bounds need bounds that are finite on the scale', () => {
    const spread = 'bounds'
    expect(() => startPoints([estimate('m', 1)], { starts: 2, seed: 1, spread })).toThrow(
      'starts between bounds: those of m are -Infinity to Infinity on the linear scale',
    )
    expect(() => startPoints([estimate('k', 1, 'log', 0, 5)], { starts: 2, seed: 1, spread })).toThrow('0 to 5')
    expect(() => startPoints(parameters, { starts: 0, seed: 1 })).toThrow('whole number from 1')
    expect(() => startPoints(parameters, { starts: 2, seed: 1, spread: 1 })).toThrow('a factor above 1, got 1')
  })
})

/** A wave whose frequency has a minimum of the sum of squares in each of many places. */
const wave = problemOf({
  model: formulaModel({ w: 1, A: 1 }, 'A*sin(w*t)'),
  estimated: [estimate('w', 8, 'linear', 0.1, 20), estimate('A', 1, 'log', 0.01, 100)],
  subjects: [
    subject(
      Array.from({ length: 25 }, (_, i) => ({
        endpoint: 0,
        time: 0.2 * i,
        value: 2 * sin(3 * 0.2 * i) + (i % 2 ? 0.05 : -0.05),
        sd: 0.1,
      })),
    ),
  ],
})
const points = startPoints(wave.estimated, { starts: 12, seed: 3, spread: 'bounds' })

describe('several starts', () => {
  it('find the minimum that one start misses, and say how many did', async () => {
    const single = await fit(wave)
    const { best, fits, order, groups, message } = await multiStart(wave, points, (started) => fit(started))
    expect(best.objective).toBeLessThan(0.1 * single.objective)
    expect(best.estimates[0]!.estimate).toBeCloseTo(3, 1)
    expect(fits).toHaveLength(12)
    expect(order.toSorted((a, b) => a - b)).toEqual(fits.map((_, k) => k))
    expect(fits[order[0]!]).toBe(best)
    order.forEach((place, k) => {
      if (k > 0) expect(fits[place]!.objective).toBeGreaterThanOrEqual(fits[order[k - 1]!]!.objective)
    })
    expect(groups.flatMap(({ members }) => members)).toHaveLength(12)
    expect(groups.length).toBeGreaterThan(1)
    expect(message).toContain(`${groups[0]!.members.length} of 12 starts reached the lowest objective`)
    expect(message).toContain('ended higher, from')
    expect(fits[0]!.objective).toBe(single.objective)
  })

  it('give the same bits whoever fits them, in whichever order', async () => {
    const here = await multiStart(wave, points, (started) => fit(started))
    const waiting: (() => void)[] = []
    const elsewhere = multiStart(wave, points, async (problem) => {
      await new Promise<void>((resolve) => waiting.push(resolve))
      return fit(problem)
    })
    await Promise.resolve()
    // the last comes first
    for (const go of waiting.reverse()) {
      go()
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(await elsewhere).toEqual(here)
  })

  it('are one at least', async () => {
    await expect(multiStart(wave, [], (started) => fit(started))).rejects.toThrow('there is no start')
  })

  it('include those that cannot be fitted, which change nothing for the others', async () => {
    const result = await multiStart(wave, points, async (problem, place) => {
      const found = await fit(problem)
      return place % 3 === 1 ? { ...found, objective: NaN, outcome: { status: 'failed', message: 'no' } } : found
    })
    expect(result.message).toContain('4 could not be fitted')
    expect(result.order.slice(-4)).toEqual([1, 4, 7, 10])
    expect(result.groups.flatMap(({ members }) => members)).toHaveLength(8)
  })
})

describe('a waterfall', () => {
  const base = { objective: 10, objectiveKind: 'minus-two-log-likelihood' } as const
  let template: FitResult | undefined
  const result = async (objective: number, estimates: readonly number[], se = 0.1): Promise<FitResult> => {
    template ??= await fit(wave, { maxIterations: 1 })
    return {
      ...template,
      ...base,
      objective,
      estimates: estimates.map((value, j) => ({
        ...template!.estimates[j]!,
        estimate: value,
        standardError: se,
        atBound: null,
      })),
    }
  }

  it('groups by objective and place, not by either alone', async () => {
    const fits = await Promise.all([
      result(12, [5, 1]),
      result(10, [3, 1]),
      result(10.001, [3.004, 1.002]),
      result(10.001, [4, 1]),
      result(NaN, [3, 1]),
      result(12.005, [5, 1]),
    ])
    const { order, groups, message } = waterfall(fits)
    expect(order).toEqual([1, 2, 3, 0, 5, 4])
    expect(groups.map(({ members }) => members)).toEqual([[1, 2], [3], [0, 5]])
    expect(message).toBe(
      '3 of 6 starts reached the lowest objective, 10; at 2 different places: these data do not determine every parameter; 2 ended higher, from 12; 1 could not be fitted',
    )
  })

  it('says when the best was found once only, and when there is none', async () => {
    expect(waterfall([await result(12, [5, 1]), await result(10, [3, 1])]).message).toContain('found once only')
    expect(waterfall([await result(NaN, [3, 1])])).toEqual({
      order: [0],
      groups: [],
      message: 'none of 1 starts could be fitted',
    })
  })

  it('takes sums of squares that are 0 to rounding for the same', async () => {
    const exact = problemOf({
      model: formulaModel({ k: 1 }, 'exp(-k*t)'),
      estimated: [estimate('k', 2, 'log')],
      subjects: [subject([0.5, 1, 2].map((time) => ({ endpoint: 0, time, value: exp(-1.3 * time), sd: 0.1 })))],
    })
    const six = startPoints(exact.estimated, { starts: 6, seed: 2, spread: 3 })
    const { groups } = await multiStart(exact, six, (started) => fit(started))
    expect(groups).toHaveLength(1)
  })
})

describe('a search without derivatives', () => {
  const near = { ...wave, estimated: [estimate('w', 2.8, 'linear', 0.1, 20), estimate('A', 1, 'log', 0.01, 100)] }

  it('finds the minimum of the search with them, with the same covariance', async () => {
    const exact = await fit(near)
    const simplex = await fit(near, { search: 'nelder-mead' })
    expect(simplex.outcome.status).toBe('converged')
    expect(simplex.objective).toBeCloseTo(exact.objective, 8)
    simplex.estimates.forEach(({ estimate: value, standardError }, j) => {
      expect(value).toBeCloseTo(exact.estimates[j]!.estimate, 5)
      expect(standardError).toBeCloseTo(exact.estimates[j]!.standardError, 5)
    })
  })

  it('stops when asked with its best values and their covariance', async () => {
    let asked = 0
    const result = await fit(near, { search: 'nelder-mead', shouldStop: () => ++asked > 60 })
    expect(result.outcome.status).toBe('stopped')
    expect(result.objective).toBeLessThan((await fit(near, { maxIterations: 0 })).objective)
    expect(result.estimates.every(({ standardError }) => standardError > 0)).toBe(true)
  })
})
