import { bReturnDay } from '../library/b-cell-endpoints.ts'
import { cellKinetics } from '../library/kinetic-endpoints.ts'
import type { LibraryModel, Observation } from '../library/library-model.ts'
import { type NoteRow, parameterNotes } from '../library/parameter-notes.ts'
import type { Scenario } from '../library/scenario.ts'
import { lupusObservations } from '../lupus/lupus-observations.ts'
import { fastAntibodies, park2025Text, printedAntibodies } from './park-2025-text.ts'

const paper = 'Park 2025, Clin Transl Sci 18:e70146, as encoded in nlmixr2lib'
const patients = 'Park 2025, Fig. 2 and S1, digitised, 5 patients'

// The amount of drug is a parameter, so that a run without doses is one without lymphodepletion.
const lymphodepletion: Scenario['regimen'] = {
  name: 'Lymphodepletion and CD19 CAR-T cells on day 0 (the cells are contained in the starting values)',
  doses: [{ time: 0, cmt: 'LDC', amt: 'LD', label: 'Lymphodepletion' }],
}

const atDose = (id: string, dose: number, name: string): Scenario => ({
  id,
  title: `${name} of the dose: ${dose} cells/kg`,
  regimen: lymphodepletion,
  parameters: { dose },
  notes: { dose: { trust: 'assumption', source: 'A dose to compare with' } },
})

const notes: readonly NoteRow[] = [
  ['Patient', 'found', paper, 'WT WTr Vb70 Vm70 vU'],
  ['Dose', 'found', paper, 'dose f8 f4 gn gcm gem gef'],
  ['Dose', 'found', `${paper}; digitised from the regimen`, 'LD'],
  ['CAR-T cells', 'found', paper, 'K12 K21 kel kelef r1 r2 r3 Kexp ratio EC50'],
  ['Binding', 'found', paper, 'kon koff NA_ AgT AgB'],
  ['Binding', 'found', 'Definition', 'day'],
  ['B cells', 'found', paper, 'B0 BM0 Kg Kkill KC50 K0 Bmax'],
  ['B cells', 'found', `${paper}; its unit is cells/uL`, 'CARrev'],
  ['Host cells', 'found', paper, 'kLD Emax4 EC4 Emax8 EC8 kin4 kCD4 kCD4o kin8 kCD8 kCD8o'],
  ['Neutrophils', 'found', paper, 'EmaxN ECN NT0 MTT gam'],
  ['Disease', 'found', `${paper}; digitised median`, 'IFN0 AAB0 C3_0 U0'],
  ['Disease', 'found', paper, 'kIFN Bmin gIFN sC3 gAAB gC3 gIU'],
  ['Disease', 'found', `${paper}; Table 1 prints 100, the code has 1000`, 'kU'],
  ['Disease', 'found', `${paper}; linear regression`, 'S_C3 m_C3 S_I m_I'],
  [
    'Between patients',
    'found',
    `${paper}; omegas read as standard deviations`,
    'eta.Kexp eta.Kkill eta.EC50 eta.CARrev eta.K0 eta.Bmax eta.kin4 eta.kCD4o eta.kCD8o eta.NT0 eta.MTT eta.EmaxN eta.kIFN',
  ],
]

const antibodyNotes: readonly NoteRow[] = [
  ['Disease', 'found', paper, 'kAAB'],
  ['Between patients', 'found', `${paper}; omegas read as standard deviations`, 'eta.kAAB'],
]

const observations: readonly Observation[] = [
  {
    quantity: 'CAR',
    time: 8.75,
    value: 111.8,
    lower: 37,
    upper: 450,
    range: '2.5 to 97.5 % of the published population',
    label: 'Peak CAR-T cells, median of the published population',
    source: paper,
    trust: 'found',
  },
  {
    quantity: 'CD4',
    time: 3.5,
    value: 39.5,
    lower: 20,
    upper: 100,
    range: 'range of 5 patients',
    label: 'Lowest CD4 cells (drawn on the day of the model)',
    source: patients,
    trust: 'found',
  },
  {
    quantity: 'CD8',
    time: 3.25,
    value: 19.5,
    lower: 10,
    upper: 30,
    range: 'range of 5 patients',
    label: 'Lowest CD8 cells (drawn on the day of the model)',
    source: patients,
    trust: 'found',
  },
  {
    quantity: 'C3',
    time: 90,
    value: 1111.5,
    lower: 800,
    upper: 2000,
    range: 'range of 5 patients',
    label: 'Complement C3 on day 90',
    source: patients,
    trust: 'found',
  },
  {
    quantity: 'U',
    time: 90,
    value: 592.8,
    label: 'Typical proteinuria on day 90, as published',
    source: paper,
    trust: 'found',
  },
  // the return of B cells as trials reported it
  ...lupusObservations.filter(({ quantity, value }) => quantity === 'B' && value === 10),
]

/**
 * CD19 CAR-T cells in systemic lupus erythematosus: four phenotypes of CD8 and CD4 CAR-T cells in blood and marrow, binding
 * to B cells, lymphodepletion, antibodies, interferon, complement and proteinuria (37 states).
 * H. Park, G. M. Mugundu and A. P. Singh, Clin. Transl. Sci. 18:e70146, 2025.
 */
export const park2025: LibraryModel = {
  id: 'park-2025',
  title: 'CD19 CAR-T cells in lupus (Park 2025)',
  summary:
    'The published mechanistic model of CAR-T cells in systemic lupus erythematosus: CAR binds CD19 in blood and marrow, B cells disappear and return, anti-dsDNA, interferon, complement and proteinuria follow.',
  text: park2025Text('CD19 CAR-T cells in systemic lupus erythematosus (Park 2025)', printedAntibodies),
  reference: 'doi:10.1111/cts.70146',
  citation: 'H. Park, G. M. Mugundu and A. P. Singh, Clin. Transl. Sci. 18:e70146, 2025',
  limits: [
    'B cells of the blood have no homeostasis: without CAR-T cells they grow by 1.93 % a day.',
    'Typical B cells are back about day 60; the clinic saw day 112.',
    'Naive B cells that return are not a target of the CAR-T cells that remain.',
    'Effector CAR-T cells of the marrow never die: they reach 9e10 cells/L.',
    'Anti-dsDNA follows the B cells at once and stands still below 1 cell/uL, however low it is then.',
    'Lymphodepletion acts on the day of the cells, day 0.',
    'SLEDAI by C3 cannot reach 0 (5.9 at the plateau of C3); its published slope on anti-dsDNA is unusable and left out.',
    'Proteinuria does not rest at its baseline: it rises for half a day first.',
    'It has no cytokines, IgG, plasma cells or relapse.',
  ],
  start: 0,
  horizon: 365,
  regimen: lymphodepletion,
  scenarios: [
    atDose('dose-half', 5e5, 'Half'),
    atDose('dose-tenth', 1e5, 'A tenth'),
    atDose('dose-twentieth', 5e4, 'A twentieth'),
    atDose('dose-hundredth', 1e4, 'A hundredth'),
    {
      id: 'no-lymphodepletion',
      title: 'CAR-T cells without lymphodepletion',
      regimen: { name: 'CD19 CAR-T cells alone (contained in the starting values)', doses: [] },
      parameters: {},
    },
  ],
  parameters: parameterNotes([...notes, ...antibodyNotes]),
  panels: [
    { title: 'CAR-T cells', quantities: ['CAR', 'CAR8', 'CAR4'], unit: 'cells/uL', scale: 'log' },
    { title: 'B cells', quantities: ['B', 'Bn', 'Bo'], unit: 'cells/uL', scale: 'log' },
    { title: 'Host T cells', quantities: ['CD4', 'CD8'], unit: 'cells/uL', scale: 'linear' },
    { title: 'Neutrophils', quantities: ['NT'], unit: 'cells/uL', scale: 'log' },
    { title: 'Anti-dsDNA', quantities: ['dsDNA'], unit: 'IU/mL', scale: 'log' },
    { title: 'Interferon-alpha', quantities: ['IFNa'], unit: 'pg/mL', scale: 'log' },
    { title: 'Complement C3', quantities: ['C3'], unit: 'mg/L', scale: 'linear' },
    { title: 'Proteinuria', quantities: ['U'], unit: 'mg/g', scale: 'linear' },
    { title: 'SLEDAI by a biomarker', quantities: ['SLEDAI_C3', 'SLEDAI_IFN'], unit: 'score', scale: 'linear' },
  ],
  endpoints: [
    ...cellKinetics(2),
    { name: 'B_nadir', label: 'Fewest B cells', unit: 'cells/uL', quantity: 'B', kind: 'minimum' },
    bReturnDay,
    { name: 'CD4_nadir', label: 'Lowest CD4 cells', unit: 'cells/uL', quantity: 'CD4', kind: 'minimum' },
    { name: 'CD8_nadir', label: 'Lowest CD8 cells', unit: 'cells/uL', quantity: 'CD8', kind: 'minimum' },
    { name: 'ANC_nadir', label: 'Lowest neutrophils', unit: 'cells/uL', quantity: 'NT', kind: 'minimum' },
    { name: 'ANC_nadir_day', label: 'Day of lowest neutrophils', unit: 'day', quantity: 'NT', kind: 'timeOfMinimum' },
    { name: 'dsDNA_90', label: 'Anti-dsDNA on day 90', unit: 'IU/mL', quantity: 'dsDNA', kind: 'value', at: 90 },
    { name: 'C3_90', label: 'Complement C3 on day 90', unit: 'mg/L', quantity: 'C3', kind: 'value', at: 90 },
    { name: 'UPCR_90', label: 'Proteinuria on day 90', unit: 'mg/g', quantity: 'U', kind: 'value', at: 90 },
    { name: 'IFNa_90', label: 'Interferon-alpha on day 90', unit: 'pg/mL', quantity: 'IFNa', kind: 'value', at: 90 },
  ],
  observations,
  targets: ['A21', 'A22', 'A23', 'A24', 'A25', 'A26', 'A27', 'A28'],
}

/** `park2025` with antibodies that follow the B cells at once: the same course without a rate of 4.8e6 per day. */
export const park2025Fast: LibraryModel = {
  ...park2025,
  id: 'park-2025-fast',
  title: 'CD19 CAR-T cells in lupus, fast antibodies (Park 2025)',
  summary:
    'The model of Park 2025 in the limit of fast antibodies: anti-dsDNA lies on the curve that the printed equation, with a loss of 4.8e6 per day, comes to within a second. The same courses for less work.',
  text: park2025Text('CD19 CAR-T cells in systemic lupus erythematosus, fast antibodies (Park 2025)', fastAntibodies),
  parameters: parameterNotes(notes),
  targets: [],
}
