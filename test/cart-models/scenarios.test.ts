import { libraryModel, lupusKeyNumbers, oncologyKeyNumbers } from '@cartkin/cart-models'
import type { ColumnTable } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { course, lupus, oncology } from './fixtures.ts'

function scenario(id: string, name: string) {
  const found = libraryModel(id).scenarios?.find((candidate) => candidate.id === name)
  if (found === undefined) throw new Error(`${id} has no scenario ${name}`)
  return found
}

const lupusCourse = (name: string, end: number) => course(lupus, 'lupus-qsp', { ...scenario('lupus-qsp', name), end })

function extreme(table: ColumnTable, name: string, pick: (...values: number[]) => number): number {
  const column = table.columns.find((candidate) => candidate.name === name)
  if (column?.kind !== 'number') throw new Error(`no column ${name}`)
  return pick(...column.values)
}

/** The grid time at which a column is lowest. */
function lowestDay(table: ColumnTable, name: string): number {
  const time = table.columns[0]!
  const column = table.columns.find((candidate) => candidate.name === name)
  if (time.kind !== 'number' || column?.kind !== 'number') throw new Error(`no column ${name}`)
  return time.values[column.values.indexOf(Math.min(...column.values))]!
}

function valueAt(table: ColumnTable, name: string, day: number): number {
  const time = table.columns[0]!
  const column = table.columns.find((candidate) => candidate.name === name)
  if (time.kind !== 'number' || column?.kind !== 'number') throw new Error(`no column ${name}`)
  return column.values[time.values.lastIndexOf(day)]!
}

/** Equal as printed: within one unit of the last digit given. */
function printed(ours: number, reference: string): void {
  const decimals = reference.split('.')[1]?.length ?? 0
  expect(Math.abs(ours - Number(reference)), `${ours} instead of ${reference}`).toBeLessThanOrEqual(
    0.75 * 10 ** -decimals,
  )
}

describe('lupus: dose scan', () => {
  it.each([
    [0.01, '42.03', 13.5, '5.71', 90.5, '0.350'],
    [0.05, '60.95', 11.5, '8.06', 98.25, '0.335'],
    [0.1, '69.94', 10.75, '9.41', 101, '0.330'],
    [0.5, '93.83', 9, '13.75', 107, '0.319'],
    [1, '108.85', 8.25, '17.33', 110.25, '0.314'],
    [3, '151.09', 7.25, '31.82', 117.75, '0.302'],
  ] as const)('%s times the dose', (times, peak, day, il6, back, sledai) => {
    const seen = lupusKeyNumbers(course(lupus, 'lupus-qsp', { end: 200, parameters: { dose: times * 1e6 } }))
    printed(seen.car_peak, peak)
    printed(seen.il6_peak, il6)
    printed(seen.sledai_d180, sledai)
    expect([seen.car_tpeak, seen.b_return_gt10_day]).toEqual([day, back])
  })
})

describe('lupus: scenarios', () => {
  it('without lymphodepletion the cells do not expand', () => {
    const table = lupusCourse('no-lymphodepletion', 200)
    const seen = lupusKeyNumbers(table)
    printed(seen.car_peak, '0.695')
    printed(extreme(table, 'B', Math.min), '11.03')
    printed(seen.aab_d90, '331')
    printed(seen.sledai_d90, '15.00')
    printed(seen.sledai_d180, '15.48')
  })

  it('switching lymphodepletion off is the same', () => {
    const off = lupusKeyNumbers(course(lupus, 'lupus-qsp', { end: 200, parameters: { LDon: 0 } }))
    const without = lupusKeyNumbers(lupusCourse('no-lymphodepletion', 200))
    expect(Math.abs(off.car_peak - without.car_peak)).toBeLessThan(1e-6)
    expect(Math.abs(off.sledai_d180 - without.sledai_d180)).toBeLessThan(1e-6)
  })

  it('lymphodepletion alone changes little', () => {
    const table = lupusCourse('lymphodepletion-alone', 200)
    const seen = lupusKeyNumbers(table)
    printed(extreme(table, 'B', Math.min), '90.35')
    printed(seen.aab_d90, '439')
    printed(seen.sledai_d28, '15.19')
    printed(seen.sledai_d90, '15.47')
    printed(seen.sledai_d180, '15.54')
    printed(extreme(table, 'SLEDAI', Math.min), '13.98')
    expect(lowestDay(table, 'SLEDAI')).toBe(11.25)
  })

  it('rituximab leaves tissue B cells, and lupus relapses', () => {
    const table = lupusCourse('rituximab', 600)
    printed(extreme(table, 'B', Math.min), '8.24')
    printed(extreme(table, 'AAB', Math.min), '114.6')
    printed(extreme(table, 'SLEDAI', Math.min), '9.75')
    expect([lowestDay(table, 'B'), lowestDay(table, 'AAB'), lowestDay(table, 'SLEDAI')].map(Math.round)).toEqual([
      46, 135, 206,
    ])
    for (const [day, value] of [
      [90, '10.52'],
      [180, '9.78'],
      [270, '10.00'],
      [365, '12.06'],
      [450, '14.66'],
      [500, '15.27'],
      [600, '15.53'],
    ] as const)
      printed(valueAt(table, 'SLEDAI', day), value)
  })

  it('a second dose of rituximab a day later changes nothing visible', () => {
    const usual = lupusCourse('rituximab', 600)
    const { regimen } = scenario('lupus-qsp', 'rituximab')
    const later = { ...regimen, doses: regimen.doses.map((dose) => ({ ...dose, ii: 15 })) }
    const table = course(lupus, 'lupus-qsp', { regimen: later, end: 600 })
    for (const day of [90, 180, 270, 365, 450, 500, 600])
      expect(Math.abs(valueAt(table, 'SLEDAI', day) - valueAt(usual, 'SLEDAI', day)), `day ${day}`).toBeLessThan(0.1)
  })

  it.each([
    [6.5, -12.6],
    [6.75, -10.1],
    [7, -7.8],
    [7.5, -3.7],
  ])('dexamethasone from day %s on changes the CAR-T peak by %s per cent', (day, percent) => {
    const { regimen } = scenario('lupus-qsp', 'dexamethasone')
    const doses = regimen.doses.map((dose) => (dose.cmt === 'DEX' ? { ...dose, time: day } : dose))
    const peak = lupusKeyNumbers(course(lupus, 'lupus-qsp', { regimen: { ...regimen, doses }, end: 60 })).car_peak
    const base = lupusKeyNumbers(course(lupus, 'lupus-qsp', { end: 60 })).car_peak
    printed(100 * (peak / base - 1), String(percent))
  })

  it('tocilizumab ends fever and raises measured IL-6', () => {
    const seen = lupusKeyNumbers(lupusCourse('tocilizumab', 200))
    expect([seen.fever_day_on, seen.fever_days, seen.crs_max]).toEqual([6.5, 0.5, 1])
    printed(seen.il6_peak, '44.69')
    printed(seen.crp_peak, '31.9')
    printed(seen.car_peak, '108.85')
    expect(lupusKeyNumbers(course(lupus, 'lupus-qsp', { end: 200 })).fever_days).toBe(3.5)
  })

  it('dexamethasone lowers the CAR-T peak by a tenth', () => {
    const seen = lupusKeyNumbers(lupusCourse('dexamethasone', 200))
    printed(seen.car_peak, '97.86')
    printed(seen.il6_peak, '12.88')
    expect([seen.car_tpeak, seen.b_return_gt10_day]).toEqual([7.75, 107.25])
  })

  // ten per cent more of one parameter: days of B-cell return, and per cent of the CAR-T peak
  it.each([
    ['d_M', -7.5, 0],
    ['kkT', -7.8, -22],
    ['d_E', -5.5, -12],
    ['K_A', -2.8, -10],
    ['rho', 9.5, 49],
    ['e15', 4, 17],
    ['m_EM', 2.3, 0],
  ])('%s moves the return of B cells by %s days and the peak by %s per cent', (name, days, percent) => {
    const value = lupus.model.parameters.find((parameter) => parameter.name === name)?.value ?? Number.NaN
    const numbers = (parameters: Readonly<Record<string, number>>) =>
      lupusKeyNumbers(course(lupus, 'lupus-qsp', { end: 200, parameters }))
    const [base, more] = [numbers({}), numbers({ [name]: 1.1 * value })]
    expect(Math.abs(more.b_return_gt10_day - base.b_return_gt10_day - days)).toBeLessThanOrEqual(0.25)
    expect(Math.abs(100 * (more.car_peak / base.car_peak - 1) - percent)).toBeLessThan(0.6)
  })

  it('ten per cent faster proliferation doubles IL-6', () => {
    printed(lupusKeyNumbers(course(lupus, 'lupus-qsp', { end: 60, parameters: { rho: 1.76 } })).il6_peak, '34.0')
  })
})

describe('oncology: scenarios', () => {
  const numbers = (options: Parameters<typeof course>[2]) =>
    oncologyKeyNumbers(course(oncology, 'oncology-qsp', options))

  it('base', () => {
    const seen = numbers({ end: 60 })
    printed(seen.peak, '36.00')
    printed(seen.IL6_pk, '276.4')
    printed(seen.CRP_pk, '154.8')
    printed(seen.FER_pk, '1985')
    printed(seen.Z_pk, '0.454')
    printed(seen.logT30, '-5.033')
    expect([seen.crs, seen.icans, seen.fever_on]).toEqual([2, 1, 1.75])
  })

  it('tocilizumab', () => {
    const seen = numbers({ ...scenario('oncology-qsp', 'tocilizumab'), end: 60 })
    printed(seen.IL6_pk, '835.9')
    printed(seen.CRP_pk, '44.7')
    printed(seen.Z_pk, '0.202')
    printed(seen.peak, '36.00')
    expect([seen.crs, seen.icans]).toEqual([1, 0])
  })

  it('dexamethasone', () => {
    const seen = numbers({ ...scenario('oncology-qsp', 'dexamethasone'), end: 60 })
    printed(seen.peak, '26.18')
    printed(seen.IL6_pk, '78.2')
    printed(seen.CRP_pk, '77.9')
    printed(seen.FER_pk, '910')
    printed(seen.logT30, '-4.402')
    expect([seen.crs, seen.icans]).toEqual([1, 0])
  })

  it.each([
    [0.1, '26.58', 8.25, 2],
    [3, '46.82', 4.5, 3],
  ] as const)('%s times the dose', (times, peak, day, crs) => {
    const seen = numbers({ end: 60, parameters: { dose: times * 2e6 } })
    printed(seen.peak, peak)
    expect([seen.tpeak, seen.crs]).toEqual([day, crs])
  })
})
