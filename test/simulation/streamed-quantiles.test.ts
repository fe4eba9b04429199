import { quantile, randomStream } from '@cartkin/numerics'
import { CourseQuantiles } from '@cartkin/simulation'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { roomFor, StreamedQuantiles } from '../../packages/simulation/src/populations/streamed-quantiles.ts'

const usual = [0.05, 0.25, 0.5, 0.75, 0.95]

function streamed(levels: readonly number[], values: Float64Array, room?: number): readonly number[] | null {
  const quantiles = new StreamedQuantiles(levels, values.length, room)
  for (let k = 0; k < values.length; k += 7) quantiles.add(values.subarray(k, k + 7))
  expect(quantiles.count).toBe(values.length)
  return quantiles.quantiles()
}

function sorted(levels: readonly number[], values: ArrayLike<number>): readonly number[] {
  // zeros have no sign
  const unsigned = Float64Array.from(values, (value) => value + 0)
  return levels.map((level) => (values.length === 0 ? Number.NaN : quantile(unsigned, level)))
}

/** Samples of many kinds, by seed. */
const kinds: Readonly<Record<string, (seed: number) => (k: number) => number>> = {
  'normal deviates': (seed) => randomStream({ seed }).normal,
  'values over many decades': (seed) => {
    const { normal } = randomStream({ seed })
    return (k) => Math.exp(9 * normal(k))
  },
  grades: (seed) => {
    const { uniform } = randomStream({ seed })
    return (k) => [0, 0, 0, 0, 0, 0, 0, 1, 1, 2][Math.floor(10 * uniform(k))]!
  },
  'grades among other values': (seed) => {
    const { uniform, normal } = randomStream({ seed })
    return (k) => (uniform(2 * k) < 0.6 ? [-1, 0, -0, 0.5][Math.floor(4 * uniform(2 * k))]! : normal(2 * k + 1))
  },
  'one value': () => () => 7,
  'two lumps': (seed) => {
    const { uniform, normal } = randomStream({ seed })
    return (k) => (uniform(2 * k) < 0.5 ? -1e6 : 1e6) + normal(2 * k + 1)
  },
  'rounded values': (seed) => {
    const { normal } = randomStream({ seed })
    return (k) => Math.round(300 * normal(k))
  },
}

describe('streamed quantiles', () => {
  it.each(Object.entries(kinds))('of %s are those of a sort', (_, kind) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 0, max: 21_000 }), (seed, count) => {
        const values = Float64Array.from({ length: count }, (_, k) => k).map(kind(seed))
        expect(streamed(usual, values)).toEqual(sorted(usual, values))
      }),
      { numRuns: 12 },
    )
  })

  it('are those of a sort at any levels, known at any time', () => {
    const { normal } = randomStream({ seed: 8 })
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 7 }),
        fc.integer({ min: 1, max: 12_000 }),
        (levels, count) => {
          const values = Float64Array.from({ length: 12_000 }, (_, k) => normal(k))
          const quantiles = new StreamedQuantiles(levels, values.length)
          quantiles.add(values.subarray(0, count))
          expect(quantiles.quantiles()).toEqual(sorted(levels, values.subarray(0, count)))
        },
      ),
      { numRuns: 20 },
    )
  })

  it('are never wrong, but may be unknown, where values come in order or there is too little room', () => {
    const { normal } = randomStream({ seed: 3 })
    const random = Float64Array.from({ length: 9000 }, (_, k) => normal(k))
    const orders = [random.toSorted(), random.toSorted().reverse(), random]
    const found = orders.flatMap((values) =>
      [undefined, 2100, 1000, 40].map((room) => ({ values, quantiles: streamed(usual, values, room) })),
    )
    for (const { values, quantiles } of found) if (quantiles !== null) expect(quantiles).toEqual(sorted(usual, values))
    expect(found.some(({ quantiles }) => quantiles === null)).toBe(true)
    expect(found.at(-4)?.quantiles).not.toBeNull()
  })

  it('take room that grows with the square root', () => {
    expect(roomFor(usual, 1000)).toBe(1000)
    expect(roomFor(usual, 10_000)).toBeLessThan(3800)
    expect(roomFor(usual, 1_000_000)).toBeLessThan(40_000)
  })
})

describe('courses of a population', () => {
  const levels = [0.1, 0.5]
  const courses = (rows: readonly (readonly number[])[]) => Float64Array.from(rows.flat())

  it('have quantiles at each time over the subjects with a finite value', () => {
    const gathered = new CourseQuantiles(levels, 4, 3)
    gathered.put(courses([[1, 2, NaN]]))
    gathered.put(
      courses([
        [3, NaN, NaN],
        [5, Infinity, NaN],
      ]),
    )
    const { values, subjects } = gathered.percentiles()
    expect([...subjects]).toEqual([3, 1, 0])
    expect([...values]).toEqual([1.4, 3, 2, 2, NaN, NaN])
  })

  it('that came in a strange order are put once more, and then resolved', () => {
    const count = 9000
    const rows = Array.from({ length: count }, (_, k) => [k * k, (k * 7919) % count])
    const gathered = new CourseQuantiles(levels, count, 2)
    gathered.put(courses(rows))
    expect(gathered.again()).toBe(true)
    const first = gathered.percentiles()
    gathered.put(courses(rows))
    expect(gathered.again()).toBe(false)
    const { values, subjects } = gathered.percentiles()
    const wanted = [0, 1].flatMap((i) =>
      sorted(
        levels,
        rows.map((row) => row[i]!),
      ),
    )
    expect([...values]).toEqual(wanted)
    expect([...subjects]).toEqual([count, count])
    expect([...first.values.subarray(2)]).toEqual(wanted.slice(2))
  })
})
