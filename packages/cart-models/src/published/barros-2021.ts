import type { Regimen, RegimenDose } from '@cartkin/simulation'
import type { LibraryModel } from '../library/library-model.ts'
import { parameterNotes } from '../library/parameter-notes.ts'
import type { Scenario } from '../library/scenario.ts'

const hdlm2 = 'Barros 2021 (CARTmath), HDLM-2, BIOMD0000001019'

const cells = (time: number, amt: number): RegimenDose => ({ time, cmt: 'CT', amt, label: 'CAR-T cells' })
const rechallenge: RegimenDose = { time: 250, cmt: 'T', amt: 1e6, label: 'HDLM-2 cells, a second time' }

const regimen: Regimen = {
  name: 'CAR-T cells on day 42, tumour again on day 250',
  doses: [cells(42, 2e6), rechallenge],
}

/** Raji in place of HDLM-2; BIOMD0000001020. */
const raji = {
  T0: 3e6,
  phi: 0.83,
  rho: 0.8300536,
  theta: 2.3e-4,
  alpha: 1.248506e-8,
  eps: 1.59795,
  mu: 6.89e-7,
  r: 0.5071721,
  b: 0,
  gamma: 3.365388e-8,
}

const rajiScenario = (id: string, title: string, alpha: number): Scenario => ({
  id,
  title,
  regimen: { name: 'CAR-T cells on day 7', doses: [cells(7, 1e7)] },
  parameters: { ...raji, alpha },
  notes: Object.fromEntries(
    Object.keys(raji).map((name) => [
      name,
      { trust: 'found', source: 'Barros 2021 (CARTmath), Raji, BIOMD0000001020' },
    ]),
  ),
})

/**
 * CARTmath: effector and memory CAR-T cells against a tumour in mice, HDLM-2 and, as scenarios, Raji. L. R. C. Barros et al.,
 * Cancers 13:2941, 2021.
 */
export const barros2021: LibraryModel = {
  id: 'barros-2021',
  title: 'CARTmath: effector and memory CAR-T cells in mice (Barros 2021)',
  summary:
    'Effector cells kill and become memory cells, which the tumour calls back: HDLM-2 lymphoma in mice treated on day 42 and challenged again on day 250; Raji as scenarios.',
  text: `# CARTmath: effector and memory CAR-T cells and tumour in mice (Barros 2021), HDLM-2
phi   = 0.265        # [1/day] Proliferation of effector cells
rho   = 0.35         # [1/day] Loss of effector cells
theta = 6e-6         # [1/cell/day] Memory cells called back by tumour
alpha = 4.5e-8       # [1/cell/day] Inhibition of effector cells by tumour
eps   = 0.15         # [1/day] Effector to memory cells
mu    = 0.005        # [1/day] Loss of memory cells
r     = 0.05650026   # [1/day] Growth of tumour
b     = 1.404029e-12 # [1/cell] Inverse of the largest tumour
gamma = 3.715843e-6  # [1/cell/day] Killing by effector cells
T0    = 2e6          # [cells] Tumour at the start

d/dt(CT) = (phi - rho)*CT + theta*T*CM - alpha*T*CT # [cells] Effector CAR-T cells
d/dt(CM) = eps*CT - theta*T*CM - mu*CM              # [cells] Memory CAR-T cells
d/dt(T)  = r*T*(1 - b*T) - gamma*CT*T               # [cells] Tumour cells
T(0) = T0

CAR = CT + CM # [cells] CAR-T cells
`,
  reference: 'doi:10.3390/cancers13122941',
  citation: 'L. R. C. Barros et al., Cancers 13:2941, 2021',
  limits: [
    'Mice without immune cells of their own: numbers are cells of an animal, and nothing limits the CAR-T cells but the tumour.',
    'The flow to memory cells does not leave the effector cells: rho is their whole loss.',
    'The published SBML file gives the cells on day 45; the paper treats on day 42, which holds here.',
    'Raji tumours grow without limit (b is 0) and escape: their courses mean something for the first three weeks.',
  ],
  start: 0,
  horizon: 400,
  regimen,
  scenarios: [
    { id: 'untreated', title: 'HDLM-2 without CAR-T cells', regimen: { name: 'none', doses: [] }, parameters: {} },
    {
      id: 'day-45',
      title: 'HDLM-2, CAR-T cells on day 45, as in the SBML file',
      regimen: { name: 'CAR-T cells on day 45, tumour again on day 250', doses: [cells(45, 2e6), rechallenge] },
      parameters: {},
    },
    rajiScenario('raji', 'Raji, CAR-T cells on day 7', raji.alpha),
    rajiScenario('raji-ido', 'Raji that makes IDO, CAR-T cells on day 7', 1.461699e-8),
    rajiScenario('raji-ido-1mt', 'Raji that makes IDO, with the inhibitor 1-MT, CAR-T cells on day 7', 1.26166e-8),
  ],
  parameters: parameterNotes([
    ['CAR-T cells', 'found', hdlm2, 'phi rho theta alpha eps mu'],
    ['Tumour', 'found', hdlm2, 'r b gamma T0'],
  ]),
  panels: [
    { title: 'CAR-T cells', quantities: ['CT', 'CM'], unit: 'cells', scale: 'log' },
    { title: 'Tumour', quantities: ['T'], unit: 'cells', scale: 'log' },
  ],
  endpoints: [
    { name: 'Cmax', label: 'Peak CAR-T cells', unit: 'cells', quantity: 'CAR', kind: 'maximum' },
    { name: 'Tmax', label: 'Day of peak CAR-T cells', unit: 'day', quantity: 'CAR', kind: 'timeOfMaximum' },
    { name: 'CM100', label: 'Memory CAR-T cells on day 100', unit: 'cells', quantity: 'CM', kind: 'value', at: 100 },
    { name: 'T_peak', label: 'Largest tumour', unit: 'cells', quantity: 'T', kind: 'maximum' },
    {
      name: 'T_gone',
      label: 'Day on which fewer than 1000 tumour cells are left',
      unit: 'day',
      quantity: 'T',
      kind: 'firstBelow',
      threshold: 1000,
    },
  ],
  observations: [],
  targets: [],
}
