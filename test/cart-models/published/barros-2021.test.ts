import { libraryModel } from '@cartkin/cart-models'
import { parameterVector, regimenRecords, simulateSubject, timeGrid } from '@cartkin/simulation'
import { expect, it } from 'vitest'
import { compiled, courseAt } from './golden-course.ts'
import { distance, figuresOf, goldenFigures } from './golden-figures.ts'

const library = libraryModel('barros-2021')

it('has the reference figures; the tumour of day 60 is 0 but for rounding', () => {
  const figures = figuresOf('cartmath_HDLM')
  const { T_at_60: _, ...golden } = goldenFigures('cartmath_HDLM')
  expect(Object.keys(figures).sort()).toEqual([...Object.keys(golden), 'T_at_60'].sort())
  for (const [key, value] of Object.entries(golden)) expect(distance(figures[key], value), key).toBeLessThan(1e-5)
  expect(Math.abs(figures['T_at_60']!)).toBeLessThan(1e-6)
})

it('grows by its logistic law until day 42', () => {
  const T = courseAt(timeGrid(0, 42, 6), compiled('barros-2021'), 'barros-2021')('T')
  T.forEach((cells, k) => {
    const grown = Math.exp(0.05650026 * 6 * k)
    expect(distance(cells, (2e6 * grown) / (1 + 1.404029e-12 * 2e6 * (grown - 1)))).toBeLessThan(1e-7)
  })
})

/** Tumour of a scenario at a time. */
function tumour(id: string, day: number): number {
  const scenario = library.scenarios?.find((candidate) => candidate.id === id)
  if (scenario === undefined) throw new Error(`no scenario ${id}`)
  const model = compiled('barros-2021')
  const parameters = parameterVector(model.model, scenario.parameters)
  const records = regimenRecords(model.model, scenario.regimen, parameters)
  const run = simulateSubject({ model, parameters, records, start: 0, end: day })
  return run.value(
    model.model.states.findIndex(({ name }) => name === 'T'),
    day,
  )
}

it('has a tumour that CAR-T cells clear, later where they come later, and that grows without them', () => {
  expect(tumour('untreated', 60)).toBeGreaterThan(5e7)
  expect(Math.abs(tumour('day-45', 60))).toBeLessThan(1e-6)
  expect(tumour('day-45', 44)).toBe(tumour('untreated', 44))
})

it('of Raji, IDO protects the tumour and its inhibitor takes back most of that', () => {
  expect(tumour('raji', 15)).toBeLessThan(tumour('raji-ido-1mt', 15))
  expect(tumour('raji-ido-1mt', 15)).toBeLessThan(tumour('raji-ido', 15) / 2)
})
