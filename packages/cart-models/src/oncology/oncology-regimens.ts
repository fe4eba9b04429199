import type { Regimen, RegimenDose } from '@cartkin/simulation'
import type { Scenario } from '../library/scenario.ts'

const lymphodepletion: readonly RegimenDose[] = [-5, -4, -3].map((time) => ({
  time,
  cmt: 'LD',
  amt: 'w_flu + w_cy',
  label: 'Fludarabine 30 mg/m² and cyclophosphamide 500 mg/m²',
}))

/** Default regimen of `oncology-qsp`; the amount of cells follows from dose, weight and blood volume: f(CI) of the model. */
export const oncologyRegimen: Regimen = {
  name: 'Fludarabine 30 mg/m² and cyclophosphamide 500 mg/m² ×3, CD19 CAR-T cells',
  doses: [...lymphodepletion, { time: 0, cmt: 'CI', amt: 1, label: 'CD19 CAR-T cells' }],
}

const and = (...doses: readonly RegimenDose[]): readonly RegimenDose[] => [...oncologyRegimen.doses, ...doses]

/** Comparisons with the default course of `oncology-qsp`. */
export const oncologyScenarios: readonly Scenario[] = [
  {
    id: 'tocilizumab',
    title: 'Tocilizumab 640 mg twelve hours after fever begins',
    regimen: {
      name: 'CD19 CAR-T cells, tocilizumab 640 mg',
      doses: and({ time: 2.25, cmt: 'TC1', amt: 640, label: 'Tocilizumab 8 mg/kg' }),
    },
    parameters: {},
  },
  {
    id: 'dexamethasone',
    title: 'Dexamethasone 10 mg every six hours for three days',
    regimen: {
      name: 'CD19 CAR-T cells, dexamethasone 10 mg ×12',
      doses: and({ time: 2.75, cmt: 'DEX', amt: 10, ii: 0.25, addl: 11, label: 'Dexamethasone 10 mg' }),
    },
    parameters: {},
  },
]
