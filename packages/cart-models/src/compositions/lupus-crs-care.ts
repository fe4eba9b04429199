import { composeLibraryModels } from '../library/compose-library-models.ts'
import { lupusQsp } from '../lupus/lupus-qsp.ts'
import { crsCareDrugs, crsCareEndpoints, crsCareLimits, crsCareOf, crsCarePanels } from '../side-effects/crs-care.ts'
import { crsCareScenarios } from '../side-effects/crs-care-scenarios.ts'

/** `lupus-qsp` with tocilizumab, dexamethasone, methylprednisolone and anakinra as parts of their own. */
export const lupusCrsCare = composeLibraryModels({
  id: 'lupus-crs-care',
  title: 'Care of CRS and ICANS in lupus',
  summary:
    'The typical patient with lupus, and tocilizumab, dexamethasone, methylprednisolone and anakinra to be given by schedule or by rules.',
  parts: [{ model: lupusQsp, ...crsCareOf }, ...crsCareDrugs],
  scenarios: crsCareScenarios(lupusQsp.regimen, 6.75),
  panels: [...lupusQsp.panels, ...crsCarePanels],
  endpoints: crsCareEndpoints,
  horizon: 60,
  limits: crsCareLimits,
  reference: 'The papers named with each parameter',
  citation: 'cartkin, lupus-crs-care, and the papers named with its parameters',
  targets: [],
})
