import { libraryModel, minucciPatients } from '@cartkin/cart-models'
import { timeGrid } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { cell, modelOf, numberRows, packageFile } from '../fixtures.ts'
import { compiled, courseAt } from './golden-course.ts'
import { distance, figuresOf, goldenFigures } from './golden-figures.ts'

const file = 'evidence/golden/minucci2024_patients.csv'
const rows = numberRows(file)
const ids = packageFile(file)
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(',')[0])

it('has the 13 patients of the file', () => {
  const columns = ['BW_kg', 'fCD8_product', 'N0_tumour_cells', 'ndiv', 'fmem']
  expect(minucciPatients).toHaveLength(13)
  expect(minucciPatients).toEqual(
    rows.map((row, k) => ({ id: ids[k], ...Object.fromEntries(columns.map((name) => [name, cell(row, name)])) })),
  )
})

it('shows the patient whose peak comes on the median day, and the others as scenarios', () => {
  const { scenarios = [] } = libraryModel('minucci-2024')
  expect(scenarios.map(({ id }) => id)).toEqual(ids.filter((id) => id !== 'F0121').map((id) => id?.toLowerCase()))
  const values = Object.fromEntries(modelOf('minucci-2024').parameters.map(({ name, value }) => [name, value]))
  const { id, ...own } = minucciPatients.find((patient) => patient.id === 'F0121') ?? { id: '' }
  expect(id).toBe('F0121')
  expect(values).toMatchObject(own)
  const days = rows.map((row) => cell(row, 'simTmax_d')).toSorted((a, b) => a - b)
  expect(cell(rows[ids.indexOf('F0121')]!, 'simTmax_d')).toBe(days[6])
})

it('has the reference medians', () => {
  const figures = figuresOf('minucci')
  const golden = goldenFigures('minucci')
  expect(Object.keys(figures).sort()).toEqual(Object.keys(golden).sort())
  for (const [key, value] of Object.entries(golden)) expect(distance(figures[key], value), key).toBeLessThan(1e-5)
})

describe.each(minucciPatients)('patient $id', ({ id, ...parameters }) => {
  const row = rows[ids.indexOf(id)]!
  const days = timeGrid(0, 100, 0.1)
  const cells = courseAt(days, compiled('minucci-2024'), 'minucci-2024', { parameters })('CAR')

  it('has the reference peak, its day and the value on day 28', () => {
    const peak = Math.max(...cells)
    expect(distance(peak, cell(row, 'simCmax_cells_uL'))).toBeLessThan(1e-5)
    expect(days[cells.indexOf(peak)]).toBeCloseTo(cell(row, 'simTmax_d'), 9)
    expect(distance(cells[280], cell(row, 'simC28'))).toBeLessThan(1e-5)
  })

  it('begins with 1e6 cells for every kg', () => {
    expect(cells[0]).toBeCloseTo((parameters.BW_kg * 1e6) / 5e6, 9)
  })
})
