import { intravenousIgG } from '../infection/igg-replacement.ts'
import { immunoglobulin } from '../infection/immunoglobulin.ts'
import { countedEndpoints } from '../infection/infection-endpoints.ts'
import { iggNames, infectionNames, notCounted } from '../infection/infection-names.ts'
import { infectionRisk } from '../infection/infection-risk.ts'
import { composeLibraryModels } from '../library/compose-library-models.ts'
import { lupusQsp } from '../lupus/lupus-qsp.ts'
import { lupusRegimen } from '../lupus/lupus-regimens.ts'

/** `lupus-qsp` with the risk of infection of its neutrophils, CD4 T cells, IgG and steroids, and IgG to be replaced. */
export const lupusInfectionRisk = composeLibraryModels({
  id: 'lupus-infection-risk',
  title: 'Risk of infection after CAR-T cells in lupus',
  summary:
    'A typical patient with lupus through CAR-T cells: days with few neutrophils, CD4 T cells and B cells and little IgG, and the chance of an infection.',
  parts: [
    { model: lupusQsp },
    {
      model: immunoglobulin,
      prefix: 'ig_',
      rename: iggNames,
      connect: { WT: 'WT', endo: 'IGG' },
      drop: ['MEM', 'PN', 'PL', 'IGG', 'VAX'],
    },
    {
      model: infectionRisk,
      prefix: 'inf_',
      rename: infectionNames,
      connect: { ANC: 'nc', IgG: 'IGT', CD4: 'TH', B: 'B', steroid: 'dex/dImax' },
      drop: notCounted,
    },
  ],
  horizon: 365,
  endpoints: countedEndpoints,
  regimen: lupusRegimen,
  scenarios: [
    {
      id: 'igg-replacement',
      title: 'IgG 400 mg/kg every four weeks from day 28',
      regimen: {
        name: 'CD19 CAR-T cells, IgG 400 mg/kg every 4 weeks',
        doses: [...lupusRegimen.doses, ...intravenousIgG(28, 12, 'IVIG').doses],
      },
      parameters: {},
    },
  ],
  panels: [
    { title: 'Chance of an infection', quantities: ['Pinf', 'Pser'], unit: '1', scale: 'linear' },
    { title: 'Hazard ratios now', quantities: ['byANC', 'byIgG', 'byCD4', 'byST'], unit: '1', scale: 'linear' },
    { title: 'Neutrophils, CD4 T cells and B cells', quantities: ['NC', 'TH', 'B'], unit: 'cells/uL', scale: 'log' },
    { title: 'IgG', quantities: ['IGT', 'IGG'], unit: 'g/L', scale: 'linear' },
  ],
  limits: [
    ...infectionRisk.limits,
    'The hazard without factors is that of patients with lymphoma; the immunosuppressive treatment before CAR-T cells is not told.',
    ...immunoglobulin.limits,
    ...lupusQsp.limits,
  ],
  reference: infectionRisk.reference,
  citation: `${lupusQsp.citation}; ${infectionRisk.citation}; ${immunoglobulin.citation}`,
  targets: ['G18', 'G19'],
})
