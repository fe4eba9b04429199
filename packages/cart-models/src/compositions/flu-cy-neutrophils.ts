import { composeLibraryModels } from '../library/compose-library-models.ts'
import { cyclophosphamide } from '../lymphodepletion/cyclophosphamide.ts'
import { fluCyAlone, fluCyRegimens, renalReduction, shareForExposure } from '../lymphodepletion/flu-cy-regimens.ts'
import { fludarabine } from '../lymphodepletion/fludarabine.ts'
import { highRisk } from '../lymphodepletion/high-risk.ts'
import { lymphodepletion } from '../lymphodepletion/lymphodepletion.ts'
import { neutrophils } from '../lymphodepletion/neutrophils.ts'
import { fluCyStates } from './cells-after-flu-cy.ts'

const product = { trust: 'found', source: 'Varela-Gonzalez-Aller 2025, Pharmaceutics 17:1592, Table 2' } as const

/** Lymphodepletion alone: both drugs, their effect and the neutrophils, without cells. */
export const fluCyNeutrophils = composeLibraryModels({
  id: 'flu-cy-neutrophils',
  title: 'Fludarabine, cyclophosphamide and neutrophils',
  summary:
    'Concentrations of fludarabine and cyclophosphamide by weight, height and kidney function, their lymphodepleting effect, and neutrophils until day 60; no CAR-T cells.',
  parts: [
    { model: fludarabine, prefix: 'flu_', rename: { WT: 'WT', HT: 'HT', CRCL: 'CRCL', tisa: 'tisa' } },
    { model: cyclophosphamide, prefix: 'cy_', connect: { WT: 'WT', HT: 'HT' } },
    { model: lymphodepletion, connect: { cF: 'flu_C', cC: 'cy_C' } },
    { model: neutrophils, connect: { drug: 'LD' }, drop: ['D'] },
  ],
  horizon: 60,
  regimen: fluCyAlone(fluCyRegimens.axiCel, fluCyStates),
  scenarios: [
    {
      id: 'tisa-cel-lymphoma',
      title: 'Doses before tisa-cel in lymphoma',
      regimen: fluCyAlone(fluCyRegimens.tisaCelLymphoma, fluCyStates),
      parameters: { tisa: 1 },
      notes: { tisa: product },
    },
    {
      id: 'tisa-cel-leukaemia',
      title: 'Doses before tisa-cel in leukaemia',
      regimen: fluCyAlone(fluCyRegimens.tisaCelLeukaemia, fluCyStates),
      parameters: { tisa: 1 },
      notes: { tisa: product },
    },
    {
      id: 'lupus',
      title: 'Doses before CAR-T cells in lupus',
      regimen: fluCyAlone(fluCyRegimens.lupus, fluCyStates),
      parameters: {},
    },
    {
      id: 'kyv-101',
      title: 'Doses before KYV-101 in lupus',
      regimen: fluCyAlone(fluCyRegimens.kyv101, fluCyStates),
      parameters: {},
    },
    {
      id: 'high-risk',
      title: 'Weak marrow (as with a high CAR-HEMATOTOX score)',
      regimen: fluCyAlone(fluCyRegimens.axiCel, fluCyStates),
      parameters: { NC0: highRisk.NC0.value, reserve: highRisk.reserve.value },
      notes: { NC0: highRisk.NC0.note, reserve: highRisk.reserve.note },
    },
    {
      id: 'by-kidney-function',
      title: 'Fludarabine reduced by kidney function',
      regimen: fluCyAlone(fluCyRegimens.axiCel, fluCyStates, renalReduction),
      parameters: {},
    },
    {
      id: 'to-exposure',
      title: 'Fludarabine by weight and kidney function, for an exposure of 19 mg*h/L',
      regimen: fluCyAlone(fluCyRegimens.axiCel, fluCyStates, shareForExposure(fluCyRegimens.axiCel, 19, 'flu_')),
      parameters: {},
    },
  ],
  panels: [
    { title: 'Fludarabine', quantities: ['flu_C'], unit: 'mg/L', scale: 'log' },
    { title: 'Cyclophosphamide', quantities: ['cy_C'], unit: 'mg/L', scale: 'log' },
    { title: 'Lymphodepleting effect', quantities: ['LD'], unit: '1', scale: 'linear' },
    { title: 'Neutrophils', quantities: ['NC'], unit: 'cells/uL', scale: 'log' },
  ],
  limits: [
    ...fludarabine.limits.slice(0, 2),
    ...lymphodepletion.limits.slice(0, 2),
    ...neutrophils.limits,
    'Days below 500/uL of a low risk group rest on values of patients with lupus; the model has too few patients who stay above 500/uL, and no late neutropenia.',
  ],
  reference: 'The papers named with its parameters',
  citation: 'cartkin, flu-cy-neutrophils, and the papers named with its parameters',
  targets: Array.from({ length: 17 }, (_, i) => `F${String(i + 1).padStart(2, '0')}`),
})
