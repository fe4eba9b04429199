import type { LibraryModel } from '../library/library-model.ts'
import { parameterNotes } from '../library/parameter-notes.ts'

const derippe = 'Derippe 2022, Cancer Res Commun 2:1532'
const dupouy = 'Dupouy 2022, Cancer Res Commun 2:1520'

/**
 * Rejection of allogeneic CAR-T cells by the T cells of the host, and what IL-7 adds to their proliferation beyond what
 * fludarabine and cyclophosphamide bring. Offers `rejection` and `drive`; takes host T cells and IL-7.
 */
export const hostRejection: LibraryModel = {
  id: 'host-rejection',
  title: 'Rejection of allogeneic CAR-T cells by the host',
  summary:
    'Host T cells that return after lymphodepletion, and the rejection of allogeneic CAR-T cells that returns with them.',
  text: `# Rejection of allogeneic CAR-T cells by the host
k_rej  = 0.002 # [uL/cell/day] Rejection by one host T cell per uL (0: cells of the patient)
edit   = 0     # [1] Share of the rejection that editing of the product prevents
w7     = 0.5   # [1] Gain of proliferation by a doubling of IL-7 over its reference
IL7ref = 3.2   # [1] IL-7 up to which the model of the CAR-T cells holds (of baseline)
IL7    = 1     # [1] IL-7 (of baseline)
H0     = 500   # [cells/uL] Baseline host T cells
Hnadir = 40    # [cells/uL] Host T cells after lymphodepletion
kH     = 0.03  # [1/day] Recovery of host T cells
rH     = 1     # [1] Factor on that recovery
loss   = 0     # [1/day] Loss of host T cells

host ~ H
rejection = k_rej*(1 - edit)*host # [1/day] Rejection of CAR-T cells
drive = 1 + w7*max(IL7/IL7ref - 1, 0) # [1] Factor on CAR-T proliferation
d/dt(H) = rH*kH*(H0 - H) - loss*H # [cells/uL] Host T cells
H(0) = Hnadir
`,
  reference: 'doi:10.1158/2767-9764.CRC-22-0176',
  citation: 'T. Derippe et al., Cancer Res. Commun. 2:1532, 2022 (the idea; its parameters were not retrieved)',
  limits: [
    `The structure is that of ${derippe}: host T cells eliminate allogeneic CAR-T cells, and IL-7 that rises in lymphopenia drives them. Its numbers were not retrieved: every value here is an assumption.`,
    'All T cells of the blood reject alike and from the first day: there is no priming of alloreactive clones, no matching of HLA, no rejection by NK cells or antibodies.',
    'IL-7 counts only beyond its reference, since the reference models were calibrated with what fludarabine and cyclophosphamide bring.',
  ],
  start: 0,
  horizon: 120,
  regimen: { name: 'None', doses: [] },
  scenarios: [
    {
      id: 'edited',
      title: 'A product edited against rejection',
      regimen: { name: 'None', doses: [] },
      parameters: { edit: 0.9 },
      notes: { edit: { trust: 'assumption', source: 'nine tenths assumed for a product without HLA class I and II' } },
    },
  ],
  parameters: parameterNotes([
    [
      'Rejection',
      'assumption',
      `assumed, between 1e-3 and 5e-3; the share of ${dupouy} that persists up to 28 days was in view`,
      'k_rej',
    ],
    ['Rejection', 'assumption', '0 for a product with HLA, as UCART19', 'edit'],
    ['IL-7', 'assumption', `assumed; that IL-7 drives the cells is found (${derippe}; ${dupouy})`, 'w7'],
    [
      'IL-7',
      'assumption',
      'the IL-7 part after fludarabine and cyclophosphamide reaches 2.7 in lupus-qsp and 3.1 in oncology-qsp',
      'IL7ref',
    ],
    ['IL-7', 'assumption', '1 unless connected', 'IL7'],
    ['Host T cells', 'assumption', 'as in oncology-qsp; used only where no host T cells are connected', 'H0 Hnadir kH'],
    ['Host T cells', 'assumption', 'neutral unless connected', 'rH loss'],
  ]),
  panels: [
    { title: 'Host T cells', quantities: ['H'], unit: 'cells/uL', scale: 'linear' },
    { title: 'Rejection', quantities: ['rejection'], unit: '1/day', scale: 'linear' },
  ],
  endpoints: [
    { name: 'Rejection_0', label: 'Rejection at infusion', unit: '1/day', quantity: 'rejection', kind: 'value', at: 0 },
    { name: 'Rejection_28', label: 'Rejection on day 28', unit: '1/day', quantity: 'rejection', kind: 'value', at: 28 },
  ],
  observations: [],
  population: { factors: [], parameters: [{ parameter: 'k_rej', sd: 0.8 }], ties: {} },
  populationNote: { trust: 'assumption', source: 'a standard deviation of 0.8 on the log scale assumed for k_rej' },
  targets: [],
}
