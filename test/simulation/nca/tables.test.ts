import {
  type AnalysedCourse,
  type EventRecord,
  givenDoses,
  ncaSummary,
  ncaSummaryTable,
  ncaTable,
  observedCourses,
  seriesOfDose,
  usedPointsTable,
} from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'

const course = (id: string, Cmax: number, beta: number, quantity = 'C'): AnalysedCourse => ({
  id,
  quantity,
  figures: [
    { name: 'Cmax', label: '', unit: 'mg/L', value: Cmax, note: '' },
    { name: 'beta', label: '', unit: '1/h', value: beta, note: Number.isNaN(beta) ? 'one phase' : '' },
  ],
  used: [{ phase: 'terminal', time: 3, value: 2 }],
})
const courses = [course('a', 1, -1), course('b', 10, 2), course('c', 100, Number.NaN), course('a', 7, 1, 'D')]

describe('tables', () => {
  it('have a row per figure, per point, and per figure over the subjects', () => {
    const rows = (table: ReturnType<typeof ncaTable>) => table.columns[0]?.values.length
    expect([ncaTable(courses), usedPointsTable(courses), ncaSummaryTable(ncaSummary(courses))].map(rows)).toEqual([
      8, 4, 4,
    ])
  })

  it('of a summary count the subjects in which a figure is defined', () => {
    const [peak, beta, other] = ncaSummary(courses)
    expect(peak).toEqual({
      quantity: 'C',
      name: 'Cmax',
      unit: 'mg/L',
      n: 3,
      geometricMean: expect.closeTo(10, 12),
      // standard deviation of the logarithms: log(10)
      geometricCV: expect.closeTo(100 * Math.sqrt(Math.exp(Math.LN10 ** 2) - 1), 8),
      median: 10,
      minimum: 1,
      maximum: 100,
      reason: '',
    })
    expect(beta).toMatchObject({ n: 2, geometricMean: Number.NaN, median: 0.5, reason: 'one phase' })
    expect(other).toMatchObject({ quantity: 'D', n: 1, geometricMean: expect.closeTo(7, 12), geometricCV: Number.NaN })
  })
})

describe('courses of event data', () => {
  const observation = (time: number, dv: number, more: Partial<EventRecord> = {}): EventRecord => ({
    time,
    evid: 0,
    dv,
    ...more,
  })
  const records: readonly EventRecord[] = [
    observation(-1, 9),
    { time: 0, evid: 1, amt: 10, rate: 5, ii: 12, addl: 1 },
    observation(6, 4, { endpoint: 'B' }),
    observation(6, 3),
    { time: 7, evid: 0, mdv: true },
    observation(12, 2, { cens: 1 }),
    observation(20, 8, { cens: -1 }),
    { time: 24, evid: 1, amt: 20, ii: 24, ss: 1 },
    observation(24, 7),
  ]

  it('are one per thing that was measured, in its order', () => {
    expect(observedCourses([{ id: 'x', records, parameters: {} }])).toEqual([
      {
        id: 'x',
        quantity: '',
        series: [
          { time: -1, value: 9 },
          { time: 6, value: 3 },
          { time: 12, value: 2, censored: 'left' },
          { time: 20, value: 8, censored: 'right' },
          { time: 24, value: 7 },
        ],
      },
      { id: 'x', quantity: 'B', series: [{ time: 6, value: 4 }] },
    ])
  })

  it('have their doses, additional ones too', () => {
    expect(givenDoses(records)).toEqual([
      { time: 0, amount: 10, duration: 2, record: 1 },
      { time: 12, amount: 10, duration: 2, record: 1 },
      { time: 24, amount: 20, tau: 24, record: 7 },
    ])
  })

  it('end with the trough before the next dose', () => {
    const [own] = observedCourses([{ id: 'x', records, parameters: {} }])
    const times = givenDoses(records).map(
      (dose) => own && seriesOfDose(records, own, dose, false).map(({ time }) => time),
    )
    expect(times).toEqual([
      [-1, 6],
      [-1, 6, 12, 20],
      [-1, 6, 12, 20, 24],
    ])
  })

  it('a sample whose row stands before that of a bolus is no C0', () => {
    const rows = [
      observation(0, 5),
      { time: 0, evid: 1, amt: 10 } as const,
      observation(1, 8),
      observation(12, 2),
      { time: 12, evid: 1, amt: 10 } as const,
      observation(13, 9),
    ]
    const [own] = observedCourses([{ id: 'x', records: rows, parameters: {} }])
    const [first] = givenDoses(rows)
    const timesOf = (bolus: boolean) => own && first && seriesOfDose(rows, own, first, bolus).map(({ time }) => time)
    expect(timesOf(true)).toEqual([1, 12])
    expect(timesOf(false)).toEqual([0, 1, 12])
  })
})
