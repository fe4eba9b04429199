import type { LibraryModel } from '../library/library-model.ts'
import { parameterNotes } from '../library/parameter-notes.ts'
import { fluCyAlone, fluCyRegimens, renalReduction } from './flu-cy-regimens.ts'

const varela =
  'Varela-Gonzalez-Aller 2025, Pharmaceutics 17:1592, Table 2 (values via nlmixr2lib VarelaGonzalezAller_2025_fludarabine)'
const langenhorst =
  'Langenhorst 2019, Clin Pharmacokinet 58:627, Table 2 (values via nlmixr2lib Langenhorst_2019_fludarabine)'
const states = { fludarabine: 'A1' }
/** Before allogeneic transplantation; there the glomerular filtration in L/h times 0.78 is added to the other clearance. */
const transplantation = { CLaxi: 3.2, CLtisa: 3.2, CLren: 4.4928, V1: 39, V2: 20, V3: 50, Q2: 8.6, Q3: 3.8 }

/** Fludarabine before CAR-T cells: F-ara-A in three compartments by weight, kidney function and product, and its exposure. */
export const fludarabine: LibraryModel = {
  id: 'fludarabine',
  title: 'Fludarabine (Varela-Gonzalez-Aller 2025)',
  summary:
    'F-ara-A after fludarabine 30 mg/m² on three days: three compartments, clearance by weight and creatinine clearance, cumulative exposure.',
  text: `# Fludarabine before CAR-T cells: F-ara-A in three compartments (Varela-Gonzalez-Aller 2025)
WT    = 70    # [kg] Body weight
HT    = 166.7 # [cm] Body height; the doses go by body surface
CRCL  = 96    # [mL/min] Creatinine clearance
tisa  = 0     # [1] Patient who is to get tisa-cel (1) or axi-cel (0)
share = 0.78  # [1] F-ara-A in fludarabine phosphate, by weight
CLaxi  = 4.4  # [L/h] Clearance not by the kidney, before axi-cel
CLtisa = 3.9  # [L/h] Clearance not by the kidney, before tisa-cel
CLren  = 1.7  # [L/h] Clearance by the kidney at a creatinine clearance of 96 mL/min
V1 = 41.2     # [L] Central volume
V2 = 14.5     # [L] First peripheral volume
V3 = 10.8     # [L] Second peripheral volume
Q2 = 4.8      # [L/h] Clearance to the first peripheral volume
Q3 = 3.6      # [L/h] Clearance to the second peripheral volume
iCL = 1       # [1] This patient's clearance, of the typical one
iV1 = 1       # [1] This patient's central volume, of the typical one

# by weight, clearances in litres per day
size ~ 24*(WT/70)^0.75
CL ~ size*iCL*(CLaxi + (CLtisa - CLaxi)*tisa + CLren*CRCL/96)
to2 ~ size*Q2
to3 ~ size*Q3
C  = A1/(V1*iV1*WT/70) # [mg/L] F-ara-A in serum
C2 ~ A2/(V2*WT/70)
C3 ~ A3/(V3*WT/70)
d/dt(A1)  = -CL*C - to2*(C - C2) - to3*(C - C3) # [mg] F-ara-A in the central volume
d/dt(A2)  = to2*(C - C2) # [mg] F-ara-A in the first peripheral volume
d/dt(A3)  = to3*(C - C3) # [mg] F-ara-A in the second peripheral volume
d/dt(AUC) = 24*C # [mg*h/L] Cumulative exposure to F-ara-A
f(A1) = share
`,
  reference: 'doi:10.3390/pharmaceutics17121592',
  citation: 'J. Varela-González-Aller et al., Pharmaceutics 17:1592, 2025',
  limits: [
    'Estimated in 56 adults with lymphoma (39 to 214 mL/min, 52 to 101 kg): other diseases, children and dialysis lie outside.',
    'The product stands for the patients who get it: fludarabine is given before the cells, and its authors think the difference unlikely to matter.',
    'The phase between 7 and 24 h rests on few samples, and with it the second peripheral volume.',
    'The exposures that were associated with outcomes were estimated by models of patients with allogeneic transplantation, by which the same dose gives a fifth less (scenario transplantation-model).',
    'Weight, height and kidney function of the virtual patients follow the published medians and ranges; their spreads are assumptions.',
  ],
  start: -7,
  horizon: 2,
  regimen: fluCyAlone(fluCyRegimens.axiCel, states),
  scenarios: [
    {
      id: 'tisa-cel-lymphoma',
      title: 'Before tisa-cel in lymphoma',
      regimen: fluCyAlone(fluCyRegimens.tisaCelLymphoma, states),
      parameters: { tisa: 1 },
      notes: { tisa: { trust: 'found', source: varela } },
    },
    {
      id: 'tisa-cel-leukaemia',
      title: 'Before tisa-cel in leukaemia',
      regimen: fluCyAlone(fluCyRegimens.tisaCelLeukaemia, states),
      parameters: { tisa: 1 },
      notes: { tisa: { trust: 'found', source: varela } },
    },
    {
      id: 'lupus',
      title: 'Before CAR-T cells in lupus',
      regimen: fluCyAlone(fluCyRegimens.lupus, states),
      parameters: {},
    },
    {
      id: 'weak-kidney',
      title: 'Creatinine clearance of 40 mL/min, full dose',
      regimen: fluCyAlone(fluCyRegimens.axiCel, states),
      parameters: { CRCL: 40 },
      notes: { CRCL: { trust: 'assumption', source: 'near the lowest of the patients of the publication' } },
    },
    {
      id: 'weak-kidney-adjusted',
      title: 'Creatinine clearance of 40 mL/min, dose by kidney function',
      regimen: fluCyAlone(fluCyRegimens.axiCel, states, renalReduction),
      parameters: { CRCL: 40 },
      notes: { CRCL: { trust: 'assumption', source: 'near the lowest of the patients of the publication' } },
    },
    {
      id: 'transplantation-model',
      title: 'By the population model of allogeneic transplantation (Langenhorst 2019)',
      regimen: fluCyAlone(fluCyRegimens.axiCel, states),
      parameters: transplantation,
      notes: {
        ...Object.fromEntries(
          Object.keys(transplantation).map((name) => [name, { trust: 'found', source: langenhorst } as const]),
        ),
        CLren: { trust: 'derived', source: `${langenhorst}: 0.78 of 96 mL/min, per 1.73 m² there` },
      },
    },
  ],
  parameters: parameterNotes([
    ['Patient', 'assumption', 'typical adult; the height gives 1.80 m² at 70 kg', 'WT HT'],
    ['Patient', 'found', `${varela}: median of the patients`, 'CRCL'],
    ['Patient', 'found', `${varela}: reference product`, 'tisa'],
    ['Fludarabine', 'found', `${varela}, section 2.1.1`, 'share'],
    ['Fludarabine', 'found', varela, 'CLaxi CLtisa CLren V1 V2 V3 Q2 Q3'],
    ['Fludarabine', 'found', `${varela}: 1 is the typical patient`, 'iCL iV1'],
  ]),
  panels: [
    { title: 'F-ara-A', quantities: ['C'], unit: 'mg/L', scale: 'log' },
    { title: 'Cumulative exposure', quantities: ['AUC'], unit: 'mg*h/L', scale: 'linear' },
  ],
  endpoints: [
    { name: 'Flu_AUC', label: 'Exposure to F-ara-A', unit: 'mg*h/L', quantity: 'AUC', kind: 'maximum' },
    {
      name: 'Flu_target_day',
      label: 'Day on which the exposure reaches 13.8 mg*h/L',
      unit: 'day',
      quantity: 'AUC',
      kind: 'firstAbove',
      threshold: 13.8,
    },
    { name: 'Flu_peak', label: 'Peak of F-ara-A', unit: 'mg/L', quantity: 'C', kind: 'maximum' },
  ],
  observations: [
    {
      quantity: 'AUC',
      time: 0,
      value: 13.8,
      label: 'Less: relapse 2.45 times as often, children with leukaemia (n = 152)',
      source: 'Fabrizio 2022, Blood Adv 6:1961; exposure by a population model',
      trust: 'found',
    },
    {
      quantity: 'AUC',
      time: 1,
      value: 19,
      lower: 18,
      upper: 20,
      range: 'exposure with the fewest relapses, adults with lymphoma before axi-cel (n = 199); point: middle',
      label: 'Fewest relapses, lymphoma',
      source: 'Scordo 2023, Blood Adv, doi:10.1182/bloodadvances.2023010302; exposure by a population model',
      trust: 'found',
    },
  ],
  // Coefficients of variation of 29.8 % and 34.8 % are 0.2917 and 0.3381 on the log scale; their correlation of 0.9 makes
  // 0.9*0.3381/0.2917 the power of the common factor.
  population: {
    factors: [
      { name: 'F-ara-A clearance', sd: 0.2917 },
      { name: 'body height', sd: 0.042 },
    ],
    parameters: [
      { parameter: 'iCL', sd: 0, factors: { 'F-ara-A clearance': 1 } },
      { parameter: 'iV1', sd: 0.1474, factors: { 'F-ara-A clearance': 1.0432 } },
      { parameter: 'CRCL', sd: 0.4, limits: [39, 213.9] },
      { parameter: 'WT', median: 82.5, sd: 0.139, factors: { 'body height': 2 }, limits: [52, 101] },
      { parameter: 'HT', median: 178, sd: 0, factors: { 'body height': 1 } },
    ],
    ties: {},
  },
  populationNote: {
    trust: 'assumption',
    source: `${varela}: variability of clearance and central volume, medians and ranges of weight and creatinine clearance, body mass index 25.2 ± 3.5; spread of height and creatinine clearance assumed`,
  },
  targets: [],
}
