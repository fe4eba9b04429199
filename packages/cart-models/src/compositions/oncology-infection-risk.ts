import { cd4Recovery } from '../infection/cd4-recovery.ts'
import { intravenousIgG } from '../infection/igg-replacement.ts'
import { immunoglobulin } from '../infection/immunoglobulin.ts'
import { countedEndpoints } from '../infection/infection-endpoints.ts'
import { iggNames, infectionNames, notCounted } from '../infection/infection-names.ts'
import { infectionRisk } from '../infection/infection-risk.ts'
import { lastingAplasia, lastingAplasiaNotes } from '../infection/lasting-aplasia.ts'
import { lymphomaInfectionPopulation } from '../infection/lymphoma-infection-population.ts'
import { composeLibraryModels } from '../library/compose-library-models.ts'
import { oncologyQsp } from '../oncology/oncology-qsp.ts'
import { oncologyRegimen } from '../oncology/oncology-regimens.ts'

const withIgG = {
  name: 'CD19 CAR-T cells, IgG 400 mg/kg every 4 weeks',
  doses: [...oncologyRegimen.doses, ...intravenousIgG(28, 12, 'IVIG').doses],
}

/** `oncology-qsp` with total IgG, CD4 T cells and the risk of infection. */
export const oncologyInfectionRisk = composeLibraryModels({
  id: 'oncology-infection-risk',
  title: 'Risk of infection after CAR-T cells in lymphoma',
  summary:
    'A typical patient with lymphoma through CAR-T cells: days with few neutrophils, CD4 T cells and B cells and little IgG, and the chance of an infection.',
  parts: [
    { model: oncologyQsp },
    {
      model: immunoglobulin,
      prefix: 'ig_',
      rename: { ...iggNames, IGG: 'IGG', VAX: 'VAX' },
      connect: { WT: 'WT', naive: 'B/B0', killB: 'kb + kLD_B*ld', cells: 'Cs' },
    },
    {
      model: cd4Recovery,
      prefix: 'cd4_',
      rename: { CD4: 'CD4' },
      connect: { ld: 'ld', w_flu: 'w_flu', w_cy: 'w_cy', kLD: 'kLD' },
      drop: ['LD'],
    },
    {
      model: infectionRisk,
      prefix: 'inf_',
      rename: infectionNames,
      connect: { ANC: 'nc', IgG: 'IGT', CD4: 'CD4', B: 'B', steroid: 'dex/dImax' },
      drop: notCounted,
    },
  ],
  horizon: 365,
  endpoints: countedEndpoints,
  regimen: oncologyRegimen,
  scenarios: [
    { id: 'igg-replacement', title: 'IgG 400 mg/kg every four weeks from day 28', regimen: withIgG, parameters: {} },
    {
      id: 'lasting-aplasia',
      title: 'B cells stay away for more than a year',
      regimen: oncologyRegimen,
      parameters: lastingAplasia,
      notes: lastingAplasiaNotes,
    },
    {
      id: 'lasting-aplasia-igg',
      title: 'B cells stay away for more than a year, IgG every four weeks from day 28',
      regimen: withIgG,
      parameters: lastingAplasia,
      notes: lastingAplasiaNotes,
    },
  ],
  panels: [
    { title: 'Chance of an infection', quantities: ['Pinf', 'Pser'], unit: '1', scale: 'linear' },
    { title: 'Hazard ratios now', quantities: ['byANC', 'byIgG', 'byCD4', 'byST'], unit: '1', scale: 'linear' },
    { title: 'Neutrophils, CD4 T cells and B cells', quantities: ['NC', 'CD4', 'B'], unit: 'cells/uL', scale: 'log' },
    { title: 'IgG', quantities: ['IGT', 'IGG'], unit: 'g/L', scale: 'linear' },
  ],
  population: lymphomaInfectionPopulation,
  populationNote: {
    trust: 'assumption',
    source:
      'IgG before, CD4 T cells and frailty from published distributions, as noted with their parts; CAR-T cells, cytokines and neutrophils as in lupus-qsp',
  },
  limits: [
    'B cells of oncology-qsp are back by day 90, those of patients in 18 to 58 % after a year; scenario lasting-aplasia is the other end, with assumed values.',
    ...infectionRisk.limits,
    ...cd4Recovery.limits,
    ...immunoglobulin.limits,
    ...oncologyQsp.limits,
  ],
  reference: infectionRisk.reference,
  citation: `${oncologyQsp.citation}; ${infectionRisk.citation}; ${cd4Recovery.reference}; ${immunoglobulin.citation}`,
  targets: Array.from({ length: 15 }, (_, place) => `G${String(place + 3).padStart(2, '0')}`),
})
