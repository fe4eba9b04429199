import type { LibraryModel } from '../library/library-model.ts'
import { parameterNotes } from '../library/parameter-notes.ts'

const frey = 'Frey 2010, J Clin Pharmacol 50:754, Table II (values via nlmixr2lib Frey_2010_tocilizumab)'
const moes = 'Moes 2022, Clin Pharmacokinet 61:231, Table 3 (values via nlmixr2lib Moes_2022_tocilizumab)'

const dose = { cmt: 'blood', amt: 'min(8*WT, 800)', duration: 1 / 24, label: 'Tocilizumab 8 mg/kg' }

/** Tocilizumab in blood and tissue with linear and saturable elimination, and the share of IL-6 receptors it occupies. */
export const tocilizumab: LibraryModel = {
  id: 'tocilizumab',
  title: 'Tocilizumab (Frey 2010)',
  summary:
    'Tocilizumab 8 mg/kg: two compartments, linear and Michaelis-Menten elimination, and the IL-6 receptors that it occupies.',
  text: `# Tocilizumab: two compartments, linear and saturable elimination (Frey 2010)
WT = 70   # [kg] Body weight
CL = 0.3  # [L/day] Tocilizumab clearance (linear)
V1 = 3.5  # [L] Tocilizumab central volume
Q  = 0.2  # [L/day] Tocilizumab distribution clearance
V2 = 2.9  # [L] Tocilizumab peripheral volume
Vm = 7.5  # [mg/day] Tocilizumab saturable elimination, most
Km = 2.7  # [ug/mL] Tocilizumab saturable elimination, half at
K  = 0.5  # [ug/mL] Tocilizumab for half of the IL-6 receptors
reach = 1 # [1] Share of the occupancy by tocilizumab that holds in the brain

C = blood/V1 # [ug/mL] Tocilizumab in serum
d/dt(blood)  = -(CL + Q)*C + Q*tissue/V2 - Vm*C/(Km + C) # [mg] Tocilizumab in blood
d/dt(tissue) = Q*(C - tissue/V2) # [mg] Tocilizumab in tissue
d/dt(gone)   = CL*C + Vm*C/(Km + C) # [mg] Tocilizumab eliminated
given = blood + tissue + gone # [mg] Tocilizumab given so far
occ  = C/(C + K) # [1] IL-6 receptors occupied by tocilizumab
occB = reach*occ # [1] IL-6 receptors of the brain occupied by tocilizumab
`,
  reference: 'doi:10.1177/0091270009350623',
  citation: 'N. Frey, S. Grange and T. Woodworth, J. Clin. Pharmacol. 50:754–766, 2010',
  limits: [
    'Estimated in rheumatoid arthritis: the effects of body surface, sex, rheumatoid factor, lipids, albumin, protein, creatinine clearance and smoking are left at their reference. Patients in intensive care with COVID-19 cleared it faster (scenario intensive-care).',
    'The dose goes by weight, the elimination does not.',
    'How much occupies half of the receptors is an assumption; occupancy follows the concentration at once. That it is the same in the brain (reach = 1) is another: the antibody hardly gets there.',
  ],
  start: 0,
  horizon: 42,
  regimen: { name: 'Tocilizumab 8 mg/kg (at most 800 mg) over one hour', doses: [{ time: 0, ...dose }] },
  scenarios: [
    {
      id: 'three-doses',
      title: 'Three doses, eight hours apart',
      regimen: { name: 'Tocilizumab 8 mg/kg every 8 h ×3', doses: [{ time: 0, ...dose, ii: 8 / 24, addl: 2 }] },
      parameters: {},
    },
    {
      id: 'every-four-weeks',
      title: 'Every four weeks for 24 weeks',
      regimen: { name: 'Tocilizumab 8 mg/kg every 4 weeks ×6', doses: [{ time: 0, ...dose, ii: 28, addl: 5 }] },
      parameters: {},
    },
    {
      id: 'intensive-care',
      title: 'COVID-19 in intensive care, with dexamethasone (Moes 2022)',
      regimen: { name: 'Tocilizumab 8 mg/kg (at most 800 mg) over one hour', doses: [{ time: 0, ...dose }] },
      parameters: { CL: 0.725, V1: 4.34, Q: 0, Vm: 4.19, Km: 0.22 },
      notes: {
        CL: { trust: 'found', source: moes },
        V1: { trust: 'found', source: moes },
        Q: { trust: 'found', source: `${moes}: one compartment` },
        Vm: { trust: 'found', source: moes },
        Km: { trust: 'found', source: moes },
      },
    },
  ],
  parameters: parameterNotes([
    ['Patient', 'assumption', 'typical adult', 'WT'],
    ['Tocilizumab', 'found', frey, 'CL V1 Q V2 Vm Km'],
    ['Tocilizumab', 'assumption', 'assumed', 'K'],
    ['Tocilizumab', 'assumption', 'assumed as in the reference models, which have one signal for all organs', 'reach'],
  ]),
  panels: [
    { title: 'Tocilizumab', quantities: ['C'], unit: 'ug/mL', scale: 'log' },
    { title: 'IL-6 receptors occupied', quantities: ['occ'], unit: '1', scale: 'linear' },
  ],
  endpoints: [
    { name: 'Cmax', label: 'Peak of tocilizumab', unit: 'ug/mL', quantity: 'C', kind: 'maximum' },
    { name: 'Tocilizumab_AUC', label: 'Exposure to tocilizumab', unit: 'ug*day/mL', quantity: 'C', kind: 'auc' },
    { name: 'Tocilizumab_mg', label: 'Tocilizumab given', unit: 'mg', quantity: 'given', kind: 'maximum' },
    {
      name: 'Days_occupied',
      label: 'Days with nine tenths of the receptors occupied',
      unit: 'day',
      quantity: 'occ',
      kind: 'timeAbove',
      threshold: 0.9,
    },
  ],
  observations: [],
  // Table II gives coefficients of variation and correlations. Their covariance on the log scale, as the product of a
  // triangular matrix with its transpose: each column is a factor.
  population: {
    factors: [
      { name: 'tocilizumab: clearance', sd: 0.3763 },
      { name: 'tocilizumab: volumes', sd: 0.2867 },
      { name: 'tocilizumab: tissue', sd: 0.4252 },
    ],
    parameters: [
      { parameter: 'CL', sd: 0, factors: { 'tocilizumab: clearance': 1 } },
      { parameter: 'V1', sd: 0, factors: { 'tocilizumab: clearance': 0.5714, 'tocilizumab: volumes': 1 } },
      {
        parameter: 'V2',
        sd: 0,
        factors: { 'tocilizumab: clearance': -0.1596, 'tocilizumab: volumes': 1.4677, 'tocilizumab: tissue': 1 },
      },
      {
        parameter: 'Vm',
        sd: 0.2233,
        factors: { 'tocilizumab: clearance': -0.6723, 'tocilizumab: volumes': 1.1036, 'tocilizumab: tissue': -0.4835 },
      },
    ],
    ties: {},
  },
  populationNote: {
    trust: 'found',
    source: `${frey}: coefficients of variation and correlations of CL, V1, V2 and Vm`,
  },
  targets: ['H01', 'H02', 'H03', 'H04'],
}
