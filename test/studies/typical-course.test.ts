import type { FitObservation } from '@cartkin/fitting'
import { describe, expect, it } from 'vitest'
import { typicalCourse } from '../../packages/studies/src/subjects/typical-course.ts'

const row = (time: number, value: number, censored?: 'left'): FitObservation => ({
  endpoint: 0,
  time,
  value,
  ...(censored === undefined ? {} : { censored }),
})

describe('the typical course of several subjects', () => {
  it('is the median at each nominal time, between two values on the log scale', () => {
    const rows = [row(7, 100), row(7, 10), row(1, 5), row(7, 1000), row(1, 20)]
    expect(typicalCourse(rows, 3).map(({ time, value }) => [time, Math.round(1e9 * value) / 1e9])).toEqual([
      [1, 10],
      [7, 100],
    ])
  })

  it('is below the limit where half of the values are', () => {
    const rows = [row(1, 90), row(28, 50, 'left'), row(28, 50, 'left'), row(28, 400), row(60, 50, 'left'), row(60, 80)]
    const found = typicalCourse(rows, 3)
    expect(found.map(({ censored }) => censored)).toEqual([undefined, 'left', 'left'])
  })

  it('puts times that are not nominal into about as many bins as a subject has', () => {
    const patients = Array.from({ length: 20 }, (_, k) => [
      row(1 + k / 100, 10),
      row(7 + k / 50, 90),
      row(28 + k / 20, 3),
    ])
    const found = typicalCourse(patients.flat(), 20)
    expect(found.map(({ value }) => Math.round(value))).toEqual([10, 90, 3])
    expect(found[1]?.time).toBeCloseTo(7.19, 2)
  })

  it('is what was observed of one subject, and where nothing of the middle is quantified', () => {
    const own = [row(1, 5), row(7, 80), row(14, 40)]
    expect(typicalCourse(own, 1).map(({ time, value }) => [time, Math.round(value)])).toEqual([
      [1, 5],
      [7, 80],
      [14, 40],
    ])
    const low = [row(1, 50, 'left'), row(1, 50, 'left'), row(1, 70)]
    expect(typicalCourse(low, 3)).toBe(low)
  })
})
