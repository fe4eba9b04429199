import { parameterVector, sampleRandomEffects, timeGrid } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { compiled, courseAt, goldenDeviations } from './golden-course.ts'
import { distance, figuresOf, goldenFigures } from './golden-figures.ts'

const columns = {
  totalCART_cells_uL: 'CAR',
  B_cells_uL: 'B',
  CD4: 'CD4',
  CD8: 'CD8',
  NT: 'NT',
  IFNa_pg_mL: 'IFNa',
  aab_IU_L: 'AAB',
  C3_mg_L: 'C3',
  PTU_mg_g: 'U',
}

describe('the printed model', () => {
  it('has 37 states', () => {
    expect(compiled('park-2025').model.states).toHaveLength(37)
  })

  it('has the reference figures', () => {
    const figures = figuresOf('park2025')
    const golden = goldenFigures('park2025')
    expect(Object.keys(figures).sort()).toEqual(Object.keys(golden).sort())
    for (const [key, value] of Object.entries(golden)) expect(distance(figures[key], value), key).toBeLessThan(1e-5)
  })

  it('has the reference course over two years', () => {
    const worst = goldenDeviations('park2025.csv', 'park-2025', columns, { atol: 1e-6 })
    for (const [column, deviation] of Object.entries(worst)) expect(deviation, column).toBeLessThan(1e-5)
  })

  it('has it with the default tolerances too, B cells on their way down to 4e-5', () => {
    const worst = goldenDeviations('park2025.csv', 'park-2025', columns, { rtol: 1e-6, atol: 1e-9 })
    for (const [column, deviation] of Object.entries(worst)) expect(deviation, column).toBeLessThan(4e-5)
  })
})

describe('day 90', () => {
  const course = courseAt(Float64Array.of(90), compiled('park-2025'), 'park-2025', { atol: 1e-6 })

  it.each([
    ['P8n', 11.511],
    ['P8cm', 2813.9],
    ['P8em', 506.87],
    ['P8ef', 967398],
    ['P4n', 11.68],
    ['P4cm', 2855],
    ['P4em', 514.28],
    ['P4ef', 992906],
    ['M8n', 44425],
    ['M8cm', 1.08595e7],
    ['M8em', 1.95615e6],
    ['M8ef', 8.67599e10],
    ['M4n', 45075],
    ['M4cm', 1.10182e7],
    ['M4em', 1.98475e6],
    ['M4ef', 8.90476e10],
    ['BR', 5.49886e7],
  ])('%s is %d cells/L', (name, value) => {
    expect(distance(course(name)[0], value)).toBeLessThan(6e-5)
  })
})

describe('dose scan', () => {
  const model = compiled('park-2025')
  const days = timeGrid(0, 30, 0.25)

  it.each([
    [1e6, 131.39, 8.75],
    [5e5, 105.7, 9.5],
    [1e5, 73.13, 11],
    [5e4, 68.82, 11.25],
    [1e4, 71.35, 12.5],
  ])('%d cells/kg peak at %d cells/uL on day %d', (dose, peak, day) => {
    const cells = courseAt(days, model, 'park-2025', { parameters: { dose }, atol: 1e-6 })('CAR')
    const later = cells.slice(9)
    expect(Math.max(...later)).toBeCloseTo(peak, 1)
    expect(distance(Math.max(...later), peak)).toBeLessThan(1e-4)
    expect(days[9 + later.indexOf(Math.max(...later))]).toBe(day)
  })
})

describe('fast antibodies', () => {
  it('run as the printed ones do', () => {
    const worst = goldenDeviations('park2025.csv', 'park-2025-fast', columns, { atol: 1e-6 })
    for (const [column, deviation] of Object.entries(worst)) expect(deviation, column).toBeLessThan(1e-5)
  })

  it('lie on their curve until B cells are below 1/uL, and stand still from there on', () => {
    const days = Float64Array.of(0, 0.5, 2, 4, 5.06, 5.07, 30, 365)
    const course = courseAt(days, compiled('park-2025-fast'), 'park-2025-fast', { atol: 1e-6 })
    const [antibody, cells, cd4, interferon] = ['AAB', 'BP', 'CD4', 'IFN'].map(course)
    for (const [k, day] of days.entries()) {
      const curve = 470000 * (cells![k]! / 1.43e8) * (cd4![k]! / cd4![0]!) * (interferon![k]! / 21000) ** 0.09
      expect(distance(antibody![k], day > 5.066 ? 452.882 : curve), `day ${day}`).toBeLessThan(1e-6)
    }
  })
})

it('has virtual patients who all finish, with peaks as the published population has them: median 111.8, 37 to 450', () => {
  const model = compiled('park-2025-fast')
  const { parameters } = model.model
  const typical = parameterVector(model.model, {})
  const days = timeGrid(0, 100, 0.5)
  const peaks = Array.from({ length: 200 }, (_, index) => {
    const drawn = sampleRandomEffects(model.model, typical, { seed: 1, index })
    const own = Object.fromEntries(parameters.map(({ name }, k) => [name, drawn[k]!]))
    return Math.max(
      ...courseAt(days, model, 'park-2025-fast', { parameters: own, rtol: 1e-4, atol: 1e-9 })('CAR').slice(5),
    )
  }).sort((a, b) => a - b)
  expect(peaks[5]).toBeGreaterThan(25)
  expect(peaks[100]).toBeGreaterThan(100)
  expect(peaks[100]).toBeLessThan(150)
  expect(peaks[194]).toBeLessThan(700)
})
