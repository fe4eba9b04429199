import { libraryModel, lupusKeyNumbers, oncologyKeyNumbers } from '@cartkin/cart-models'
import type { CompiledModel } from '@cartkin/model'
import { endpoints } from '@cartkin/simulation'
import { expect, it } from 'vitest'
import { cell, course, lupus, oncology, simulate, stein } from './fixtures.ts'

/** The library's endpoints, located on the continuous course. */
function values(compiled: CompiledModel, id: string, end: number): Readonly<Record<string, number>> {
  const found = endpoints(compiled.model, simulate(compiled, id, { end }), libraryModel(id).endpoints)
  return Object.fromEntries(found.map(({ name, value }) => [name, value]))
}

/** A located value lies beside the one on the grid: within the grid step for days, within `relative` for heights. */
function beside(
  located: Readonly<Record<string, number>>,
  pairs: readonly (readonly [string, number])[],
  relative: number,
  step = 0.25,
): void {
  for (const [name, onGrid] of pairs) {
    const tolerance = /day/i.test(name) || name === 'Tmax' ? step : relative * Math.abs(onGrid)
    expect(Math.abs(located[name]! - onGrid), `${name}: ${located[name]} and ${onGrid}`).toBeLessThanOrEqual(tolerance)
  }
}

it('lupus endpoints agree with the key numbers of the grid', () => {
  const grid = lupusKeyNumbers(course(lupus, 'lupus-qsp', { end: 400 }))
  const located = values(lupus, 'lupus-qsp', 400)
  beside(
    located,
    [
      ['Cmax', grid.car_peak],
      ['Tmax', grid.car_tpeak],
      ['B_depletion_day', grid.b_lt1_day],
      ['B_return_day', grid.b_return_gt10_day],
      ['SLEDAI_90', grid.sledai_d90],
      ['SLEDAI_180', grid.sledai_d180],
      ['SLEDAI_365', grid.sledai_d365],
      ['AAB_90', grid.aab_d90],
      ['UPCR_90', grid.upcr_d90],
      ['IGG_min', 13 * (1 + grid.igg_min_pct / 100)],
      ['IL6_peak', grid.il6_peak],
      ['IL6_peak_day', grid.il6_tpeak],
      ['CRP_peak', grid.crp_peak],
      ['Fever_days', grid.fever_days],
      ['CRS_grade', grid.crs_max],
      ['ICANS_grade', grid.icans_max],
      ['ANC_nadir', grid.anc_nadir],
    ],
    2e-3,
  )
  expect(Math.abs(cell(located, 'ANC_below_500') - grid.anc_lt500_days)).toBeLessThan(0.5)
})

it('oncology endpoints agree with the key numbers of the grid', () => {
  const grid = oncologyKeyNumbers(course(oncology, 'oncology-qsp', { end: 180 }))
  beside(
    values(oncology, 'oncology-qsp', 180),
    [
      ['Cmax', grid.peak],
      ['Tmax', grid.tpeak],
      ['logTS_7', grid.logT7],
      ['logTS_30', grid.logT30],
      ['logTS_90', grid.logT90],
      ['IL6_peak', grid.IL6_pk],
      ['IL6_peak_day', grid.IL6_t],
      ['CRP_peak', grid.CRP_pk],
      ['CRP_peak_day', grid.CRP_t],
      ['FER_peak', grid.FER_pk],
      ['Fever_day', grid.fever_on],
      ['CRS_grade', grid.crs],
      ['ICANS_grade', grid.icans],
      ['ANC_nadir', grid.anc_nadir],
    ],
    2e-3,
  )
})

it('Stein endpoints are the published peak and exposure', () => {
  beside(
    values(stein, 'stein-2019', 365),
    [
      ['Cmax', 24000],
      ['AUC0_28', 171774.29],
      ['C28', 1373.55878],
      ['C180', 109.801764],
    ],
    1e-5,
  )
  beside(values(stein, 'stein-2019', 365), [['Tmax', 9.3]], 0, 1e-9)
})
