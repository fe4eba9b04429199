import { muellerSchoellPatients } from '@cartkin/cart-models'
import { expect, it } from 'vitest'
import { cell, numberRows } from '../fixtures.ts'
import { distance, figuresOf, goldenFigures } from './golden-figures.ts'

it('has the 19 patients of the file', () => {
  const rows = numberRows('evidence/golden/muellerschoell2021_patients.csv')
  const columns = ['id', 'mtv_mL', 'prior_asct', 'cd4cd8_d7', 'low_expansion']
  expect(muellerSchoellPatients).toHaveLength(19)
  expect(muellerSchoellPatients).toEqual(
    rows.map((row) => Object.fromEntries(columns.map((name) => [name, cell(row, name)]))),
  )
})

it('has the reference medians of both classes', () => {
  const figures = figuresOf('mueller_schoell')
  const golden = goldenFigures('mueller_schoell')
  expect(Object.keys(figures).sort()).toEqual(Object.keys(golden).sort())
  for (const [key, value] of Object.entries(golden)) expect(distance(figures[key], value), key).toBeLessThan(1e-5)
})
