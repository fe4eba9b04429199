import { describe, expect, it } from 'vitest'
import { cell, numberRows } from '../fixtures.ts'
import { compiled, courseAt } from './golden-course.ts'
import { distance, figuresOf, goldenFigures } from './golden-figures.ts'

describe('the reference figures', () => {
  const figures = figuresOf('kimmel')
  const { Bmin = Number.NaN, tBmin = Number.NaN, ...golden } = goldenFigures('kimmel')

  it('are met', () => {
    expect(Object.keys(figures).sort()).toEqual([...Object.keys(golden), 'Bmin', 'tBmin'].sort())
    for (const [key, value] of Object.entries(golden)) expect(distance(figures[key], value), key).toBeLessThan(1e-5)
  })

  it('of the smallest tumour, too, which the reference knows to 4 % and by whole days', () => {
    expect(Math.abs(Math.log10(figures['Bmin']! / Bmin))).toBeLessThan(0.02)
    expect(figures['Bmin']).toBeCloseTo(7.46e-14, 16)
    expect(Math.abs(figures['tBmin']! - tBmin)).toBeLessThan(0.5)
  })
})

describe('the reference course', () => {
  const rows = numberRows('evidence/golden/kimmel2021.csv')
  const days = Float64Array.from(rows, (row) => cell(row, 'day'))
  const course = courseAt(days, compiled('kimmel-2021'), 'kimmel-2021', { rtol: 1e-9, atol: 1e-24 })

  it.each(['N', 'C', 'B'])('of %s is met, of the tumour down to 1e-8 mL relatively, below by its logarithm', (name) => {
    const ours = course(name)
    for (const [k, row] of rows.entries()) {
      const golden = cell(row, name)
      if (name === 'B' && golden <= 1e-8) expect(Math.abs(Math.log10(ours[k]! / golden))).toBeLessThan(0.02)
      else expect(distance(ours[k], golden), `day ${cell(row, 'day')}`).toBeLessThan(1e-5)
    }
  })
})
