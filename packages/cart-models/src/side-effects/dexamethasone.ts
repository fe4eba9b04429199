import type { LibraryModel } from '../library/library-model.ts'
import { parameterNotes } from '../library/parameter-notes.ts'

const krzyzanski =
  'Krzyzanski 2021, J Pharmacokinet Pharmacodyn 48:261, Table 3 (values via nlmixr2lib Krzyzanski_2021_dexamethasone)'

const intravenous = { cmt: 'blood', amt: 10, label: 'Dexamethasone 10 mg' }

/**
 * Dexamethasone by vein, mouth or muscle, and its effect on myeloid cells, IL-6 and CAR-T cells together with that of other
 * steroids.
 */
export const dexamethasone: LibraryModel = {
  id: 'dexamethasone',
  title: 'Dexamethasone (Krzyzanski 2021)',
  summary:
    'Dexamethasone 10 mg: two compartments, absorption from gut and muscle, and an effect that it shares with other steroids.',
  text: `# Dexamethasone: two compartments, by vein, mouth or muscle (Krzyzanski 2021)
CL    = 222.96 # [L/day] Dexamethasone clearance
V1    = 51.3   # [L] Dexamethasone central volume
Q     = 12.912 # [L/day] Dexamethasone distribution clearance
V2    = 5.06   # [L] Dexamethasone peripheral volume
kGut  = 22.464 # [1/day] Dexamethasone absorption from the gut
kIM   = 11.04  # [1/day] Dexamethasone absorption from muscle
FGut  = 1.04   # [1] Share of an oral dose of dexamethasone that is absorbed, relative to muscle
IC50  = 15     # [ng/mL] Dexamethasone for half of its effect
Imax  = 0.85   # [1] Largest effect of steroids on myeloid cells and IL-6
ImaxC = 0.25   # [1] Largest effect of steroids on CAR-T proliferation
other = 0      # [1] Other steroids (concentration over that for half of their effect)

C    = 1000*blood/V1 # [ng/mL] Dexamethasone in plasma
load ~ C/IC50 + other
d/dt(gut)    = -kGut*gut # [mg] Dexamethasone in the gut
d/dt(muscle) = -kIM*muscle # [mg] Dexamethasone in muscle
d/dt(blood)  = kGut*gut + kIM*muscle - (CL + Q)*blood/V1 + Q*tissue/V2 # [mg] Dexamethasone in blood
d/dt(tissue) = Q*(blood/V1 - tissue/V2) # [mg] Dexamethasone in tissue
d/dt(gone)   = CL*blood/V1 # [mg] Dexamethasone eliminated
f(gut) = FGut
given   = gut + muscle + blood + tissue + gone # [mg] Dexamethasone given so far, as absorbed
effect  = Imax*load/(1 + load) # [1] Steroid effect on myeloid cells
effectC = ImaxC*load/(1 + load) # [1] Steroid effect on CAR-T cells
`,
  reference: 'doi:10.1007/s10928-020-09730-z',
  citation: 'W. Krzyzanski et al., J. Pharmacokinet. Pharmacodyn. 48:261–272, 2021',
  limits: [
    'Estimated in healthy women of 57 kg after 6 mg; clearance and volumes are apparent ones of the dose into muscle, taken as those of a dose by vein.',
    'Clearance is lower than in other adults: exposure after 10 mg is above that of patients with cancer (target H06).',
    'The effect follows the concentration at once, whereas that of steroids on genes outlasts them. Its size and concentration are assumptions; that it slows CAR-T cells is one, too: in patients no effect was found.',
  ],
  start: 0,
  horizon: 3,
  regimen: {
    name: 'Dexamethasone 10 mg every six hours, four doses',
    doses: [{ time: 0, ...intravenous, ii: 0.25, addl: 3 }],
  },
  scenarios: [
    {
      id: 'oral',
      title: '10 mg by mouth once a day',
      regimen: {
        name: 'Dexamethasone 10 mg by mouth ×3',
        doses: [{ ...intravenous, time: 0, cmt: 'gut', ii: 1, addl: 2 }],
      },
      parameters: {},
    },
    {
      id: 'intramuscular',
      title: '6 mg into muscle',
      regimen: {
        name: 'Dexamethasone 6 mg into muscle',
        doses: [{ time: 0, cmt: 'muscle', amt: 6, label: 'Dexamethasone 6 mg' }],
      },
      parameters: {},
    },
  ],
  parameters: parameterNotes([
    ['Dexamethasone', 'found', krzyzanski, 'CL V1 Q V2 kGut kIM FGut'],
    ['Effect of steroids', 'assumption', 'assumed', 'IC50 Imax'],
    ['Effect of steroids', 'assumption', 'assumed; Stein 2019 found no effect on expansion', 'ImaxC'],
    ['Effect of steroids', 'assumption', 'none', 'other'],
  ]),
  panels: [
    { title: 'Dexamethasone', quantities: ['C'], unit: 'ng/mL', scale: 'log' },
    { title: 'Effect', quantities: ['effect', 'effectC'], unit: '1', scale: 'linear' },
  ],
  endpoints: [
    { name: 'Cmax', label: 'Peak of dexamethasone', unit: 'ng/mL', quantity: 'C', kind: 'maximum' },
    { name: 'Dexamethasone_AUC', label: 'Exposure to dexamethasone', unit: 'ng*day/mL', quantity: 'C', kind: 'auc' },
    { name: 'Dexamethasone_mg', label: 'Dexamethasone given', unit: 'mg', quantity: 'given', kind: 'maximum' },
  ],
  observations: [],
  population: {
    factors: [],
    // Published variances on the natural-log scale: 0.0265, 0.0633, 0.395.
    parameters: [
      { parameter: 'CL', sd: Math.sqrt(0.0265) },
      { parameter: 'kIM', sd: Math.sqrt(0.0633) },
      { parameter: 'kGut', sd: Math.sqrt(0.395) },
    ],
    ties: {},
  },
  populationNote: { trust: 'found', source: `${krzyzanski}: variances on the natural-log scale` },
  targets: ['H05', 'H06'],
}
