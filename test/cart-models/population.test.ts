import {
  checkTargets,
  libraryModel,
  lupusKeyNumbers,
  lupusPopulationKeyNumbers,
  parseTargets,
} from '@cartkin/cart-models'
import { parameterVector, samplePopulation } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { cell, course, lupus, numberRows, packageFile } from './fixtures.ts'

const { CARTKIN_LONG } = process.env
const long = CARTKIN_LONG === '1'
const table = numberRows('evidence/golden/lupus_vpop.csv')
const targets = parseTargets(packageFile('evidence/targets/calibration_targets.json'))
const { population } = libraryModel('lupus-qsp')
if (population === undefined) throw new Error('the lupus model has a virtual population')

const keyNumbers = (parameters: Readonly<Record<string, number>>) =>
  lupusKeyNumbers(course(lupus, 'lupus-qsp', { end: 400, parameters, step: 0.5 }))

describe('the fixed virtual population of 200 patients', () => {
  const patients = long ? table : table.filter((_, k) => k % 10 === 3)

  it(`has the results of its file (${patients.length} patients)`, () => {
    const off: string[] = []
    for (const row of patients) {
      const parameters = Object.fromEntries(
        Object.entries(row).filter(([name]) => name !== 'id' && !name.startsWith('sim_')),
      )
      const seen: Readonly<Record<string, number>> = keyNumbers(parameters)
      for (const [name, value] of Object.entries(row)) {
        if (!name.startsWith('sim_')) continue
        const ours = seen[name.slice(4)]!
        const same = Number.isNaN(value) ? Number.isNaN(ours) : Math.abs(ours - value) <= 1e-3 * Math.abs(value) + 1e-6
        if (!same) off.push(`patient ${cell(row, 'id')}, ${name}: ${ours} instead of ${value}`)
      }
    }
    expect(off).toEqual([])
  }, 300_000)

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

  it.runIf(long)(
    '1000 of them reach the cohort figures C01–C10',
    () => {
      const figures = lupusPopulationKeyNumbers(drawn.slice(0, 1000).map(keyNumbers))
      expect(checkTargets(targets, { lupus_vpop: figures }).filter(({ pass }) => !pass)).toEqual([])
    },
    900_000,
  )
})
