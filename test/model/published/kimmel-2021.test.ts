import { libraryModel } from '@cartkin/cart-models'
import { timeGrid } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { courseAt, deviation, goldenRows, peak, publishedModel } from './published-model.ts'

const { text } = libraryModel('kimmel-2021')
const model = publishedModel(text, ['[cells/uL] CAR-T cells for half', '[mL] CAR-T cells for half'])

describe('the course', () => {
  const rows = goldenRows('kimmel2021.csv', ['day', 'N', 'C', 'B'])
  const course = courseAt(
    Float64Array.from(rows, ({ day }) => day),
    model,
  )

  it.each(['N', 'C'] as const)('of %s is that of the independent simulation over 180 days', (name) => {
    const values = course(name)
    expect(rows.length).toBeGreaterThan(100)
    for (const [k, row] of rows.entries()) expect(deviation(values[k]!, row[name])).toBeLessThan(1e-5)
  })

  it('of the tumour too, down to the absolute tolerance of the solver', () => {
    const values = course('B')
    for (const [k, { B }] of rows.entries()) expect(Math.abs(values[k]! - B)).toBeLessThanOrEqual(1e-5 * B + 1e-9)
  })

  it('of CAR-T cells peaks on day 7 and has the published order of magnitude later', () => {
    const grid = timeGrid(0, 30, 0.01)
    const { value, at } = peak(grid, courseAt(grid, model)('C'))
    expect(deviation(value, 30.108957538308847)).toBeLessThan(1e-5)
    expect(at).toBeCloseTo(7.01, 8)
    // day, value re-simulated, range of the patients
    for (const [day, derived, low, high] of [
      [7, 30.1, 16.5, 57.5],
      [14, 9.0, 3.8, 31.1],
      [28, 2.5, 0.6, 6.1],
      [90, 0.34, 0.01, 0.4],
    ] as const) {
      const [cells = Number.NaN] = courseAt(Float64Array.of(day), model)('C')
      expect(cells.toPrecision(2)).toBe(derived.toPrecision(2))
      expect(cells).toBeGreaterThan(low)
      expect(cells).toBeLessThan(high)
    }
  })
})

it('is at rest with the normal cells at their capacity and nothing else', () => {
  const grid = timeGrid(0, 100, 10)
  const course = courseAt(grid, model, { given: { N0: 500, C0: 0, B0: 0 } })
  for (const name of ['N', 'C', 'B']) {
    const values = course(name)
    for (const value of values) expect(value).toBeCloseTo(values[0]!, 11)
  }
})
