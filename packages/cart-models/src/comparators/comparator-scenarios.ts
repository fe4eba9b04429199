import type { RegimenDose } from '@cartkin/simulation'
import type { Scenario } from '../library/scenario.ts'
import { lupusRegimen } from '../lupus/lupus-regimens.ts'

const rituximab = { cmt: 'rtx_blood', duration: 4 / 24 }
const gram: RegimenDose = { time: 0, ...rituximab, amt: 1000, ii: 14, addl: 1, label: 'Rituximab 1000 mg' }
const perSurface: RegimenDose = {
  time: 0,
  ...rituximab,
  amt: '375*rtx_BSA',
  ii: 7,
  addl: 3,
  label: 'Rituximab 375 mg/m²',
}

const obinutuzumab = { cmt: 'obi_blood', amt: 1000, duration: 4 / 24, ii: 14, addl: 1, label: 'Obinutuzumab 1000 mg' }
const belimumab = { cmt: 'bel_blood', amt: '10*WT', duration: 1 / 24, label: 'Belimumab 10 mg/kg' }

/** The loading doses from a day on, two weeks apart, then one every four weeks up to day 728. */
const belimumabFrom = (day: number): readonly RegimenDose[] => [
  { time: day, ...belimumab, ii: 14, addl: 1 },
  { time: day + 28, ...belimumab, ii: 28, addl: (728 - day - 28) / 28 },
]

const cellsAfter = (days: number): readonly RegimenDose[] =>
  lupusRegimen.doses.map((dose) => ({ ...dose, time: dose.time + days }))

const scenario = (id: string, title: string, name: string, doses: readonly RegimenDose[]): Scenario => ({
  id,
  title,
  regimen: { name, doses },
  parameters: {},
})

const rituximabThenBelimumab = [gram, ...belimumabFrom(28)]

/** As if autoreactive B cells needed BAFF. */
const autoreactive: Pick<Scenario, 'parameters' | 'notes'> = {
  parameters: { bel_kA: 0.0092 },
  notes: {
    bel_kA: {
      trust: 'memory',
      source: 'chosen so that anti-dsDNA falls by 29 % in a year (Wallace 2009, Arthritis Rheum 61:1168, from memory)',
    },
  },
}

const asInLupusQsp = { trust: 'assumption', source: 'as in lupus-qsp: one compartment' } as const

/** What is given in place of CAR-T cells, or before them, in names of `lupus-antibodies`. */
export const comparatorScenarios: readonly Scenario[] = [
  scenario('untreated', 'No treatment', 'No treatment', []),
  scenario('rituximab', 'Rituximab 1000 mg on days 0 and 14', 'Rituximab 1000 mg ×2', [gram]),
  scenario('rituximab-weekly', 'Rituximab 375 mg/m² weekly, four times', 'Rituximab 375 mg/m² ×4', [perSurface]),
  scenario('obinutuzumab-once', 'Obinutuzumab 1000 mg on days 0 and 14', 'Obinutuzumab 1000 mg ×2', [
    { time: 0, ...obinutuzumab },
  ]),
  scenario('obinutuzumab', 'Obinutuzumab 1000 mg on days 0, 14, 168 and 182', 'Obinutuzumab 1000 mg ×4', [
    { time: 0, ...obinutuzumab },
    { time: 168, ...obinutuzumab },
  ]),
  scenario('belimumab', 'Belimumab 10 mg/kg for two years', 'Belimumab 10 mg/kg every 4 weeks', belimumabFrom(0)),
  scenario(
    'rituximab-belimumab',
    'Rituximab, then belimumab from day 28 on',
    'Rituximab 1000 mg ×2, belimumab 10 mg/kg every 4 weeks',
    rituximabThenBelimumab,
  ),
  {
    ...scenario(
      'belimumab-autoreactive',
      'Belimumab, if autoreactive B cells needed BAFF',
      'Belimumab 10 mg/kg every 4 weeks',
      belimumabFrom(0),
    ),
    ...autoreactive,
  },
  {
    ...scenario(
      'rituximab-belimumab-autoreactive',
      'Rituximab, then belimumab, if autoreactive B cells needed BAFF',
      'Rituximab 1000 mg ×2, belimumab 10 mg/kg every 4 weeks',
      rituximabThenBelimumab,
    ),
    ...autoreactive,
  },
  {
    ...scenario(
      'rituximab-one-compartment',
      'Rituximab 1000 mg on days 0 and 14 with the elimination of lupus-qsp',
      'Rituximab 1000 mg ×2',
      [{ time: 0, cmt: 'rtx_blood', amt: 1000, ii: 14, addl: 1, label: 'Rituximab 1000 mg' }],
    ),
    parameters: { rtx_V1: 4.5, rtx_k10: 0.034, rtx_k12: 0, rtx_bIgG: 0, rtx_bCD19: 0 },
    notes: {
      rtx_V1: asInLupusQsp,
      rtx_k10: asInLupusQsp,
      rtx_k12: asInLupusQsp,
      rtx_bIgG: asInLupusQsp,
      rtx_bCD19: asInLupusQsp,
    },
  },
  scenario(
    'rituximab-then-cart',
    'Rituximab, and CAR-T cells on day 365',
    'Rituximab 1000 mg ×2, CD19 CAR-T cells on day 365',
    [gram, ...cellsAfter(365)],
  ),
]
