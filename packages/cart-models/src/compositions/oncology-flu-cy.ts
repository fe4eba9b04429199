import { composeLibraryModels } from '../library/compose-library-models.ts'
import { cyclophosphamide } from '../lymphodepletion/cyclophosphamide.ts'
import { fluCyRegimens, renalReduction } from '../lymphodepletion/flu-cy-regimens.ts'
import { fludarabine } from '../lymphodepletion/fludarabine.ts'
import { highRisk } from '../lymphodepletion/high-risk.ts'
import { interleukin7 } from '../lymphodepletion/interleukin-7.ts'
import { lymphodepletion } from '../lymphodepletion/lymphodepletion.ts'
import { neutrophils } from '../lymphodepletion/neutrophils.ts'
import { oncologyQsp } from '../oncology/oncology-qsp.ts'
import { cells, cellsAfter, fluCyVariability } from './cells-after-flu-cy.ts'

const weakKidney = {
  parameters: { CRCL: 40 },
  notes: { CRCL: { trust: 'assumption', source: 'near the lowest of the patients of the population model' } },
} as const
const strongKidney = {
  parameters: { CRCL: 180 },
  notes: { CRCL: { trust: 'assumption', source: 'within the patients of the population model' } },
} as const

/** Exposure after one dose of the typical patient of oncology-qsp: 80 kg, 166.7 cm, 96 mL/min. */
const reference = {
  aucF: '30*sqrt(80*166.7/3600)*0.78/(6.1*(80/70)^0.75)',
  aucC: '500*sqrt(80*166.7/3600)/5.41',
}

/** `oncology-qsp` with the concentrations of fludarabine and cyclophosphamide in place of units of lymphodepletion. */
export const oncologyFluCy = composeLibraryModels({
  id: 'oncology-flu-cy',
  title: 'CD19 CAR-T cells in lymphoma after fludarabine and cyclophosphamide by concentration',
  summary:
    'The lymphoma model with fludarabine by weight and kidney function, cyclophosphamide, their effect on lymphocytes, tumour and neutrophils, and IL-7.',
  parts: [
    {
      model: oncologyQsp,
      connect: { ld: 'LD', nc: 'NC', ktr: 'kMat', MTT: 'MTT', gam: 'gam', sN: 'sN' },
      drop: ['LD', 'NP', 'N1', 'N2', 'N3', 'NC'],
    },
    { model: fludarabine, prefix: 'flu_', rename: { HT: 'HT', CRCL: 'CRCL', tisa: 'tisa' }, connect: { WT: 'WT' } },
    { model: cyclophosphamide, prefix: 'cy_', connect: { WT: 'WT', HT: 'HT' } },
    {
      model: lymphodepletion,
      connect: { cF: 'flu_C', cC: 'cy_C', kLD: 'kLD', w_flu: 'w_flu', w_cy: 'w_cy', LDon: 'LDon', ...reference },
    },
    { model: neutrophils, connect: { drug: 'LD', NC0: 'NC0' }, drop: ['D'] },
    { model: interleukin7, connect: { lymphocytes: 'TH/TH0' } },
  ],
  regimen: cellsAfter(fluCyRegimens.axiCel),
  scenarios: [
    {
      id: 'no-lymphodepletion',
      title: 'CAR-T cells without lymphodepletion',
      regimen: { name: 'CD19 CAR-T cells alone', doses: [cells] },
      parameters: {},
    },
    {
      id: 'tisa-cel-doses',
      title: 'Doses before tisa-cel in lymphoma (25 and 250 mg/m² ×3)',
      regimen: cellsAfter(fluCyRegimens.tisaCelLymphoma),
      parameters: {},
    },
    {
      id: 'high-risk',
      title: 'Weak marrow (as with a high CAR-HEMATOTOX score)',
      regimen: cellsAfter(fluCyRegimens.axiCel),
      parameters: { NC0: highRisk.NC0.value, reserve: highRisk.reserve.value },
      notes: { NC0: highRisk.NC0.note, reserve: highRisk.reserve.note },
    },
    {
      id: 'strong-kidney',
      title: 'Creatinine clearance of 180 mL/min',
      regimen: cellsAfter(fluCyRegimens.axiCel),
      ...strongKidney,
    },
    {
      id: 'weak-kidney',
      title: 'Creatinine clearance of 40 mL/min, full dose',
      regimen: cellsAfter(fluCyRegimens.axiCel),
      ...weakKidney,
    },
    {
      id: 'weak-kidney-adjusted',
      title: 'Creatinine clearance of 40 mL/min, fludarabine by kidney function',
      regimen: cellsAfter(fluCyRegimens.axiCel, renalReduction),
      ...weakKidney,
    },
  ],
  panels: [
    { title: 'CAR-T cells', quantities: ['CAR'], unit: 'cells/uL', scale: 'log' },
    { title: 'Tumour', quantities: ['TS'], unit: 'mL', scale: 'log' },
    { title: 'F-ara-A and cyclophosphamide', quantities: ['flu_C', 'cy_C'], unit: 'mg/L', scale: 'log' },
    { title: 'T cells and neutrophils', quantities: ['TH', 'NC'], unit: 'cells/uL', scale: 'log' },
  ],
  population: {
    factors: [...(fludarabine.population?.factors ?? [])],
    parameters: [
      { parameter: 'WT', sd: 0.139, factors: { 'body height': 2 }, limits: [52, 101] },
      { parameter: 'HT', median: 178, sd: 0, factors: { 'body height': 1 } },
      ...fluCyVariability,
      ...(neutrophils.population?.parameters ?? []),
    ],
    ties: {},
  },
  populationNote: {
    trust: 'assumption',
    source:
      'Published variability of fludarabine, cyclophosphamide and neutrophils; spread of height and creatinine clearance assumed. CAR-T cells and tumour are those of the typical patient: what differs between patients is their lymphodepletion.',
  },
  limits: [...lymphodepletion.limits, ...fludarabine.limits.slice(0, 2), ...neutrophils.limits, ...interleukin7.limits],
  reference: 'oncology-qsp and the papers named with each parameter',
  citation: 'cartkin, oncology-flu-cy, and the papers named with its parameters',
  targets: [],
})
