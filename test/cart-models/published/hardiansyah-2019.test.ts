import { describe, expect, it } from 'vitest'
import { distance, figuresOf, goldenFigures } from './golden-figures.ts'

describe.each(['hardiansyah_UPN1', 'hardiansyah_UPN3'])('%s', (name) => {
  const figures = figuresOf(name)
  const golden = goldenFigures(name)

  it('has the reference figures', () => {
    expect(Object.keys(figures).sort()).toEqual(Object.keys(golden).sort())
    for (const [key, value] of Object.entries(golden)) expect(distance(figures[key], value), key).toBeLessThan(1e-5)
  })
})
