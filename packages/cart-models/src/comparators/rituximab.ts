import type { LibraryModel } from '../library/library-model.ts'
import { parameterNotes } from '../library/parameter-notes.ts'

const lioger =
  'Lioger 2017, Br J Clin Pharmacol 83:1773, Table 2: 64 patients with rheumatoid arthritis (values via nlmixr2lib Lioger_2017_rituximab)'
const reference = 'Lioger 2017: reference of the covariate, rounded from the medians of Table 1'

const dose = { cmt: 'blood', duration: 4 / 24 }
const gram = { ...dose, amt: 1000, label: 'Rituximab 1000 mg' }
const perSurface = { ...dose, amt: '375*BSA', label: 'Rituximab 375 mg/m²' }

/** Rituximab in blood and tissue, and how fast it kills the B cells that it reaches. */
export const rituximab: LibraryModel = {
  id: 'rituximab',
  title: 'Rituximab (Lioger 2017)',
  summary:
    'Rituximab 1000 mg on days 0 and 14: two compartments with linear elimination that goes with IgG and B cells before treatment, and the killing of B cells that follows the concentration.',
  text: `# Rituximab: two compartments (Lioger 2017) and killing of B cells
BSA    = 1.8 # [m^2] Body surface
male   = 0   # [1] Man (1) or woman (0)
course = 1   # [1] Number of the treatment course
IgG    = 10  # [g/L] IgG before treatment
CD19   = 100 # [cells/uL] B cells before treatment

V1      = 4.1   # [L] Central volume of a woman with 1.8 m2 in her first course
k10     = 0.11  # [1/day] Elimination
k12     = 0.42  # [1/day] Blood to tissue
k21     = 0.25  # [1/day] Tissue to blood
bBSA    = 1     # [1] Exponent of body surface on the central volume
bMale   = 0.37  # [1] Logarithm of the central volume of men to that of women
bCourse = 0.41  # [1] Exponent of the treatment course on the central volume
bIgG    = 0.5   # [1] Exponent of IgG on elimination
bCD19   = 0.035 # [1] Exponent of B cells on elimination

Emax  = 0.6  # [1/day] Fastest killing of B cells
EC50  = 6    # [ug/mL] Rituximab for half of that killing
sanct = 0.22 # [1] Share of tissue B cells that rituximab does not reach

V   ~ V1*(BSA/1.8)^bBSA*exp(bMale*male)*course^bCourse
kel ~ k10*(IgG/10)^bIgG*(CD19/100)^bCD19

C = blood/V # [ug/mL] Rituximab in serum
d/dt(blood)  = -(kel + k12)*blood + k21*tissue # [mg] Rituximab in blood
d/dt(tissue) = k12*blood - k21*tissue # [mg] Rituximab in tissue

kill = Emax*C/(EC50 + C) # [1/day] Killing of B cells by rituximab
spared ~ sanct*kill # [1/day] The part of it that tissue B cells are spared
`,
  reference: 'doi:10.1111/bcp.13270',
  citation: 'B. Lioger et al., Br. J. Clin. Pharmacol. 83:1773–1781, 2017',
  limits: [
    'Estimated from routine samples in rheumatoid arthritis; its peaks lie below those of trials with dense samples. Variability between treatment courses is left out.',
    'Elimination goes with IgG and B cells before treatment; that proteinuria takes antibody along is not in it.',
    'How fast B cells are killed and how many in tissue are spared are the assumptions of lupus-qsp. In children 5.1 per day was estimated in blood (chen-2024).',
    'Antibodies against rituximab and resistance are not modelled.',
  ],
  start: 0,
  horizon: 365,
  regimen: { name: 'Rituximab 1000 mg on days 0 and 14', doses: [{ time: 0, ...gram, ii: 14, addl: 1 }] },
  scenarios: [
    {
      id: 'weekly',
      title: 'Rituximab 375 mg/m² weekly, four times',
      regimen: { name: 'Rituximab 375 mg/m² ×4', doses: [{ time: 0, ...perSurface, ii: 7, addl: 3 }] },
      parameters: {},
    },
  ],
  parameters: parameterNotes([
    ['Patient', 'found', 'Lioger 2017, Table 1: median', 'BSA'],
    ['Patient', 'assumption', 'typical patient: 83 % of those of Lioger 2017 were women', 'male'],
    ['Patient', 'assumption', 'first treatment', 'course'],
    ['Patient', 'assumption', reference, 'IgG CD19'],
    ['Rituximab', 'found', lioger, 'V1 k10 k12 k21 bBSA bMale bCourse bIgG bCD19'],
    ['Killing', 'assumption', 'assumed in lupus-qsp; Chen 2024 has an EC50 of 5.87 ug/mL', 'EC50'],
    ['Killing', 'assumption', 'assumed in lupus-qsp', 'Emax sanct'],
  ]),
  panels: [
    { title: 'Rituximab', quantities: ['C'], unit: 'ug/mL', scale: 'log' },
    { title: 'Killing of B cells', quantities: ['kill'], unit: '1/day', scale: 'linear' },
  ],
  endpoints: [
    { name: 'Cmax', label: 'Peak of rituximab', unit: 'ug/mL', quantity: 'C', kind: 'maximum' },
    { name: 'AUC', label: 'Exposure to rituximab', unit: 'ug*day/mL', quantity: 'C', kind: 'auc' },
    {
      name: 'Days_killing',
      label: 'Days with half of the fastest killing by rituximab',
      unit: 'day',
      quantity: 'kill',
      kind: 'timeAbove',
      threshold: 0.3,
    },
  ],
  observations: [],
  population: {
    factors: [],
    parameters: [
      { parameter: 'V1', sd: 0.22 },
      { parameter: 'k10', sd: 0.24 },
    ],
    ties: {},
  },
  populationNote: { trust: 'found', source: `${lioger}: variability between patients of V1 and k10` },
  targets: ['J01', 'J02', 'J03'],
}
