import { type Concentration, cellAplasia } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'

const rows = (pairs: readonly (readonly [number, number])[]): readonly Concentration[] =>
  pairs.map(([time, value]) => ({ time, value }))
const of = (series: readonly Concentration[], threshold = 10, options = {}) => {
  const { aplasia_onset, aplasia_return, aplasia_duration } = cellAplasia(series, threshold, options)
  return [aplasia_onset.value, aplasia_return.value, aplasia_duration.value]
}

describe('aplasia', () => {
  const course = rows([
    [-5, 100],
    [0, 100],
    [4, 20],
    [8, 0],
    [100, 0],
    [120, 20],
    [150, 80],
  ])

  it('lasts from crossing to crossing', () => {
    expect(of(course)).toEqual([6, 110, 104])
    expect(of(course.toReversed())).toEqual([6, 110, 104])
    expect(of(course, 5)).toEqual([7, 105, 98])
  })

  it('counts from the infusion', () => {
    const shifted = course.map((row) => ({ ...row, time: row.time + 30 }))
    expect(of(shifted, 10, { infusion: 30 })).toEqual([6, 110, 104])
  })

  it('that is there at the infusion begins with it', () => {
    expect(
      of(
        rows([
          [0, 0],
          [10, 0],
          [20, 20],
        ]),
      ),
    ).toEqual([0, 15, 15])
  })

  it('that does not end has no return, and says how far it was seen', () => {
    const { aplasia_return, aplasia_duration } = cellAplasia(
      rows([
        [0, 20],
        [10, 0],
        [50, 0],
      ]),
      10,
    )
    expect(aplasia_return).toMatchObject({ value: Number.NaN, note: 'still below 10 in the last sample, at time 50' })
    expect(aplasia_duration).toMatchObject({ value: 45, note: 'it goes on after the last sample, at time 50' })
  })

  it('that never is has no onset', () => {
    const { aplasia_onset, aplasia_return, aplasia_duration } = cellAplasia(
      rows([
        [0, 20],
        [30, 10],
      ]),
      10,
    )
    expect([aplasia_onset.value, aplasia_return.value, aplasia_duration.value]).toEqual([Number.NaN, Number.NaN, 0])
    expect(aplasia_onset.note).toBe('never below 10 from the infusion to time 30')
  })

  it('twice is counted twice; its return is the first', () => {
    const { aplasia_return } = cellAplasia(
      rows([
        [0, 0],
        [10, 20],
        [20, 0],
      ]),
      10,
    )
    expect(aplasia_return).toMatchObject({ value: 5, note: 'below again later' })
    expect(
      of(
        rows([
          [0, 0],
          [10, 20],
          [20, 0],
        ]),
      )[2],
    ).toBe(10)
  })

  it('values below quantification are 0', () => {
    expect(
      of([
        { time: 0, value: 50, censored: 'left' },
        { time: 10, value: 20 },
      ]),
    ).toEqual([0, 5, 5])
  })

  it.each([
    [rows([[0, 1]]), 0, 'threshold of aplasia must be positive, got 0'],
    [[], 1, 'no value stands at or after the infusion'],
    [
      rows([
        [0, 1],
        [0, 2],
      ]),
      1,
      'time 0 has two values',
    ],
    [rows([[0, Number.NaN]]), 1, 'a value of NaN at time 0'],
  ])('%j below %d is refused', (series, threshold, message) =>
    expect(() => cellAplasia(series, threshold)).toThrow(message),
  )
})
