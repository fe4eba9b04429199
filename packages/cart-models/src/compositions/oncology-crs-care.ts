import { composeLibraryModels } from '../library/compose-library-models.ts'
import type { LibraryModel } from '../library/library-model.ts'
import { oncologyQsp } from '../oncology/oncology-qsp.ts'
import { crsCareDrugs, crsCareEndpoints, crsCareLimits, crsCareOf, crsCarePanels } from '../side-effects/crs-care.ts'
import { crsCareScenarios } from '../side-effects/crs-care-scenarios.ts'

/** The variabilities that decide on CRS in the virtual patients with lupus, assumed for lymphoma. */
const patients: LibraryModel = {
  ...oncologyQsp,
  population: {
    factors: [],
    parameters: [
      { parameter: 'rho', sd: 0.08 },
      { parameter: 'F_inf', sd: 0.5 },
      { parameter: 'd_E', sd: 0.15 },
      { parameter: 'e15', sd: 0.25 },
      { parameter: 'p6', sd: 0.9 },
      { parameter: 'pG', sd: 0.5 },
    ],
    ties: {},
  },
  populationNote: {
    trust: 'assumption',
    source: 'variability of the virtual patients with lupus, which was fitted to their cohort, taken over',
  },
}

/** `oncology-qsp` with tocilizumab, dexamethasone, methylprednisolone and anakinra as parts of their own. */
export const oncologyCrsCare = composeLibraryModels({
  id: 'oncology-crs-care',
  title: 'Care of CRS and ICANS in lymphoma',
  summary:
    'The typical patient with large B-cell lymphoma, and tocilizumab, dexamethasone, methylprednisolone and anakinra to be given by schedule or by rules.',
  parts: [{ model: patients, ...crsCareOf }, ...crsCareDrugs],
  scenarios: crsCareScenarios(oncologyQsp.regimen, 2.25),
  panels: [...oncologyQsp.panels, ...crsCarePanels],
  endpoints: crsCareEndpoints,
  horizon: 60,
  limits: [
    ...crsCareLimits,
    'How patients with lymphoma differ in cytokines and expansion is taken over from lupus: an assumption.',
  ],
  reference: 'The papers named with each parameter',
  citation: 'cartkin, oncology-crs-care, and the papers named with its parameters',
  targets: ['H13', 'H14', 'H15', 'H16'],
})
