import type { EndpointDefinition } from '@cartkin/simulation'
import { cellKinetics } from '../library/kinetic-endpoints.ts'
import type { LibraryModel } from '../library/library-model.ts'
import { parameterNotes } from '../library/parameter-notes.ts'

const review = 'Chaudhury 2020, J Clin Pharmacol 60(S1), as encoded in'
const reference = 'doi:10.1002/jcph.1691'
const citation = 'A. Chaudhury et al., J. Clin. Pharmacol. 60(S1), 2020'
const regimen = { name: 'Single infusion on day 0 (contained in the starting value)', doses: [] }
const illustrative =
  'An illustration of a form of model: the values are those of a review, not estimates from patients.'

const endpoints: readonly EndpointDefinition[] = [
  ...cellKinetics(),
  {
    name: 'U_crit_day',
    label: 'Day on which fewer than 0.1 tumour cells are left',
    unit: 'day',
    quantity: 'U',
    kind: 'firstBelow',
    threshold: 0.1,
  },
]

const panels: LibraryModel['panels'] = [
  { title: 'CAR-T cells', quantities: ['CAR'], unit: 'cells/uL', scale: 'log' },
  { title: 'Tumour cells', quantities: ['U'], unit: 'cells/uL', scale: 'log' },
]

/**
 * CAR-T cells as predators of tumour cells (Lotka and Volterra), equations 4 and 5 of the review. A. Chaudhury et al.,
 * J. Clin. Pharmacol. 60(S1), 2020.
 */
export const chaudhury2020LotkaVolterra: LibraryModel = {
  id: 'chaudhury-2020-lotka-volterra',
  title: 'CAR-T cells and tumour, predator and prey (Chaudhury 2020)',
  summary:
    'The simplest form in which antigen drives expansion: CAR-T cells multiply and kill by contact with tumour cells, both without saturation.',
  text: `# CAR-T cells and tumour as predator and prey (Chaudhury 2020, eqs. 4-5)
rho = 0.0018  # [uL/cell/day] Proliferation of CAR-T cells by contact
k_E = 0.16    # [1/day] Loss of CAR-T cells
g   = 0.15    # [1/day] Growth of tumour
d   = 0.00015 # [uL/cell/day] Killing by contact
C0  = 10      # [cells/uL] CAR-T cells at the start
U0  = 900     # [cells/uL] Tumour cells at the start

d/dt(C) = rho*C*U - k_E*C # [cells/uL] CAR-T cells in expansion
d/dt(U) = g*U - d*C*U     # [cells/uL] Tumour cells
C(0) = C0
U(0) = U0

CAR = C # [cells/uL] CAR-T cells
`,
  reference,
  citation,
  limits: [
    illustrative,
    'Expansion and killing do not saturate: far from the values given the peak is beyond anything seen.',
    'There is no persistent cell: CAR-T cells vanish with the tumour, which then returns, again and again.',
  ],
  start: 0,
  horizon: 60,
  regimen,
  parameters: parameterNotes([
    ['CAR-T cells', 'found', `${review} BIOMD0000001024`, 'rho k_E C0'],
    ['Tumour', 'found', `${review} BIOMD0000001024`, 'g d U0'],
  ]),
  panels,
  endpoints: [
    ...endpoints,
    { name: 'U_nadir', label: 'Fewest tumour cells', unit: 'cells/uL', quantity: 'U', kind: 'minimum' },
    { name: 'U28', label: 'Tumour cells on day 28', unit: 'cells/uL', quantity: 'U', kind: 'value', at: 28 },
  ],
  observations: [],
  targets: [],
}

/**
 * CAR-T cells that expand for a given time whatever the tumour, and kill by contact; equations S1 to S3 of the review.
 * A. Chaudhury et al., J. Clin. Pharmacol. 60(S1), 2020.
 */
export const chaudhury2020FirstOrder: LibraryModel = {
  id: 'chaudhury-2020-first-order',
  title: 'CAR-T cells and tumour, expansion of first order (Chaudhury 2020)',
  summary:
    'Expansion without antigen up to Tmax, then contraction to persistent cells; the tumour grows by Gompertz, is killed by contact, and below a critical number does not grow.',
  text: `# CAR-T expansion of first order, killing by contact (Chaudhury 2020, eqs. S1-S3)
rho    = 1.0    # [1/day] Expansion
k_E    = 0.16   # [1/day] Loss of expanding cells
k_EP   = 0.0012 # [1/day] Expanding to persistent cells
beta   = 0.0032 # [1/day] Loss of persistent cells
T_max  = 9.3    # [day] End of the expansion
g      = 0.3    # [1/day] Growth of tumour
d      = 7e-4   # [uL/cell/day] Killing by contact
U_crit = 0.1    # [cells/uL] Tumour that grows at half its rate
h      = 3      # [1] Steepness of that
U_max  = 100    # [cells/uL] Largest tumour of the growth law
E0     = 10     # [cells/uL] Expanding cells at the start
U0     = 900    # [cells/uL] Tumour cells at the start

Uf     ~ max(U, 1e-12) # keeps power and logarithm defined
F_cure ~ 1/(1 + (U_crit/Uf)^h)

d/dt(C_E) = ifelse(t <= T_max, rho*C_E, -(k_EP + k_E)*C_E)  # [cells/uL] Expanding CAR-T cells
d/dt(C_P) = ifelse(t <= T_max, 0, k_EP*C_E - beta*C_P)      # [cells/uL] Persistent CAR-T cells
d/dt(U) = F_cure*g*U*(log(U_max) - log(Uf))/log(U_max) - d*C_E*U # [cells/uL] Tumour cells
C_E(0) = E0
U(0) = U0

CAR = C_E + C_P # [cells/uL] CAR-T cells
`,
  reference,
  citation,
  limits: [
    illustrative,
    'The tumour starts at nine times the largest size of its growth law, as printed, so that it would shrink untreated.',
    'Expansion ends at Tmax and is the same whatever the tumour.',
    'Cure is a threshold, not chance: below the critical number growth ceases.',
  ],
  start: 0,
  horizon: 60,
  regimen,
  parameters: parameterNotes([
    ['CAR-T cells', 'found', `${review} MODEL2109110005`, 'rho k_E k_EP beta T_max E0'],
    ['Tumour', 'found', `${review} MODEL2109110005`, 'g d U_crit h U_max U0'],
  ]),
  panels,
  endpoints,
  observations: [],
  targets: [],
}

/**
 * Expansion and killing that saturate in the sum of both cells; the form with EC50 of the review. A. Chaudhury et al.,
 * J. Clin. Pharmacol. 60(S1), 2020.
 */
export const chaudhury2020Saturable: LibraryModel = {
  id: 'chaudhury-2020-saturable',
  title: 'CAR-T cells and tumour, saturable contact (Chaudhury 2020)',
  summary:
    'Antigen drives expansion up to Tmax and is needed for it; expansion and killing saturate in the sum of CAR-T and tumour cells; persistent cells remain.',
  text: `# CAR-T expansion and killing with saturable contact (Chaudhury 2020)
rho      = 8.8    # [1/day] Fastest expansion
EC50_rho = 1      # [cells/uL] Cells for half of it, of both kinds
k_E      = 0.16   # [1/day] Loss of expanding cells
k_EP     = 0.0012 # [1/day] Expanding to persistent cells
beta     = 0.0032 # [1/day] Loss of persistent cells
T_max    = 9.3    # [day] End of the expansion
g        = 0.2    # [1/day] Growth of tumour
d        = 0.35   # [1/day] Fastest killing
EC50_d   = 10     # [cells/uL] Cells for half of it, of both kinds
U_crit   = 0.1    # [cells/uL] Tumour that grows at half its rate
h        = 3      # [1] Steepness of that
U_max    = 1000   # [cells/uL] Largest tumour
E0       = 10     # [cells/uL] Expanding cells at the start
U0       = 900    # [cells/uL] Tumour cells at the start

Uf     ~ max(U, 1e-12) # keeps power and logarithm defined
F_cure ~ 1/(1 + (U_crit/Uf)^h)

d/dt(C_E) = ifelse(t <= T_max, rho*C_E*U/(EC50_rho + C_E + U), -(k_EP + k_E)*C_E) # [cells/uL] Expanding CAR-T cells
d/dt(C_P) = ifelse(t <= T_max, 0, k_EP*C_E - beta*C_P) # [cells/uL] Persistent CAR-T cells
d/dt(U) = F_cure*g*U*(log(U_max) - log(Uf))/log(U_max) - d*C_E*U/(EC50_d + C_E + U) # [cells/uL] Tumour cells
C_E(0) = E0
U(0) = U0

CAR = C_E + C_P # [cells/uL] CAR-T cells
`,
  reference,
  citation,
  limits: [
    illustrative,
    'Expansion ends at Tmax, even where tumour is left.',
    'Cure is a threshold, not chance: below the critical number growth ceases.',
    'The published key figures are of the other two forms; this one is held against its SBML encoding alone.',
  ],
  start: 0,
  horizon: 60,
  regimen,
  parameters: parameterNotes([
    ['CAR-T cells', 'found', `${review} BIOMD0000001025`, 'rho EC50_rho k_E k_EP beta T_max E0'],
    ['Tumour', 'found', `${review} BIOMD0000001025`, 'g d EC50_d U_crit h U_max U0'],
  ]),
  panels,
  endpoints,
  observations: [],
  targets: [],
}
