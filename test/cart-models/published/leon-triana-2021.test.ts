import { timeGrid } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { compiled, courseAt, goldenDeviations } from './golden-course.ts'
import { distance, figuresOf, goldenFigures } from './golden-figures.ts'

describe('without precursors', () => {
  it('has the reference figures', () => {
    const figures = figuresOf('leon_triana')
    const golden = goldenFigures('leon_triana')
    expect(Object.keys(figures).sort()).toEqual(Object.keys(golden).sort())
    for (const [key, value] of Object.entries(golden)) expect(distance(figures[key], value), key).toBeLessThan(1e-5)
  })

  it.each([1e-6, 1e-8])('has the reference course, tolerance %d', (rtol) => {
    const worst = goldenDeviations('leontriana2021.csv', 'leon-triana-2021', { C: 'C', L: 'L', B: 'B' }, { rtol })
    for (const [column, deviation] of Object.entries(worst)) expect(deviation, column).toBeLessThan(1e-5)
  })
})

describe('with precursors', () => {
  const model = compiled('leon-triana-2021-precursors')
  const course = (parameters: Readonly<Record<string, number>>) =>
    courseAt(timeGrid(0, 300, 1), model, 'leon-triana-2021-precursors', { parameters })

  it('is the model without them once there are none', () => {
    const own = courseAt(timeGrid(0, 300, 1), compiled('leon-triana-2021'), 'leon-triana-2021')
    const none = course({ I0: 0 })
    for (const name of ['C', 'L', 'B']) {
      const [a, b] = [own(name), none(name)]
      for (const [k, value] of a.entries()) expect(distance(b[k], value)).toBeLessThan(1e-6)
    }
  })

  it('makes healthy B cells return to I0·tauB/tauI', () => {
    const cells = course({ L0: 1, dose: 0 })('B')
    // B − B∞ falls with tauB from its start, as long as there are no CAR-T cells to speak of
    const rest = (1e7 * 60) / 6
    expect(distance(cells[300], rest + (2.5e10 - rest) * Math.exp(-300 / 60))).toBeLessThan(1e-6)
  })

  it('expands hardly more: the term lacks the CAR-T cells', () => {
    expect(distance(Math.max(...course({})('C')), Math.max(...course({ beta: 0 })('C')))).toBeLessThan(1e-6)
  })
})
