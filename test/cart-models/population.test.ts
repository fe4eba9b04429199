import {
  checkTargets,
  type LupusKeyNumbers,
  libraryModel,
  lupusKeyNumbers,
  lupusPopulationKeyNumbers,
  parseTargets,
} from '@cartkin/cart-models'
import { parameterVector, samplePopulation } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { cell, course, lupus, numberRows, packageFile } from './fixtures.ts'

const table = numberRows('evidence/golden/lupus_vpop.csv')
const targets = parseTargets(packageFile('evidence/targets/calibration_targets.json'))
/** What the table of targets has as the figures of these very patients, to four digits. */
const tabulated = new Map([
  ['C01', 100.3],
  ['C02', 31.81],
  ['C03', 312.1],
  ['C04', 109.3],
  ['C05', 32.79],
  ['C06', 0.51],
  ['C07', 0.095],
  ['C08', 0.015],
  ['C09', 0.04],
  ['C10', 0.975],
])
/** Cohorts of 200 of any seed: mean of a figure, and its standard deviation between cohorts. */
const expected = [
  ['car_peak_median', 104.1, 3],
  ['car_peak_p2_5', 28.9, 3.7],
  ['car_peak_p97_5', 292, 30],
  ['b_return_mean', 113.9, 4],
  ['b_return_sd', 36.2, 3.8],
  ['crs1_frac', 0.526, 0.016],
  ['crs2_frac', 0.076, 0.015],
  ['crs3p_frac', 0.016, 0.009],
  ['icans_any', 0.031, 0.006],
  ['sledai_le2_d180', 0.971, 0.004],
  ['sledai_le2_d90', 0.67, 0.03],
  ['crs0_frac', 0.38, 0.02],
] as const
const { population } = libraryModel('lupus-qsp')
if (population === undefined) throw new Error('the lupus model has a virtual population')

const keyNumbers = (parameters: Readonly<Record<string, number>>) =>
  lupusKeyNumbers(course(lupus, 'lupus-qsp', { end: 400, parameters, step: 0.5 }))

describe('the fixed virtual population of 200 patients', () => {
  const cohort: LupusKeyNumbers[] = []

  it('has the results of its file to a hundred thousandth, and its days exactly', () => {
    const off: string[] = []
    for (const row of table) {
      const parameters = Object.fromEntries(
        Object.entries(row).filter(([name]) => name !== 'id' && !name.startsWith('sim_')),
      )
      const numbers = keyNumbers(parameters)
      cohort.push(numbers)
      const seen: Readonly<Record<string, number>> = numbers
      for (const [name, value] of Object.entries(row)) {
        if (!name.startsWith('sim_')) continue
        const ours = seen[name.slice(4)]!
        const same = Number.isNaN(value) ? Number.isNaN(ours) : Math.abs(ours - value) <= 1e-5 * Math.abs(value)
        if (!same) off.push(`patient ${cell(row, 'id')}, ${name}: ${ours} instead of ${value}`)
      }
    }
    expect(off).toEqual([])
    expect(cohort).toHaveLength(200)
  }, 300_000)

  it('reaches the cohort figures C01–C10, those of its own runs', () => {
    const checks = checkTargets(targets, { lupus_vpop: lupusPopulationKeyNumbers(cohort) })
    expect(checks).toHaveLength(10)
    for (const { id, ours, pass } of checks) {
      expect(pass, id).toBe(true)
      const figure = tabulated.get(id) ?? Number.NaN
      expect(Math.abs(ours - figure), id).toBeLessThanOrEqual(5e-4 * figure)
    }
  })

  it('reaches the cohort figures C01–C10 from its tabulated results', () => {
    const figures = lupusPopulationKeyNumbers(
      table.map((row) => ({
        car_peak: cell(row, 'sim_car_peak'),
        b_return_gt10_day: cell(row, 'sim_b_return_gt10_day'),
        crs_max: cell(row, 'sim_crs_max'),
        icans_max: cell(row, 'sim_icans_max'),
        sledai_d90: cell(row, 'sim_sledai_d90'),
        sledai_d180: cell(row, 'sim_sledai_d180'),
      })),
    )
    const checks = checkTargets(targets, { lupus_vpop: figures })
    expect(checks.map(({ id }) => id)).toEqual(libraryModel('lupus-qsp').targets.filter((id) => id.startsWith('C')))
    expect(checks.filter(({ pass }) => !pass)).toEqual([])
  })
})

describe('drawn patients', () => {
  const typical = parameterVector(lupus.model)
  const names = lupus.model.parameters.map(({ name }) => name)
  const draw = (index: number): Readonly<Record<string, number>> => {
    const values = samplePopulation(lupus.model, population, typical, { seed: 1, index })
    return Object.fromEntries(names.map((name, k) => [name, values[k]!]))
  }
  const drawn = Array.from({ length: 2000 }, (_, index) => draw(index))
  const logSd = (name: string, median: number) =>
    Math.sqrt(drawn.reduce((sum, values) => sum + Math.log(values[name]! / median) ** 2, 0) / drawn.length)

  it('vary by the parameters of the fixed population and no others', () => {
    const varied = names.filter((name, k) => drawn.some((values) => values[name] !== typical[k]))
    const tabulated = Object.keys(table[0]!).filter((name) => name !== 'id' && !name.startsWith('sim_'))
    expect(varied.sort()).toEqual(tabulated.sort())
  })

  it('share one factor over all B-cell pools, tie A50 to A0 and keep the limits', () => {
    for (const values of drawn) {
      expect(cell(values, 'PA0') / cell(values, 'BN0')).toBeCloseTo(7 / 90, 12)
      expect(cell(values, 'A50')).toBe(cell(values, 'A0'))
      expect(cell(values, 'C30')).toBeGreaterThanOrEqual(300)
      expect(cell(values, 'C30')).toBeLessThanOrEqual(850)
      expect(cell(values, 'U0')).toBeGreaterThanOrEqual(75)
      expect(cell(values, 'U0')).toBeLessThanOrEqual(9000)
    }
  })

  // With 2000 draws the relative error of a standard deviation is 1.6 per cent; 7 per cent is more than four of those.
  it.each([
    ['rho', 1.6, 0.08],
    ['p6', 947, 0.9],
    ['BN0', 90, 0.55],
    ['BM0', 28, Math.hypot(0.55, 0.3)],
    ['k_prod', 1.58, Math.hypot(0.35, 0.55 / 2)],
    ['A0', 470, 0.8],
    ['C3n', 1150, 0.12],
    ['T80', 353, 0.4],
  ])('%s spreads around its median as published', (name, median, sd) => {
    expect(Math.abs(logSd(name, median) / sd - 1)).toBeLessThan(0.07)
  })

  it('1000 of them reach the cohort figures C01–C10, and what any seed may be expected to give', () => {
    const figures = lupusPopulationKeyNumbers(drawn.slice(0, 1000).map(keyNumbers))
    expect(checkTargets(targets, { lupus_vpop: figures }).filter(({ pass }) => !pass)).toEqual([])
    // a figure of 1000 patients spreads by the root of five less than one of 200: these are five standard deviations
    for (const [name, mean, sd] of expected) expect(Math.abs(figures[name] - mean), name).toBeLessThan(2.3 * sd)
  }, 300_000)
})
