import type { LibraryModel } from '../library/library-model.ts'
import { parameterNotes } from '../library/parameter-notes.ts'
import { fluCyAlone, fluCyRegimens } from './flu-cy-regimens.ts'

const ahmed = 'Ahmed 2020, Front Pharmacol 11:406, Tables 3 and 4 (values via nlmixr2lib Ahmed_2020_cyclophosphamide)'
const states = { cyclophosphamide: 'A' }

/** Cyclophosphamide in one compartment, its volume by body surface. */
export const cyclophosphamide: LibraryModel = {
  id: 'cyclophosphamide',
  title: 'Cyclophosphamide (Ahmed 2020)',
  summary: 'Cyclophosphamide 500 mg/m² on three days: one compartment, volume by body surface, cumulative exposure.',
  text: `# Cyclophosphamide: one compartment (Ahmed 2020)
WT = 70    # [kg] Body weight
HT = 166.7 # [cm] Body height; the doses and the volume go by body surface
CL = 5.41  # [L/h] Clearance
V  = 46.5  # [L] Volume at a body surface of 1.58 m2
bV = 0.861 # [1] Power of the body surface in the volume

C = A/(V*(sqrt(WT*HT/3600)/1.58)^bV) # [mg/L] Cyclophosphamide in plasma
d/dt(A)   = -24*CL*C # [mg] Cyclophosphamide
d/dt(AUC) = 24*C # [mg*h/L] Cumulative exposure to cyclophosphamide
`,
  reference: 'doi:10.3389/fphar.2020.00406',
  citation: 'J. H. Ahmed et al., Front. Pharmacol. 11:406, 2020',
  limits: [
    'Estimated in 267 Ethiopian women with breast cancer at 500 and 600 mg/m²; the values are those of 600 mg/m². Clearance was a third lower in the patients with 500 mg/m², who had other drugs with it: no dependence on the dose is modelled.',
    'What acts are its metabolites, which are not modelled, nor that it hastens its own metabolism over days.',
    'Clearance does not go by body size, so a larger patient has a larger exposure at the same dose per m².',
  ],
  start: -7,
  horizon: 2,
  regimen: fluCyAlone(fluCyRegimens.axiCel, states),
  scenarios: [
    {
      id: 'lupus',
      title: 'Before CAR-T cells in lupus',
      regimen: fluCyAlone(fluCyRegimens.lupus, states),
      parameters: {},
    },
  ],
  parameters: parameterNotes([
    ['Patient', 'assumption', 'typical adult; the height gives 1.80 m² at 70 kg', 'WT HT'],
    ['Cyclophosphamide', 'found', ahmed, 'CL V bV'],
  ]),
  panels: [
    { title: 'Cyclophosphamide', quantities: ['C'], unit: 'mg/L', scale: 'log' },
    { title: 'Cumulative exposure', quantities: ['AUC'], unit: 'mg*h/L', scale: 'linear' },
  ],
  endpoints: [
    { name: 'Cy_AUC', label: 'Exposure to cyclophosphamide', unit: 'mg*h/L', quantity: 'AUC', kind: 'maximum' },
    { name: 'Cy_peak', label: 'Peak of cyclophosphamide', unit: 'mg/L', quantity: 'C', kind: 'maximum' },
  ],
  observations: [],
  population: {
    factors: [],
    parameters: [
      { parameter: 'CL', sd: 0.4416 },
      { parameter: 'V', sd: 0.3482 },
    ],
    ties: {},
  },
  populationNote: { trust: 'found', source: `${ahmed}: coefficients of variation of 46.4 % and 35.9 %` },
  targets: [],
}
