import { libraryModel } from '@cartkin/cart-models'
import { parameterVector, sampleRandomEffects, timeGrid } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { courseAt, deviation, drawnVariance, peak, publishedModel } from './published-model.ts'

const model = publishedModel(libraryModel('singh-2021').text, ['[L/mol/s] Binding', '[L/mol/day] Binding'])

const days = Float64Array.from([...timeGrid(0, 30, 0.05), ...timeGrid(30.5, 200, 0.5)])
const infusion = (cells: number) => [{ time: 0, evid: 1, cmt: 'E_b', amt: cells }] as const

describe.each([
  // dose, transgene peak, its day and the lowest M-protein of the independent simulation; the peak of the publication
  [50e6, 37444.85413643294, 16.3, -92.49204836739413, 37411],
  [450e6, 35773.94170662218, 14.2, -92.34642681286805, 35743],
])('an infusion of %d cells', (dose, cmax, tmax, nadir, published) => {
  const course = courseAt(days, model, { records: infusion(dose) })

  it('brings the transgene to its peak after the infused cells have left the blood', () => {
    const found = peak(days, course('transgene'), 1.001)
    expect(deviation(found.value, cmax)).toBeLessThan(1e-5)
    expect(found.at).toBe(tmax)
    expect(deviation(found.value, published)).toBeLessThan(2e-3)
    expect(deviation(course('transgene')[0]!, (0.002 * dose) / 5)).toBeLessThan(1e-12)
  })

  it('lowers the M-protein', () => {
    expect(Math.min(...course('MChange'))).toBeCloseTo(nadir, 4)
  })
})

it('450e6 cells: transgene on days 7, 14, 28 and 90, and the least tumour', () => {
  const at = Float64Array.of(7, 14, 28, 90)
  const transgene = courseAt(at, model, { records: infusion(450e6) })('transgene')
  for (const [k, value] of [3652, 35743, 5991.8, 134.06].entries())
    expect(deviation(transgene[k]!, value)).toBeLessThan(2e-5)
  expect(Math.min(...courseAt(days, model, { records: infusion(450e6) })('Tu'))).toBeCloseTo(14591, -1)
})

it('without cells the tumour grows and its products follow', () => {
  const grid = timeGrid(0, 100, 50)
  const course = courseAt(grid, model, { given: { E0: 0 } })
  const tumour = course('Tu')
  expect(deviation(tumour[2]!, 2.5e9 * Math.exp(0.8))).toBeLessThan(1e-5)
  expect(course('sBCMA')[2]!).toBeGreaterThan(course('sBCMA')[0]!)
})

describe('a population', () => {
  const typical = parameterVector(model.model)

  it.each([
    ['eta.Kexp', 0.22],
    ['eta.Kkill', 0.5],
    ['eta.gamma_m', 0.21],
    ['eta.gamma_b', 1],
    ['eta.K12', 0.5],
    ['eta.K21', 0.5],
    ['eta.Kel_e', 0.5],
    ['eta.Kel_m', 0.5],
  ])('has the published standard deviation of %s', (name, sd) => {
    expect(deviation(drawnVariance(model, typical, name), sd * sd)).toBeLessThan(0.1)
  })

  it('runs, and its tumours answer differently', () => {
    const months = timeGrid(0, 90, 1)
    const answers = Array.from({ length: 20 }, (_, index) => {
      const parameters = sampleRandomEffects(model.model, typical, { seed: 11, index })
      return Math.min(...courseAt(months, model, { parameters, records: infusion(450e6) })('MChange'))
    })
    expect(answers.every((nadir) => nadir > -100 && nadir < 1)).toBe(true)
    expect(Math.max(...answers) - Math.min(...answers)).toBeGreaterThan(5)
  })
})
