import { alemtuzumab } from '../allogeneic/alemtuzumab.ts'
import { persistenceEndpoints } from '../allogeneic/allogeneic-endpoints.ts'
import { allogeneicScenarios } from '../allogeneic/allogeneic-scenarios.ts'
import { hostRejection } from '../allogeneic/host-rejection.ts'
import { composeLibraryModels } from '../library/compose-library-models.ts'
import { lupusQsp } from '../lupus/lupus-qsp.ts'
import { lupusRegimen } from '../lupus/lupus-regimens.ts'
import { interleukin7 } from '../lymphodepletion/interleukin-7.ts'

/** `lupus-qsp` with cells of a donor: rejection by the T cells of the host, IL-7 and alemtuzumab. */
export const lupusAllogeneic = composeLibraryModels({
  id: 'lupus-allogeneic',
  title: 'Allogeneic CD19 CAR-T cells in lupus',
  summary:
    'Cells of a donor after fludarabine and cyclophosphamide, with and without editing, alemtuzumab or lymphodepletion: how long they last, and what that does to lupus.',
  parts: [
    {
      // what was observed after cells of the patients themselves is not this
      model: { ...lupusQsp, observations: [] },
      connect: {
        kRej: 'r_rejection',
        drive7: 'r_drive',
        kHost: 'a_loss',
        rHost: 'a_source',
        kBAFF: 'a_loss',
        kBAFFM: 'a_loss',
        kBAFFA: 'a_loss',
      },
    },
    {
      model: hostRejection,
      prefix: 'r_',
      rename: { k_rej: 'k_rej', edit: 'edit' },
      connect: { host: 'TH + T8', IL7: 'i_IL7' },
      drop: ['H'],
    },
    { model: interleukin7, prefix: 'i_', connect: { lymphocytes: '(TH + T8)/(TH0 + T80)' } },
    { model: alemtuzumab, prefix: 'a_', connect: { WBC: '(NC + TH + T8 + B + CAR)/1000' } },
  ],
  scenarios: allogeneicScenarios(lupusRegimen),
  panels: [
    { title: 'CAR-T cells', quantities: ['CAR'], unit: 'cells/uL', scale: 'log' },
    { title: 'Host T cells', quantities: ['TH', 'T8'], unit: 'cells/uL', scale: 'log' },
    { title: 'B cells', quantities: ['B'], unit: 'cells/uL', scale: 'log' },
    { title: 'Lupus activity (SLEDAI-2K)', quantities: ['SLEDAI'], unit: 'score', scale: 'linear' },
  ],
  endpoints: persistenceEndpoints,
  limits: [
    'Every value of rejection is an assumption; of allogeneic cells in lupus no counts over time were found, only that they peaked on day 14 in three patients (Wang 2025, PMID 40446794).',
    'Their peak comes on day 7 or 8 here, as that of own cells: products in lupus are slower for reasons the model does not have.',
    'Alemtuzumab takes T cells and B cells of the blood alike; it has not been given before allogeneic cells in lupus as far as was found.',
    'Graft-versus-host disease is not modelled.',
  ],
  reference: 'The papers named with each parameter',
  citation: 'cartkin, lupus-allogeneic, and the papers named with its parameters',
  targets: ['K19', 'K20', 'K21'],
})
