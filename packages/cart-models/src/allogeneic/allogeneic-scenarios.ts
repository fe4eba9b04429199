import type { Regimen, RegimenDose } from '@cartkin/simulation'
import type { Scenario } from '../library/scenario.ts'
import { alemtuzumabDoses } from './alemtuzumab.ts'

/** Share of the rejection that a product without HLA of both classes is taken to escape. */
const edited = { trust: 'assumption', source: 'nine tenths assumed for a product without HLA class I and II' } as const

/** Fludarabine, cyclophosphamide and cells as given, and 60 mg of alemtuzumab before them. */
export const withAlemtuzumab = ({ name, doses }: Regimen): Regimen => ({
  name: `Alemtuzumab 60 mg; ${name}`,
  doses: [alemtuzumabDoses('a_blood'), ...doses],
})

const cells = ({ cmt }: RegimenDose): boolean => cmt === 'CI'

/** Courses to compare an allogeneic product with, by the regimen of fludarabine, cyclophosphamide and cells. */
export function allogeneicScenarios(fluCy: Regimen): readonly Scenario[] {
  return [
    { id: 'flu-cy', title: 'After fludarabine and cyclophosphamide', regimen: fluCy, parameters: {} },
    {
      id: 'alemtuzumab',
      title: 'After alemtuzumab as well',
      regimen: withAlemtuzumab(fluCy),
      parameters: {},
    },
    {
      id: 'no-lymphodepletion',
      title: 'Without lymphodepletion',
      regimen: { name: 'Allogeneic CAR-T cells alone', doses: fluCy.doses.filter(cells) },
      parameters: {},
    },
    {
      id: 'edited',
      title: 'A product edited against rejection',
      regimen: fluCy,
      parameters: { edit: 0.9 },
      notes: { edit: edited },
    },
    {
      id: 'autologous',
      title: "The patient's own cells",
      regimen: fluCy,
      parameters: { k_rej: 0 },
      notes: { k_rej: { trust: 'assumption', source: 'own cells are not rejected' } },
    },
  ]
}
