import type { LibraryModel } from '../library/library-model.ts'
import { parameterNotes } from '../library/parameter-notes.ts'
import type { Scenario } from '../library/scenario.ts'

const paper = 'Hardiansyah and Ng 2019, Clin Transl Sci 12:343, as encoded in nlmixr2lib'
const estimate = `${paper}; estimate of patient UPN1`
const digitised = `${paper}; digitised for patient UPN1`

const part = (day: number, share: number): Scenario['regimen']['doses'][number] => ({
  time: day,
  cmt: 'E_b',
  amt: `${share}*Dose`,
  label: `CTL019, ${100 * share} % of the dose`,
})

const splitDose: Scenario['regimen'] = {
  name: 'CTL019 in three parts, 10, 30 and 60 % on days 0, 1 and 2',
  doses: [part(0, 0.1), part(1, 0.3), part(2, 0.6)],
}

/** Where patient UPN3 differs from UPN1. */
const upn3 = {
  Dose: 0.014,
  B0: 0.93,
  rE: 14.4,
  dE: 1.44,
  aE: 0.12,
  KBC: 2.21,
  P6: 6e-3,
  P10: 1.7e-2,
  PG: 6e-3,
  IL6_0: 1,
  IL10_0: 0.5,
  G0: 1.7,
}

/**
 * CTL019 in chronic lymphocytic leukaemia: effector and memory cells in blood and tissue, B cells, three cytokines, one
 * set of parameters for each patient. D. Hardiansyah and C. M. Ng, Clin. Transl. Sci. 12:343–349, 2019.
 */
export const hardiansyah2019: LibraryModel = {
  id: 'hardiansyah-2019',
  title: 'CTL019 in chronic lymphocytic leukaemia (Hardiansyah 2019)',
  summary:
    'Two patients after a dose in three parts: CAR-T cells in blood and tissue, leukaemic B cells, IL-6, IL-10 and interferon-gamma. UPN1 had a large tumour and a large dose; UPN3, a scenario, little of either.',
  text: `# CTL019 in chronic lymphocytic leukaemia: cells and cytokines (Hardiansyah and Ng 2019); patient UPN1

# The patient
Dose   <- 1.1    # [10^9 cells] CAR-T cells given, all three parts
B0     <- 4.14   # [10^9 cells] Leukaemic B cells at the start
rE     <- 16.16  # [1/day per 10^9 cells] Replication of effector cells
dE     <- 23.04  # [1/day] Loss of effector cells
aE     <- 0.024  # [1/day] Effector to memory cells
KBC    <- 0.19   # [1/day per 10^9 cells] Killing of B cells
P6     <- 1.8e-3 # [pg/uL/day per 10^15 cells^2] IL-6 made
P10    <- 7e-4   # [pg/uL/day per 10^15 cells^2] IL-10 made
PG     <- 3e-4   # [pg/uL/day per 10^15 cells^2] Interferon-gamma made
IL6_0  <- 1.7    # [pg/mL] Baseline IL-6
IL10_0 <- 4.5    # [pg/mL] Baseline IL-10
G0     <- 2.3    # [pg/mL] Baseline interferon-gamma

# Common to the patients
rM    <- 0.0509 # [1/day] Replication of memory cells
dM    <- 0.408  # [1/day] Loss of memory cells
aM    <- 1      # [1/day] Memory to effector cells
kin   <- 76.78  # [1/day] Blood to tissue
kout  <- 1.84   # [1/day] Tissue to blood
h     <- 1e5    # [10^9 cells] B cells for half of the activation
rB    <- 9.3e-3 # [1/day] Growth of B cells
dB    <- 7.6e-3 # [1/day] Loss of B cells
dIL6  <- 3.96   # [1/day] Loss of IL-6
dIL10 <- 4.68   # [1/day] Loss of IL-10
dG    <- 1.51   # [1/day] Loss of interferon-gamma
aG    <- 0.59   # [1] Share of interferon-gamma made however much IL-10 there is
bG    <- 650    # [pg/mL] IL-10 for half of its effect

fB ~ B/(B + h)                  # [1] Share of activation
Fd ~ aG + (1 - aG)*bG/(IL10 + bG) # [1] Interferon-gamma left by IL-10

d/dt(B)    <- rB*B - dB*B - KBC*E_b*B                                            # [10^9 cells] B cells
d/dt(E_b)  <- rE*E_b*B - dE*E_b - kin*E_b + kout*E_t - aE*E_b*(1 - fB) + aM*M_b*fB # [10^9 cells] Effector cells in blood
d/dt(E_t)  <- kin*E_b - kout*E_t                                                 # [10^9 cells] Effector cells in tissue
d/dt(M_b)  <- rM*M_b - dM*M_b - kin*M_b + kout*M_t + aE*E_b*(1 - fB) - aM*M_b*fB # [10^9 cells] Memory cells in blood
d/dt(M_t)  <- kin*M_b - kout*M_t                                                 # [10^9 cells] Memory cells in tissue
d/dt(IL6)  <- dIL6*(IL6_0 - IL6) + P6*1e6*B*E_b                                  # [pg/mL] IL-6
d/dt(IL10) <- dIL10*(IL10_0 - IL10) + P10*1e6*B*E_b                              # [pg/mL] IL-10
d/dt(IFNg) <- dG*(G0 - IFNg) + PG*1e6*B*E_b*Fd                                   # [pg/mL] Interferon-gamma
B(0)    <- B0
IL6(0)  <- IL6_0
IL10(0) <- IL10_0
IFNg(0) <- G0

CART <- E_b + M_b # [10^9 cells] CAR-T cells in blood
`,
  reference: 'doi:10.1111/cts.12636',
  citation: 'D. Hardiansyah and C. M. Ng, Clin. Transl. Sci. 12:343–349, 2019',
  limits: [
    'Two patients, each with parameters of his own; there is no variability between patients.',
    'B cells for half of the activation (h) are so many that nearly all activated cells become memory cells.',
    'Equation 7 is used with the gain aE·E_b of the balance of cells; as printed it has an error.',
    'Tissue holds about forty times the cells of the blood; the published peak is that of the blood.',
    'Cytokines follow the contact of cells alone: no fever, no grade, no tocilizumab.',
  ],
  start: 0,
  horizon: 60,
  regimen: splitDose,
  scenarios: [
    {
      id: 'upn3',
      title: 'Patient UPN3: 14 million cells, little leukaemia',
      regimen: splitDose,
      parameters: upn3,
      notes: Object.fromEntries(
        Object.keys(upn3).map((name) => [name, { trust: 'found', source: `${paper}; patient UPN3` }]),
      ),
    },
  ],
  parameters: parameterNotes([
    ['Dose', 'found', `${paper}; patient UPN1`, 'Dose'],
    ['CAR-T cells', 'found', estimate, 'rE dE aE'],
    ['CAR-T cells', 'found', paper, 'rM dM aM kin kout h'],
    ['B cells', 'found', `${paper}; patient UPN1`, 'B0'],
    ['B cells', 'found', estimate, 'KBC'],
    ['B cells', 'found', paper, 'rB dB'],
    ['Cytokines', 'found', estimate, 'P6 P10 PG'],
    ['Cytokines', 'found', digitised, 'IL6_0 IL10_0 G0'],
    ['Cytokines', 'found', paper, 'dIL6 dIL10 dG aG bG'],
  ]),
  panels: [
    { title: 'CAR-T cells in blood', quantities: ['CART', 'M_b'], unit: '10^9 cells', scale: 'log' },
    { title: 'B cells', quantities: ['B'], unit: '10^9 cells', scale: 'log' },
    { title: 'Cytokines', quantities: ['IL6', 'IL10', 'IFNg'], unit: 'pg/mL', scale: 'log' },
  ],
  endpoints: [
    { name: 'Cmax', label: 'Peak CAR-T cells in blood', unit: '10^9 cells', quantity: 'CART', kind: 'maximum' },
    { name: 'Tmax', label: 'Day of peak CAR-T cells', unit: 'day', quantity: 'CART', kind: 'timeOfMaximum' },
    {
      name: 'AUC0_28',
      label: 'CAR-T exposure, day 0 to 28',
      unit: '10^9 cells*day',
      quantity: 'CART',
      kind: 'auc',
      from: 0,
      to: 28,
    },
    { name: 'C28', label: 'CAR-T cells on day 28', unit: '10^9 cells', quantity: 'CART', kind: 'value', at: 28 },
    { name: 'B_nadir', label: 'Fewest B cells', unit: '10^9 cells', quantity: 'B', kind: 'minimum' },
    { name: 'IL6_peak', label: 'Peak IL-6', unit: 'pg/mL', quantity: 'IL6', kind: 'maximum' },
    { name: 'IL6_peak_day', label: 'Day of peak IL-6', unit: 'day', quantity: 'IL6', kind: 'timeOfMaximum' },
    { name: 'IL10_peak', label: 'Peak IL-10', unit: 'pg/mL', quantity: 'IL10', kind: 'maximum' },
    { name: 'IFNg_peak', label: 'Peak interferon-gamma', unit: 'pg/mL', quantity: 'IFNg', kind: 'maximum' },
  ],
  observations: [],
  targets: ['A09', 'A10', 'A11', 'A12', 'A13'],
}
