import type { LibraryModel } from '../library/library-model.ts'
import { parameterNotes } from '../library/parameter-notes.ts'

const scaling =
  'size of a dose in the reference models (fludarabine 25 mg/m², cyclophosphamide 1000 mg/m²); relative size of the two assumed'
const reference = 'exposure after that dose of a patient of 70 kg, 166.7 cm and 96 mL/min'

/**
 * From the concentrations of fludarabine and cyclophosphamide to one lymphodepleting effect, in the unit of the reference
 * models: the area of the effect of a reference dose in a reference patient is that of their own kinetics, w/kLD.
 */
export const lymphodepletion: LibraryModel = {
  id: 'lymphodepletion',
  title: 'Lymphodepleting effect of fludarabine and cyclophosphamide',
  summary:
    'One effect of both drugs, driven by their concentrations and lost at a rate of 1.39 per day; alone, by doses in units of cyclophosphamide 1000 mg/m².',
  text: `# Lymphodepleting effect; 1 = cyclophosphamide 1000 mg/m2 = fludarabine 100 mg/m2 in the reference patient
kLD   = 1.39   # [1/day] Loss of the effect
w_flu = 0.25   # [1] Size of one fludarabine dose of the reference patient (25 mg/m2)
w_cy  = 1      # [1] Size of one cyclophosphamide dose of the reference patient (1000 mg/m2)
aucF  = 5.7553 # [mg*h/L] Exposure to F-ara-A after that dose
aucC  = 332.79 # [mg*h/L] Exposure to cyclophosphamide after that dose
LDon  = 1      # [1] Lymphodepletion acts (1) or not (0)
cF    = 0      # [mg/L] F-ara-A
cC    = 0      # [mg/L] Cyclophosphamide

d/dt(LD) = 24*LDon*(w_flu*cF/aucF + w_cy*cC/aucC) - kLD*LD # [1] Lymphodepleting effect (1 = cyclophosphamide 1000 mg/m2)
d/dt(area) = LD # [day] Area of the effect
f(LD) = LDon
`,
  reference: 'evidence/README.md; kLD from Park 2025 (doi:10.1111/cts.70146)',
  citation: 'cartkin, lymphodepletion, and the papers named with its parameters',
  limits: [
    'That the effect is proportional to the exposure to both drugs, and that they add, is an assumption: no published model links F-ara-A to the depth of lymphodepletion.',
    'How many mg/m² of fludarabine count as 1000 mg/m² of cyclophosphamide is an assumption of the reference models.',
    'The metabolites within cells that act are not modelled; the loss of the effect is that of the published kinetics without concentrations.',
  ],
  start: -7,
  horizon: 7,
  regimen: {
    name: 'Doses as in the lupus model, without concentrations',
    doses: [
      { time: -5, cmt: 'LD', amt: 'w_flu', label: 'Fludarabine 25 mg/m²' },
      { time: -4, cmt: 'LD', amt: 'w_flu', label: 'Fludarabine 25 mg/m²' },
      { time: -3, cmt: 'LD', amt: 'w_flu + w_cy', label: 'Fludarabine 25 mg/m² and cyclophosphamide 1000 mg/m²' },
    ],
  },
  parameters: parameterNotes([
    ['Lymphodepletion', 'found', 'Park 2025, Clin Transl Sci 18:e70146', 'kLD'],
    ['Lymphodepletion', 'assumption', scaling, 'w_flu w_cy LDon'],
    ['Lymphodepletion', 'derived', `${reference}: dose/clearance by Varela-Gonzalez-Aller 2025`, 'aucF'],
    ['Lymphodepletion', 'derived', `${reference}: dose/clearance by Ahmed 2020`, 'aucC'],
    ['Lymphodepletion', 'assumption', 'none unless connected', 'cF cC'],
  ]),
  panels: [{ title: 'Lymphodepleting effect', quantities: ['LD'], unit: '1', scale: 'linear' }],
  endpoints: [
    { name: 'LD_area', label: 'Area of the lymphodepleting effect', unit: 'day', quantity: 'area', kind: 'maximum' },
  ],
  observations: [],
  targets: [],
}
