import { timeGrid } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { compiled, courseAt } from './golden-course.ts'
import { distance, figuresOf, goldenFigures } from './golden-figures.ts'

describe('predator and prey', () => {
  it('have the reference figures', () => {
    const figures = figuresOf('chaudhury_LV')
    const golden = goldenFigures('chaudhury_LV')
    expect(Object.keys(figures).sort()).toEqual(Object.keys(golden).sort())
    for (const [key, value] of Object.entries(golden)) expect(distance(figures[key], value), key).toBeLessThan(1e-5)
  })

  it('keep the constant of motion of Lotka and Volterra', () => {
    const course = courseAt(
      timeGrid(0, 60, 0.5),
      compiled('chaudhury-2020-lotka-volterra'),
      'chaudhury-2020-lotka-volterra',
    )
    const cells = course('C')
    const constants = course('U').map(
      (U, k) => 0.0018 * U - 0.16 * Math.log(U) + 1.5e-4 * cells[k]! - 0.15 * Math.log(cells[k]!),
    )
    for (const constant of constants) expect(constant).toBeCloseTo(constants[0]!, 5)
  })
})

it('expansion of first order has the reference figures; the tumour of day 28 is 0 but for rounding', () => {
  const figures = figuresOf('chaudhury_first_order')
  const golden = goldenFigures('chaudhury_first_order')
  expect(Object.keys(figures).sort()).toEqual(Object.keys(golden).sort())
  expect(distance(figures['CE_peak'], golden['CE_peak']!)).toBeLessThan(1e-5)
  expect(distance(figures['CE_peak'], 10 * Math.exp(9.3))).toBeLessThan(1e-7)
  expect(Math.abs(figures['U28']!)).toBeLessThan(1e-6)
})

it('saturable contact multiplies at most by its fastest rate, up to Tmax, and leaves persistent cells', () => {
  const days = timeGrid(0, 60, 0.1)
  const course = courseAt(days, compiled('chaudhury-2020-saturable'), 'chaudhury-2020-saturable')
  const cells = course('C_E')
  const persistent = course('C_P')
  for (let k = 1; k < days.length; k++) {
    expect(cells[k]!).toBeLessThanOrEqual(cells[k - 1]! * Math.exp(0.88) * (1 + 1e-6))
    if (days[k - 1]! >= 9.3) expect(cells[k]! / cells[k - 1]!).toBeCloseTo(Math.exp(-0.01612), 6)
    else expect(persistent[k]!).toBe(0)
  }
  expect(persistent.at(-1)!).toBeGreaterThan(0)
})
