import type { PopulationParameter, Regimen, RegimenDose } from '@cartkin/simulation'
import { type FluCyRegimen, fluCyDoses } from '../lymphodepletion/flu-cy-regimens.ts'

/** States of the two drugs in the wholes. */
export const fluCyStates = { fludarabine: 'flu_A1', cyclophosphamide: 'cy_A' } as const

/** CAR-T cells on day 0; their amount follows from dose, weight and blood volume: f(CI) of the reference models. */
export const cells: RegimenDose = { time: 0, cmt: 'CI', amt: 1, label: 'CD19 CAR-T cells' }

/** A lymphodepleting regimen and the cells; `share` as in `fluCyDoses`. */
export function cellsAfter(regimen: FluCyRegimen, share?: string): Regimen {
  return { name: `${regimen.title}, CD19 CAR-T cells`, doses: [...fluCyDoses(regimen, fluCyStates, share), cells] }
}

/** How the drugs differ between patients of the wholes, as in `fludarabine` and `cyclophosphamide`; not their bodies. */
export const fluCyVariability: readonly PopulationParameter[] = [
  { parameter: 'flu_iCL', sd: 0, factors: { 'F-ara-A clearance': 1 } },
  { parameter: 'flu_iV1', sd: 0.1474, factors: { 'F-ara-A clearance': 1.0432 } },
  { parameter: 'CRCL', sd: 0.4, limits: [39, 213.9] },
  { parameter: 'cy_CL', sd: 0.4416 },
  { parameter: 'cy_V', sd: 0.3482 },
]
