import { describe, expect, it } from 'vitest'
import { distance, figuresOf, goldenFigures } from './golden-figures.ts'

describe.each(['singh_50M', 'singh_450M'])('%s', (name) => {
  const figures = figuresOf(name)
  const golden = goldenFigures(name)

  it('has the reference figures', () => {
    expect(Object.keys(figures).sort()).toEqual(Object.keys(golden).sort())
    for (const [key, value] of Object.entries(golden)) expect(distance(figures[key], value), key).toBeLessThan(1e-5)
  })
})

it('nine times the cells bring a lower and earlier peak: the tumour sets it, not the dose', () => {
  const { transgene_peak: low = Number.NaN, Tpeak: late } = figuresOf('singh_50M')
  const { transgene_peak: high = Number.NaN, Tpeak: early } = figuresOf('singh_450M')
  expect(high / low).toBeCloseTo(0.955, 2)
  expect(early).toBeLessThan(late ?? Number.NaN)
})
