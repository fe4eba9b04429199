import { libraryModel } from '@cartkin/cart-models'
import {
  observationQuantities,
  parameterVector,
  quantities,
  sampleRandomEffects,
  simulateObservations,
  timeGrid,
} from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import {
  area,
  courseAt,
  deviation,
  drawnVariance,
  goldenRows,
  median,
  peak,
  publishedModel,
} from './published-model.ts'

const { text } = libraryModel('mueller-schoell-2021')
const model = publishedModel(text, ['[mL] Tumour for half', '[cells/uL] Tumour for half'])

const patients = goldenRows('muellerschoell2021_patients.csv', [
  'mtv_mL',
  'prior_asct',
  'cd4cd8_d7',
  'low_expansion',
  'simCmax_cells_uL',
  'simTmax_d',
  'simAUC0_28',
])
const days = timeGrid(0, 28, 0.5)

describe('19 patients', () => {
  const simulated = patients.map(({ simCmax_cells_uL, simTmax_d, simAUC0_28, ...covariates }) => {
    const cells = courseAt(days, model, { given: covariates })('CAR')
    return {
      isLow: covariates.low_expansion === 1,
      cmax: peak(days, cells),
      auc: area(days, cells),
      golden: { cmax: simCmax_cells_uL, tmax: simTmax_d, auc: simAUC0_28 },
    }
  })

  it('have the peaks, their days and the exposures of the independent simulation', () => {
    expect(simulated).toHaveLength(19)
    for (const { cmax, auc, golden } of simulated) {
      expect(cmax.at).toBe(golden.tmax)
      expect(deviation(cmax.value, golden.cmax)).toBeLessThan(1e-5)
      expect(deviation(auc, golden.auc)).toBeLessThan(1e-5)
    }
  })

  it.each([
    ['reference', false, 15, 12.779797706671562, 12, 231.88832514892263],
    ['low expansion', true, 4, 6.365503759774489, 24.75, 121.0172681181432],
  ])('of the class of %s have its medians', (_, isLow, count, cmax, tmax, auc) => {
    const own = simulated.filter((patient) => patient.isLow === isLow)
    expect(own).toHaveLength(count)
    expect(deviation(median(own.map((patient) => patient.cmax.value)), cmax)).toBeLessThan(1e-5)
    expect(median(own.map((patient) => patient.cmax.at))).toBe(tmax)
    expect(deviation(median(own.map((patient) => patient.auc)), auc)).toBeLessThan(1e-5)
  })
})

describe('a population', () => {
  const { model: read } = model
  const { mtv_mL, prior_asct, cd4cd8_d7, low_expansion } = patients[1]!
  const typical = parameterVector(read, { mtv_mL, prior_asct, cd4cd8_d7, low_expansion })

  it.each([
    ['eta.Vref', 1.5],
    ['eta.Vm52', 3.07],
  ])('has the published coefficient of variation of %s', (name, cv) => {
    expect(deviation(drawnVariance(model, typical, name), Math.log(1 + cv * cv))).toBeLessThan(0.1)
  })

  it('runs, and the typical patient is in its middle', () => {
    const peakOf = (parameters: Float64Array) => peak(days, courseAt(days, model, { parameters })('CAR')).value
    const peaks = Array.from({ length: 30 }, (_, index) =>
      peakOf(sampleRandomEffects(read, typical, { seed: 3, index })),
    )
    const ofTypical = peakOf(typical)
    expect(Math.min(...peaks)).toBeLessThan(ofTypical / 2)
    expect(Math.max(...peaks)).toBeGreaterThan(ofTypical * 2)
    expect(median(peaks) / ofTypical).toBeGreaterThan(0.5)
    expect(median(peaks) / ofTypical).toBeLessThan(2)
  })

  it('is observed at five endpoints with the published residual errors', () => {
    const grid = timeGrid(0.01, 28, 0.01)
    const course = courseAt(grid, model, { parameters: typical })
    const names = quantities(read).map(({ name }) => name)
    const columns = new Map(read.states.map(({ name }) => [names.indexOf(name), course(name)]))
    const cvs = observationQuantities(read).map(({ name }, endpoint) => {
      const observed = new Float64Array(grid.length)
      simulateObservations(read, endpoint, typical, columns, { seed: 5, subject: 0 }, observed)
      const predicted = course(name.replace('.sim', ''))
      const squares = observed.reduce((sum, value, k) => sum + Math.log(value / predicted[k]!) ** 2, 0)
      return [name, Math.sqrt(Math.exp(squares / grid.length) - 1)] as const
    })
    const published = { 'TN.sim': 0.59, 'TCM.sim': 0.86, 'TEM.sim': 1.2, 'TEff.sim': 0.71, 'V.sim': 1.15 }
    expect(Object.keys(published)).toEqual(cvs.map(([name]) => name))
    for (const [name, cv] of cvs) expect(deviation(cv, published[name as keyof typeof published])).toBeLessThan(0.06)
  })
})
