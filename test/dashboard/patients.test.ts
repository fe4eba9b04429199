import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadDashboard } from './load-dashboard.ts'

interface Scales {
  x(time: number): number
  y(value: number): number
  time(x: number): number
}

interface ManyCurves {
  readonly times: Float64Array
  readonly parts: readonly Float64Array[]
}

interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

const {
  nearestPatient,
  patientsInBox,
  neighbourAt,
}: {
  nearestPatient(
    curves: ManyCurves,
    scales: Scales,
    x: number,
    y: number,
    reach: number,
  ): { readonly patient: number; readonly distance: number } | null
  patientsInBox(curves: ManyCurves, scales: Scales, box: Box): readonly number[]
  neighbourAt(curves: ManyCurves, time: number, from: number | null, by: 1 | -1, value: number): number | null
} = await loadDashboard('plot/patient-search.ts')
const { selectedWith, noneSelected } = await loadDashboard('plot/selected.ts')
const { drawnFacts, subjectFacts } = await loadDashboard('plot/selected-people.ts')
const { pixelScales } = await loadDashboard('plot/plot-frame.ts')

const frame = (scale: 'linear' | 'log') => ({
  ...{ width: 400, height: 200, timeUnit: 'day', scale },
  ...{ period: { low: 0, high: 10 }, values: { low: 1, high: 100 } },
})
const times = Float64Array.of(0, 1, 3, 4, 7, 10)

/** Places on every curve, so close that no piece of it lies between them unseen. */
function placesOf({ times: at, parts }: ManyCurves, scales: Scales): readonly (readonly [number, number])[][] {
  return parts.flatMap((part) =>
    Array.from({ length: part.length / at.length }, (_, k) =>
      Array.from({ length: at.length - 1 }, (__, i) => i).flatMap((i) => {
        const [t0 = 0, t1 = 0] = [at[i], at[i + 1]]
        const [y0, y1] = [k * at.length + i, k * at.length + i + 1].map((place) => scales.y(part[place] ?? Number.NaN))
        if (y0 === undefined || y1 === undefined || !Number.isFinite(y0) || !Number.isFinite(y1)) return []
        return Array.from({ length: 801 }, (___, n): readonly [number, number] => [
          scales.x(t0) + (n / 800) * (scales.x(t1) - scales.x(t0)),
          y0 + (n / 800) * (y1 - y0),
        ])
      }),
    ),
  )
}

const value = fc.oneof(fc.double({ min: 0.5, max: 150, noNaN: true }), fc.constant(0), fc.constant(Number.NaN))
const part = fc.array(value, { minLength: 12, maxLength: 12 }).map((values) => Float64Array.from(values))
const many = fc.tuple(part, part).map((parts): ManyCurves => ({ times, parts }))
const scale = fc.constantFrom('linear', 'log')
const x = fc.integer({ min: 0, max: 400 })
const y = fc.integer({ min: 0, max: 200 })

describe('a search among curves', () => {
  it('finds the nearest one, as going along all of them does', () => {
    fc.assert(
      fc.property(many, scale, x, y, (curves, kind, px, py) => {
        const scales: Scales = pixelScales(frame(kind === 'log' ? 'log' : 'linear'))
        const distances = placesOf(curves, scales).map((places) =>
          places.reduce((least, [a, b]) => Math.min(least, Math.hypot(a - px, b - py)), Infinity),
        )
        const least = distances.reduce((a, b) => Math.min(a, b), Infinity)
        const found = nearestPatient(curves, scales, px, py, 8)
        if (found === null) expect(least).toBeGreaterThan(7.9)
        else {
          expect(found.distance).toBeLessThanOrEqual(least + 1e-9)
          expect(Math.abs((distances[found.patient] ?? 0) - found.distance)).toBeLessThan(0.6)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('finds those that go through a box, and no others', () => {
    fc.assert(
      fc.property(many, scale, x, y, fc.integer({ min: 1, max: 120 }), (curves, kind, left, top, size) => {
        const scales: Scales = pixelScales(frame(kind === 'log' ? 'log' : 'linear'))
        const box = { left, top, right: left + size, bottom: top + size / 2 }
        const within = (by: number): readonly number[] =>
          placesOf(curves, scales).flatMap((places, patient) => {
            const isInside = ([a, b]: readonly [number, number]): boolean =>
              a >= left - by && a <= box.right + by && b >= top - by && b <= box.bottom + by
            return places.some(isInside) ? [patient] : []
          })
        const found = patientsInBox(curves, scales, box)
        for (const patient of within(0)) expect(found).toContain(patient)
        for (const patient of found) expect(within(1)).toContain(patient)
        expect(found.toSorted((a, b) => a - b)).toEqual(found)
      }),
      { numRuns: 60 },
    )
  })

  it('goes from one to the next by their values at a time', () => {
    const at = Float64Array.of(0, 2)
    const curves = { times: at, parts: [Float64Array.of(1, 5, 2, 4), Float64Array.of(3, 3, 9, Number.NaN)] }
    // at time 1: 3, 3, 3 and nothing; at time 0: 1, 2, 3, 9
    expect(neighbourAt(curves, 0, null, 1, 2.5)).toBe(2)
    expect(neighbourAt(curves, 0, 2, 1, 0)).toBe(3)
    expect(neighbourAt(curves, 0, 3, 1, 0)).toBe(3)
    expect(neighbourAt(curves, 0, 2, -1, 0)).toBe(1)
    expect(neighbourAt(curves, 2, 3, 1, 100)).toBe(0)
  })
})

describe('a selection', () => {
  it('is replaced, or gets more; one that is there is taken away', () => {
    const some = { virtual: [3, 7], subjects: ['A'] }
    expect(selectedWith(some, { virtual: [5], subjects: [] }, false)).toEqual({ virtual: [5], subjects: [] })
    expect(selectedWith(some, { virtual: [5], subjects: [] }, true)).toEqual({ virtual: [3, 5, 7], subjects: ['A'] })
    expect(selectedWith(some, { virtual: [7], subjects: [] }, true)).toEqual({ virtual: [3], subjects: ['A'] })
    expect(selectedWith(some, { virtual: [], subjects: ['A'] }, true)).toEqual({ virtual: [3, 7], subjects: [] })
    expect(selectedWith(some, noneSelected, false)).toEqual(noneSelected)
  })

  it('is told by what was drawn, that which sets it apart first', () => {
    const drawn = Float64Array.from([1, 10, 2, 40, 3, 20, 4, 30])
    const patients = { drawnNames: ['a', 'b'], parts: [{ drawn: drawn.slice(0, 4) }, { drawn: drawn.slice(4) }] }
    expect(drawnFacts(patients, [1])).toEqual([
      { name: 'b', value: 40, below: 0.875 },
      { name: 'a', value: 2, below: 0.375 },
    ])
    expect(drawnFacts(patients, [2, 3]).map(({ name }: { name: string }) => name)).toEqual(['a', 'b'])
  })

  it('is told by the covariates of the data', () => {
    const data = {
      subjects: [
        {
          id: '1',
          records: [
            { time: 0, evid: 0 },
            { time: 1, evid: 0, covariates: { age: 60 } },
          ],
        },
        { id: '2', records: [] },
      ],
    }
    expect(subjectFacts(data, ['2', '1', '9'])).toEqual([
      { name: '2', covariates: [] },
      { name: '1', covariates: [['age', 60]] },
    ])
  })
})
