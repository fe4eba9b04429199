import type { LibraryModel } from '../library/library-model.ts'
import { parameterNotes } from '../library/parameter-notes.ts'
import { highRisk } from './high-risk.ts'
import { neutrophilEndpoints } from './neutrophil-endpoints.ts'

const park = 'Park 2025, Clin Transl Sci 18:e70146'
const friberg = 'Friberg 2002, J Clin Oncol 20:4713, from memory'
const pulses = [
  { time: -5, cmt: 'D', amt: 0.25, label: 'Fludarabine 25 mg/m²' },
  { time: -4, cmt: 'D', amt: 0.25, label: 'Fludarabine 25 mg/m²' },
  { time: -3, cmt: 'D', amt: 1.25, label: 'Fludarabine 25 mg/m² and cyclophosphamide 1000 mg/m²' },
]
const regimen = { name: 'Doses as in the lupus model, without concentrations', doses: pulses }

/** Neutrophils from precursors through three stages to blood, with feedback; the drug is an input. */
export const neutrophils: LibraryModel = {
  id: 'neutrophils',
  title: 'Neutrophils under chemotherapy (Friberg 2002, Park 2025)',
  summary:
    'Precursors, three maturing stages and neutrophils of blood with feedback on the precursors; a drug slows the precursors, a weak marrow follows the feedback less.',
  text: `# Neutrophils under chemotherapy (Friberg 2002; values of Park 2025)
NC0 = 5617    # [cells/uL] Baseline neutrophils
MTT = 4.35    # [day] Maturation time
gam = 0.14    # [1] Strength of the feedback
reserve = 1   # [1] Share of the feedback that the marrow can follow
sN = 3.53     # [1] Effect of the drug on precursors, per unit
kD = 1.39     # [1/day] Loss of the drug

drug ~ D # [1] Drug that slows the precursors
kMat ~ 4/MTT
d/dt(NP) = kMat*NP*(1 - sN*drug)*(NC0/max(NC, 1))^(gam*reserve) - kMat*NP # [cells/uL] Neutrophil precursors
d/dt(N1) = kMat*(NP - N1) # [cells/uL] Maturing neutrophils, stage 1
d/dt(N2) = kMat*(N1 - N2) # [cells/uL] Maturing neutrophils, stage 2
d/dt(N3) = kMat*(N2 - N3) # [cells/uL] Maturing neutrophils, stage 3
d/dt(NC) = kMat*(N3 - NC) # [cells/uL] Neutrophils
d/dt(D)  = -kD*D # [1] Lymphodepleting drug (1 = cyclophosphamide 1000 mg/m2)
NP(0) = NC0
N1(0) = NC0
N2(0) = NC0
N3(0) = NC0
NC(0) = NC0
`,
  reference: 'doi:10.1200/JCO.2002.02.140',
  citation: 'L. E. Friberg et al., J. Clin. Oncol. 20:4713–4721, 2002; values of Park 2025',
  limits: [
    'G-CSF is not modelled, nor that neutrophils fall again after they have returned, nor what CAR-T cells and cytokines do to the marrow.',
    'That a weak marrow follows the feedback less is an assumption; how much less in the scenario high-risk was chosen to give the published days below 500/uL of a high score.',
  ],
  start: -7,
  horizon: 60,
  regimen,
  scenarios: [
    {
      id: 'high-risk',
      title: 'Weak marrow (as with a high CAR-HEMATOTOX score)',
      regimen,
      parameters: { NC0: highRisk.NC0.value, reserve: highRisk.reserve.value },
      notes: { NC0: highRisk.NC0.note, reserve: highRisk.reserve.note },
    },
    {
      id: 'friberg-2002',
      title: 'Baseline, maturation and feedback of Friberg 2002',
      regimen,
      parameters: { NC0: 5050, MTT: 5.3, gam: 0.16 },
      notes: {
        NC0: { trust: 'memory', source: friberg },
        MTT: { trust: 'memory', source: `${friberg}: 127 h` },
        gam: { trust: 'memory', source: friberg },
      },
    },
  ],
  parameters: parameterNotes([
    ['Neutrophils', 'found', park, 'NC0 MTT gam'],
    ['Neutrophils', 'assumption', 'assumed; 1 is the published feedback', 'reserve'],
    ['Neutrophils', 'fitted', 'that of lupus-qsp: calibrated to the nadir of target B25', 'sN'],
    ['Neutrophils', 'found', park, 'kD'],
  ]),
  panels: [{ title: 'Neutrophils', quantities: ['NC'], unit: 'cells/uL', scale: 'log' }],
  endpoints: neutrophilEndpoints,
  observations: [],
  population: {
    factors: [],
    parameters: [
      { parameter: 'NC0', sd: 0.29 },
      { parameter: 'MTT', sd: 0.2 },
      { parameter: 'sN', sd: 0.26 },
    ],
    ties: {},
  },
  populationNote: { trust: 'found', source: `${park}: baseline, maturation time and drug effect, in lupus` },
  targets: [],
}
