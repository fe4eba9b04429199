import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadDashboard } from './load-dashboard.ts'

interface Range {
  readonly low: number
  readonly high: number
}

const {
  decimate,
}: {
  decimate(
    times: Float64Array,
    values: Float64Array,
    range: Range,
    columns: number,
  ): { readonly times: readonly number[]; readonly values: readonly number[] }
} = await loadDashboard('plot/decimate.ts')
const {
  axisDomain,
}: {
  axisDomain(scale: 'linear' | 'log', values: Iterable<number>, pinned: Iterable<number>): Range
} = await loadDashboard('plot/axis-domain.ts')
interface Curves {
  readonly times: Float64Array
  readonly values: ReadonlyMap<string, Float64Array>
}

const {
  leavesView,
  outerCurves,
}: {
  leavesView(
    panel: { readonly quantities: readonly string[] },
    scale: 'linear' | 'log',
    shown: Range,
    axis: Range,
    curves: Curves,
  ): boolean
  outerCurves(population: { readonly times: Float64Array; readonly bands: ReadonlyMap<string, object> }): Curves[]
} = await loadDashboard('plot/panel-model.ts')
const { courseTimes, bandTimes }: Record<'courseTimes' | 'bandTimes', (start: number, end: number) => Float64Array> =
  await loadDashboard('state/course-times.ts')
const {
  latestOnly,
}: {
  latestOnly<I, O>(work: (input: I) => Promise<O>, done: (output: O, input: I) => void): (input: I) => void
} = await loadDashboard('compute/latest-only.ts')

describe('decimate', () => {
  const curve = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 2, maxLength: 300 })

  it('keeps points of the curve, in order, and the extremes of every pixel column', () => {
    fc.assert(
      fc.property(curve, fc.integer({ min: 1, max: 60 }), (list, columns) => {
        const values = Float64Array.from(list)
        const times = Float64Array.from(values, (_, k) => k)
        const range = { low: 0, high: values.length - 1 }
        const thin = decimate(times, values, range, columns)
        const kept = thin.times.map((day, k) => [day, thin.values[k]])
        expect(kept.every(([day, value], k) => values[day!] === value && (k === 0 || day! > kept[k - 1]![0]!))).toBe(
          true,
        )
        const perColumn = range.high / columns
        for (let column = 0; column < columns; column++) {
          const inside = (day: number) => Math.floor(day / perColumn) === column
          const all = [...values].filter((_, day) => inside(day))
          const few = thin.values.filter((_, k) => inside(thin.times[k]!))
          expect(few.length).toBeLessThanOrEqual(4)
          if (all.length === 0) continue
          expect(Math.max(...few)).toBe(Math.max(...all))
          expect(Math.min(...few)).toBe(Math.min(...all))
        }
      }),
    )
  })

  it('keeps one neighbour on either side of the times shown', () => {
    const times = Float64Array.from({ length: 11 }, (_, k) => k)
    expect(decimate(times, times, { low: 2.5, high: 6.5 }, 100).times).toEqual([2, 3, 4, 5, 6, 7, 8])
  })
})

describe('axisDomain', () => {
  it('holds all that is pinned, and of the curve what lies within five decades of its top', () => {
    const positive = fc.array(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(positive, positive, (values, pinned) => {
        const { low, high } = axisDomain('log', values, pinned)
        const top = Math.max(...values)
        for (const value of [...pinned, ...values.filter((value) => value >= top / 1e5)]) {
          expect(value).toBeGreaterThanOrEqual(low * (1 - 1e-9))
          expect(value).toBeLessThanOrEqual(high * (1 + 1e-9))
        }
      }),
    )
  })

  it('begins a linear axis at zero where the values come near it', () => {
    expect(axisDomain('linear', [0.3, 15.5], [16])).toEqual({ low: 0, high: 20 })
  })

  it('copes with nothing, zeros and no number at all', () => {
    expect(axisDomain('log', [0, -1, Number.NaN], [])).toEqual({ low: 0.1, high: 10 })
    expect(axisDomain('linear', [Number.NaN], [])).toEqual({ low: 0, high: 1 })
  })
})

describe('a panel', () => {
  const times = Float64Array.of(0, 1, 2)
  const curves = (...values: number[]): Curves => ({ times, values: new Map([['x', Float64Array.from(values)]]) })

  it('is left by curves above its axis or, on a linear one, below, at the times that are shown', () => {
    const panel = { quantities: ['x'] }
    const axis = { low: 1, high: 10 }
    const leaves = (scale: 'linear' | 'log', shown: Curves, end = 2) =>
      leavesView(panel, scale, { low: 0, high: end }, axis, shown)
    expect(leaves('linear', curves(1, 5, 10))).toBe(false)
    expect(leaves('linear', curves(1, 5, 11))).toBe(true)
    expect(leaves('linear', curves(0, 5, 10))).toBe(true)
    expect(leaves('log', curves(0, 5, 10))).toBe(false)
    expect(leaves('linear', curves(1, 5, 11), 0.5)).toBe(false)
  })

  it('has room for the outermost curves of a population', () => {
    const [low, high] = [Float64Array.of(1, 1, 1), Float64Array.of(3, 4, 5)]
    const band = { p5: low, p25: low, p50: low, p75: high, p95: high }
    expect(outerCurves({ times, bands: new Map([['x', band]]) }).map(({ values }) => values.get('x'))).toEqual([
      low,
      high,
    ])
  })
})

describe('times', () => {
  it.each([
    [-10, 730],
    [-7, 180],
    [0, 365],
    [0, 10],
    [-5, 27.3],
  ])('from day %d to %d rise and end there', (start, end) => {
    for (const times of [courseTimes(start, end), bandTimes(start, end)]) {
      expect(times[0]).toBe(start)
      expect(times.at(-1)).toBe(end)
      expect(times.every((time, k) => k === 0 || time > times[k - 1]!)).toBe(true)
    }
    expect(bandTimes(start, end).length).toBeLessThanOrEqual(200)
  })
})

describe('latestOnly', () => {
  it('runs one call at a time and ends with the last input, whatever the order of calls and answers', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 30 }), async (pauses) => {
        let running = 0
        let most = 0
        const done: number[] = []
        const request = latestOnly(
          async (input: number) => {
            most = Math.max(most, ++running)
            await new Promise((resolve) => setTimeout(resolve, 0))
            running--
            return input
          },
          (output, input) => {
            expect(output).toBe(input)
            done.push(input)
          },
        )
        for (const [k, pause] of pauses.entries()) {
          request(k)
          for (let turn = 0; turn < pause; turn++) await new Promise((resolve) => setTimeout(resolve, 0))
        }
        while (done.at(-1) !== pauses.length - 1) await new Promise((resolve) => setTimeout(resolve, 0))
        expect(most).toBe(1)
        expect(done).toEqual([...done].sort((a, b) => a - b))
      }),
      { numRuns: 20, examples: [[[0, 0, 0]]] },
    )
  })
})
