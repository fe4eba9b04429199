import { libraryModel } from '@cartkin/cart-models'
import { parameterVector, regimenRecords, timeGrid } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { courseAt, deviation, goldenRows, median, peak, publishedModel } from './published-model.ts'

const { text, regimen } = libraryModel('minucci-2024')
const model = publishedModel(text, ['[nmol/L] CD19 for', '[mol/L] CD19 for'])

const patients = goldenRows('minucci2024_patients.csv', [
  'BW_kg',
  'fCD8_product',
  'N0_tumour_cells',
  'ndiv',
  'fmem',
  'simCmax_cells_uL',
  'simTmax_d',
  'simC28',
])

describe('13 patients', () => {
  const days = timeGrid(0, 100, 0.1)
  const simulated = patients.map(({ simCmax_cells_uL, simTmax_d, simC28, ...given }) => {
    const records = regimenRecords(model.model, regimen, parameterVector(model.model, given))
    const cells = courseAt(days, model, { given, records })('CAR')
    return { cells, peak: peak(days, cells), cmax: simCmax_cells_uL, tmax: simTmax_d, c28: simC28, given }
  })

  it('have the peaks, their days and the values on day 28 of the independent simulation', () => {
    expect(simulated).toHaveLength(13)
    for (const { cells, peak: found, cmax, tmax, c28 } of simulated) {
      expect(deviation(found.value, cmax)).toBeLessThan(1e-5)
      expect(found.at).toBeCloseTo(tmax, 8)
      expect(deviation(cells[280]!, c28)).toBeLessThan(1e-5)
    }
  })

  it('have its medians', () => {
    expect(deviation(median(simulated.map(({ cmax }) => cmax)), 67.43488954243702)).toBeLessThan(1e-8)
    expect(deviation(median(simulated.map((patient) => patient.peak.value)), 67.43488954243702)).toBeLessThan(1e-5)
    expect(median(simulated.map((patient) => patient.peak.at))).toBeCloseTo(4.3, 8)
  })

  it('begin with 1e6 cells for every kg of their weight', () => {
    for (const { cells, given } of simulated) expect(cells[0]).toBeCloseTo((given.BW_kg * 1e6) / 5e6, 9)
  })
})
