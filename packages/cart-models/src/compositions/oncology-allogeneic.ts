import { alemtuzumab } from '../allogeneic/alemtuzumab.ts'
import { persistenceEndpoints } from '../allogeneic/allogeneic-endpoints.ts'
import { allogeneicScenarios, withAlemtuzumab } from '../allogeneic/allogeneic-scenarios.ts'
import { hostRejection } from '../allogeneic/host-rejection.ts'
import { composeLibraryModels } from '../library/compose-library-models.ts'
import { interleukin7 } from '../lymphodepletion/interleukin-7.ts'
import { oncologyQsp } from '../oncology/oncology-qsp.ts'
import { oncologyRegimen } from '../oncology/oncology-regimens.ts'

const noise = 'assumed, as in lupus-qsp where it has the parameter'

/** `oncology-qsp` with cells of a donor: rejection by the T cells of the host, IL-7 and alemtuzumab. */
export const oncologyAllogeneic = composeLibraryModels({
  id: 'oncology-allogeneic',
  title: 'Allogeneic CD19 CAR-T cells in lymphoma',
  summary:
    'Cells of a donor after alemtuzumab, fludarabine and cyclophosphamide: host T cells that return reject them, and IL-7 beyond that of fludarabine and cyclophosphamide drives them.',
  parts: [
    // what was observed after cells of the patients themselves is not this
    {
      model: { ...oncologyQsp, observations: [] },
      connect: { kRej: 'r_rejection', drive7: 'r_drive', kHost: 'a_loss', rHost: 'a_source' },
    },
    {
      model: hostRejection,
      prefix: 'r_',
      rename: { k_rej: 'k_rej', edit: 'edit' },
      connect: { host: 'TH', IL7: 'i_IL7' },
      drop: ['H'],
    },
    { model: interleukin7, prefix: 'i_', connect: { lymphocytes: 'TH/TH0' } },
    { model: alemtuzumab, prefix: 'a_', connect: { WBC: '(NC + TH + B + CAR)/1000' } },
  ],
  start: -8,
  regimen: withAlemtuzumab(oncologyRegimen),
  scenarios: allogeneicScenarios(oncologyRegimen),
  panels: [
    { title: 'CAR-T cells', quantities: ['CAR'], unit: 'cells/uL', scale: 'log' },
    { title: 'Host T cells', quantities: ['TH'], unit: 'cells/uL', scale: 'log' },
    { title: 'Rejection of CAR-T cells', quantities: ['r_rejection'], unit: '1/day', scale: 'linear' },
    { title: 'Tumour', quantities: ['TS'], unit: 'mL', scale: 'log' },
  ],
  endpoints: persistenceEndpoints,
  population: {
    factors: [],
    parameters: [
      { parameter: 'k_rej', sd: 0.8 },
      { parameter: 'TH0', sd: 0.5 },
      { parameter: 'kTH', sd: 0.3 },
      { parameter: 'kLD_T', sd: 0.15 },
      { parameter: 'rho', sd: 0.08 },
      { parameter: 'F_inf', sd: 0.5 },
      { parameter: 'd_E', sd: 0.15 },
      { parameter: 'm_EM', sd: 0.55 },
      { parameter: 'd_M', sd: 0.3 },
      { parameter: 'TS0', sd: 1, limits: [1, 2000] },
      { parameter: 'a_kS', sd: 0.5 },
      { parameter: 'a_Vm', sd: 0.312 },
      { parameter: 'a_Km', sd: 1.064 },
      { parameter: 'a_V1', sd: 0.731 },
      { parameter: 'a_V2', sd: 1.198 },
    ],
    ties: {},
  },
  populationNote: {
    trust: 'assumption',
    source: `${noise}; Mould 2007 (Br J Clin Pharmacol 64:278) for alemtuzumab`,
  },
  limits: [
    'oncology-qsp is a model of large B-cell lymphoma after axicabtagene ciloleucel; the patients of UCART19 had acute lymphoblastic leukaemia. Kinetics, tumour and response are not those of leukaemia.',
    'k_rej is an assumption; it lies where about as many virtual patients lose their cells within 28 days as did in CALM.',
    'Alemtuzumab takes host T cells away but no B cells; the cells themselves lack CD52, as UCART19.',
    'How much alemtuzumab was given in CALM, 1 mg/kg up to 40 or 60 mg, and the doses of cells, 6e6 to 2.4e8, are from memory.',
    'Persistence is the time above 1 CAR-T cell/uL, an assumed limit of flow cytometry.',
  ],
  reference: 'The papers named with each parameter',
  citation: 'cartkin, oncology-allogeneic, and the papers named with its parameters',
  targets: ['K16', 'K17', 'K18', 'K22'],
})
