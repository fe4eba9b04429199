import type { LibraryModel } from '../library/library-model.ts'
import { parameterNotes } from '../library/parameter-notes.ts'

const table = 'Chen 2024, Front Pharmacol 14:1319744, Table 2 (values via nlmixr2lib Chen_2024_rituximab)'
const pharmacokinetics = `${table}; fixed to Chen 2021, Front Pharmacol 12:725665`
const observed = 'Chen 2024, Front Pharmacol 14:1319744, Table 1: 14 children, median and range (via nlmixr2lib)'

const infusion = { cmt: 'blood', amt: '375*BSA', duration: 4.75 / 24, label: 'Rituximab 375 mg/m²' }

/**
 * Rituximab and the B cells of children with nephrotic syndrome: two compartments, turnover of B cells, loss that rises with
 * the concentration. Y. Chen et al., Front. Pharmacol. 14:1319744, 2024.
 */
export const chen2024: LibraryModel = {
  id: 'chen-2024',
  title: 'Rituximab and B cells in nephrotic syndrome (Chen 2024)',
  summary:
    'Rituximab 375 mg/m² twice in children with frequently relapsing or steroid-dependent nephrotic syndrome: its concentration and the B cells of the blood until they are back.',
  text: `# Rituximab and B cells in children with nephrotic syndrome (Chen 2024)
BSA  = 0.9     # [m^2] Body surface
CL   = 0.20856 # [L/day] Clearance at 0.9 m2 (8.69 mL/h)
V1   = 1.86    # [L] Central volume at 0.9 m2
Q    = 0.18    # [L/day] Distribution clearance (7.5 mL/h)
V2   = 1.9     # [L] Peripheral volume
bCL  = 1.26    # [1] Exponent of body surface on clearance
bV1  = 1       # [1] Exponent of body surface on the central volume
B0   = 395     # [cells/uL] Baseline B cells
kout = 0.051   # [1/day] Loss of B cells
Emax = 99.6    # [1] Largest rise of the loss, of itself
EC50 = 5.87    # [ug/mL] Rituximab for half of that rise

V ~ V1*(BSA/0.9)^bV1
C = blood/V # [ug/mL] Rituximab in serum
d/dt(blood)  = -CL*(BSA/0.9)^bCL*C - Q*(C - tissue/V2) # [mg] Rituximab in blood
d/dt(tissue) = Q*(C - tissue/V2) # [mg] Rituximab in tissue
rise ~ 1 + Emax*C/(EC50 + C) # [1] Loss of B cells, of that without rituximab
d/dt(B) = kout*B0 - kout*rise*B # [cells/uL] B cells in blood
B(0) = B0
`,
  reference: 'doi:10.3389/fphar.2023.1319744',
  citation: 'Y. Chen et al., Front. Pharmacol. 14:1319744, 2024',
  limits: [
    'Fourteen children; B0, kout and Emax have relative standard errors of 125, 136 and 85 %.',
    'B cells of the blood alone: no sanctuary in tissue, no subsets. Their lowest count comes within days of the last dose, whereas the lowest measured one came on day 37.5.',
    'The dose is not capped at 500 mg, as in the simulations of the paper.',
  ],
  start: 0,
  horizon: 400,
  regimen: { name: 'Rituximab 375 mg/m² on days 0 and 7', doses: [{ time: 0, ...infusion, ii: 7, addl: 1 }] },
  scenarios: [
    {
      id: 'once',
      title: 'One infusion',
      regimen: { name: 'Rituximab 375 mg/m² once', doses: [{ time: 0, ...infusion }] },
      parameters: {},
    },
    {
      id: 'four-infusions',
      title: 'Four weekly infusions',
      regimen: { name: 'Rituximab 375 mg/m² ×4', doses: [{ time: 0, ...infusion, ii: 7, addl: 3 }] },
      parameters: {},
    },
  ],
  parameters: parameterNotes([
    ['Patient', 'found', 'Chen 2021, Table 1: median of 14 children (via nlmixr2lib)', 'BSA'],
    ['Rituximab', 'found', pharmacokinetics, 'CL V1 Q V2 bCL bV1'],
    ['B cells', 'found', `${table}; relative standard error 125 %`, 'B0'],
    ['B cells', 'found', `${table}; relative standard error 136 %`, 'kout'],
    ['B cells', 'found', `${table}; relative standard error 85 %`, 'Emax'],
    ['B cells', 'found', `${table}; relative standard error 50 %`, 'EC50'],
  ]),
  panels: [
    { title: 'B cells', quantities: ['B'], unit: 'cells/uL', scale: 'log' },
    { title: 'Rituximab', quantities: ['C'], unit: 'ug/mL', scale: 'log' },
  ],
  endpoints: [
    { name: 'Cmax', label: 'Peak of rituximab', unit: 'ug/mL', quantity: 'C', kind: 'maximum' },
    { name: 'B_min', label: 'Fewest B cells', unit: 'cells/uL', quantity: 'B', kind: 'minimum' },
    { name: 'B_min_day', label: 'Day of fewest B cells', unit: 'day', quantity: 'B', kind: 'timeOfMinimum' },
    {
      name: 'B_return_day',
      label: 'Day of B-cell return (above 10/uL after the fewest)',
      unit: 'day',
      quantity: 'B',
      kind: 'firstAbove',
      threshold: 10,
      after: 'B_min_day',
    },
  ],
  observations: [
    {
      quantity: 'B',
      time: 37.5,
      value: 3.4,
      lower: 0,
      upper: 125.9,
      range: 'range of the samples before recovery',
      label: 'B cells before recovery, on the median day of the lowest',
      source: observed,
      trust: 'found',
    },
    {
      quantity: 'B',
      time: 154.5,
      value: 10,
      label: 'Median day of recovery above 10/uL (range 8 to 395)',
      source: observed,
      trust: 'found',
    },
  ],
  population: {
    factors: [],
    parameters: [
      { parameter: 'CL', sd: 0.3582 },
      { parameter: 'V1', sd: 0.25 },
      { parameter: 'B0', sd: 0.5998 },
      { parameter: 'kout', sd: 0.5967 },
    ],
    ties: {},
  },
  populationNote: {
    trust: 'found',
    source: `${table}: coefficients of variation of CL, V1, baseline and kout; body surface does not vary`,
  },
  targets: ['J05', 'J06', 'J07', 'J08', 'J09'],
}
