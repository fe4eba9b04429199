import type { Regimen, RegimenDose } from '@cartkin/simulation'
import type { Scenario } from '../library/scenario.ts'

const lymphodepletion: readonly RegimenDose[] = [
  { time: -5, cmt: 'LD', amt: 'w_flu', label: 'Fludarabine 25 mg/m²' },
  { time: -4, cmt: 'LD', amt: 'w_flu', label: 'Fludarabine 25 mg/m²' },
  { time: -3, cmt: 'LD', amt: 'w_flu + w_cy', label: 'Fludarabine 25 mg/m² and cyclophosphamide 1000 mg/m²' },
]

// The amount in cells/uL of blood follows from dose, weight and blood volume: f(CI) of the model.
const cells: RegimenDose = { time: 0, cmt: 'CI', amt: 1, label: 'CD19 CAR-T cells' }

/** Default regimen of `lupus-qsp`. */
export const lupusRegimen: Regimen = {
  name: 'Fludarabine 25 mg/m² ×3, cyclophosphamide 1000 mg/m², CD19 CAR-T cells',
  doses: [...lymphodepletion, cells],
}

const and = (...doses: readonly RegimenDose[]): readonly RegimenDose[] => [...lupusRegimen.doses, ...doses]

/** Comparisons with the default course of `lupus-qsp`. */
export const lupusScenarios: readonly Scenario[] = [
  {
    id: 'no-lymphodepletion',
    title: 'CAR-T cells without lymphodepletion',
    regimen: { name: 'CD19 CAR-T cells alone', doses: [cells] },
    parameters: {},
  },
  {
    id: 'lymphodepletion-alone',
    title: 'Lymphodepletion without CAR-T cells',
    regimen: { name: 'Fludarabine and cyclophosphamide alone', doses: lymphodepletion },
    parameters: {},
  },
  {
    id: 'rituximab',
    title: 'Rituximab 1000 mg on days 0 and 14',
    regimen: {
      name: 'Rituximab 1000 mg ×2',
      doses: [{ time: 0, cmt: 'RTX', amt: 1000, ii: 14, addl: 1, label: 'Rituximab 1000 mg' }],
    },
    parameters: {},
  },
  {
    id: 'tocilizumab',
    title: 'Tocilizumab 8 mg/kg six hours after fever begins',
    regimen: {
      name: 'CD19 CAR-T cells, tocilizumab 560 mg',
      doses: and({ time: 6.75, cmt: 'TC1', amt: 560, label: 'Tocilizumab 8 mg/kg' }),
    },
    parameters: {},
  },
  {
    id: 'dexamethasone',
    title: 'Dexamethasone 10 mg every six hours for two days',
    regimen: {
      name: 'CD19 CAR-T cells, dexamethasone 10 mg ×8',
      doses: and({ time: 6.75, cmt: 'DEX', amt: 10, ii: 0.25, addl: 7, label: 'Dexamethasone 10 mg' }),
    },
    parameters: {},
  },
]
