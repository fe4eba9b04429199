import type { Regimen, RegimenDose } from '@cartkin/simulation'
import type { Scenario } from '../library/scenario.ts'

const hour = 1 / 24

const tocilizumab: RegimenDose = {
  time: 0,
  cmt: 'toc_blood',
  amt: 'min(8*WT, 800)',
  duration: hour,
  label: 'Tocilizumab 8 mg/kg',
}
const dexamethasone: RegimenDose = {
  time: 0,
  cmt: 'dex_blood',
  amt: 10,
  ii: 6 * hour,
  addl: 11,
  label: 'Dexamethasone 10 mg',
}
const methylprednisolone: RegimenDose = {
  time: 0,
  cmt: 'mp_blood',
  amt: 1000,
  duration: hour / 2,
  ii: 1,
  addl: 2,
  label: 'Methylprednisolone 1 g',
}
const anakinra: RegimenDose = {
  time: 0,
  cmt: 'ana_skin',
  amt: 200,
  ii: 8 * hour,
  addl: 8,
  label: 'Anakinra 200 mg',
}

/** The drugs on a day on which the typical patient has had fever for some hours, one by one and together. */
export function crsCareScenarios(regimen: Regimen, day: number): readonly Scenario[] {
  const scenario = (id: string, title: string, ...drugs: readonly RegimenDose[]): Scenario => ({
    id,
    title: `${title} from day ${day}`,
    regimen: { ...regimen, name: title, doses: [...regimen.doses, ...drugs.map((drug) => ({ ...drug, time: day }))] },
    parameters: {},
  })
  return [
    scenario('tocilizumab', 'Tocilizumab 8 mg/kg', tocilizumab),
    scenario('dexamethasone', 'Dexamethasone 10 mg every six hours for three days', dexamethasone),
    scenario(
      'tocilizumab-and-dexamethasone',
      'Tocilizumab, and dexamethasone for three days',
      tocilizumab,
      dexamethasone,
    ),
    scenario('methylprednisolone', 'Methylprednisolone 1 g a day for three days', methylprednisolone),
    scenario('anakinra', 'Anakinra 200 mg every eight hours for three days', anakinra),
  ]
}
