import { composeLibraryModels } from '../library/compose-library-models.ts'
import { lupusPopulation } from '../lupus/lupus-population.ts'
import { lupusQsp } from '../lupus/lupus-qsp.ts'
import { cyclophosphamide } from '../lymphodepletion/cyclophosphamide.ts'
import { fluCyRegimens, renalReduction } from '../lymphodepletion/flu-cy-regimens.ts'
import { fludarabine } from '../lymphodepletion/fludarabine.ts'
import { interleukin7 } from '../lymphodepletion/interleukin-7.ts'
import { lymphodepletion } from '../lymphodepletion/lymphodepletion.ts'
import { neutrophils } from '../lymphodepletion/neutrophils.ts'
import { cells, cellsAfter, fluCyVariability } from './cells-after-flu-cy.ts'

const weakKidney = {
  parameters: { CRCL: 40 },
  notes: {
    CRCL: { trust: 'assumption', source: 'a kidney with lupus nephritis, near the lowest of the population model' },
  },
} as const

/** `lupus-qsp` with the concentrations of fludarabine and cyclophosphamide in place of units of lymphodepletion. */
export const lupusFluCy = composeLibraryModels({
  id: 'lupus-flu-cy',
  title: 'CD19 CAR-T cells in lupus after fludarabine and cyclophosphamide by concentration',
  summary:
    'The lupus model with fludarabine by weight and kidney function, cyclophosphamide, their effect on lymphocytes and neutrophils, and IL-7.',
  parts: [
    {
      model: lupusQsp,
      connect: { ld: 'LD', nc: 'NC', ktr: 'kMat', MTT: 'MTT', gam: 'gam', sN: 'sN' },
      drop: ['LD', 'NP', 'N1', 'N2', 'N3', 'NC'],
    },
    { model: fludarabine, prefix: 'flu_', rename: { HT: 'HT', CRCL: 'CRCL' }, connect: { WT: 'WT' } },
    { model: cyclophosphamide, prefix: 'cy_', connect: { WT: 'WT', HT: 'HT' } },
    {
      model: lymphodepletion,
      connect: { cF: 'flu_C', cC: 'cy_C', kLD: 'kLD', w_flu: 'w_flu', w_cy: 'w_cy', LDon: 'LDon' },
    },
    { model: neutrophils, connect: { drug: 'LD', NC0: 'NC0' }, drop: ['D'] },
    { model: interleukin7, connect: { lymphocytes: '(TH + T8)/(TH0 + T80)' } },
  ],
  regimen: cellsAfter(fluCyRegimens.lupus),
  scenarios: [
    {
      id: 'no-lymphodepletion',
      title: 'CAR-T cells without lymphodepletion',
      regimen: { name: 'CD19 CAR-T cells alone', doses: [cells] },
      parameters: {},
    },
    { id: 'kyv-101', title: 'Doses before KYV-101', regimen: cellsAfter(fluCyRegimens.kyv101), parameters: {} },
    {
      id: 'weak-kidney',
      title: 'Creatinine clearance of 40 mL/min, full dose',
      regimen: cellsAfter(fluCyRegimens.lupus),
      ...weakKidney,
    },
    {
      id: 'weak-kidney-adjusted',
      title: 'Creatinine clearance of 40 mL/min, fludarabine by kidney function',
      regimen: cellsAfter(fluCyRegimens.lupus, renalReduction),
      ...weakKidney,
    },
  ],
  panels: [
    { title: 'CAR-T cells', quantities: ['CAR'], unit: 'cells/uL', scale: 'log' },
    { title: 'F-ara-A and cyclophosphamide', quantities: ['flu_C', 'cy_C'], unit: 'mg/L', scale: 'log' },
    { title: 'Lymphocytes and neutrophils', quantities: ['TH', 'T8', 'NC'], unit: 'cells/uL', scale: 'log' },
    { title: 'Lupus activity (SLEDAI-2K)', quantities: ['SLEDAI'], unit: 'score', scale: 'linear' },
  ],
  population: {
    factors: [...lupusPopulation.factors, { name: 'F-ara-A clearance', sd: 0.2917 }],
    parameters: [
      ...lupusPopulation.parameters.filter(({ parameter }) => parameter !== 'NC0' && parameter !== 'sN'),
      ...(neutrophils.population?.parameters ?? []),
      ...fluCyVariability,
    ],
    ties: lupusPopulation.ties,
  },
  populationNote: {
    trust: 'assumption',
    source:
      'That of lupus-qsp, chosen for the cohort targets C01–C10 with lymphodepletion in units; with it published variability of fludarabine, cyclophosphamide and neutrophils, and an assumed spread of creatinine clearance. Weight and height are those of the typical patient.',
  },
  limits: [...lymphodepletion.limits, ...fludarabine.limits.slice(0, 2), ...neutrophils.limits, ...interleukin7.limits],
  reference: 'lupus-qsp and the papers named with each parameter',
  citation: 'cartkin, lupus-flu-cy, and the papers named with its parameters',
  targets: ['F18', 'F19', 'F20', 'F21', 'F22'],
})
