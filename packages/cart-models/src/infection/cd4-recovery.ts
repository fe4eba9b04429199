import type { LibraryModel } from '../library/library-model.ts'
import { parameterNotes } from '../library/parameter-notes.ts'
import { oncologyRegimen } from '../oncology/oncology-regimens.ts'

/** CD4 T cells of patients with lymphoma, who take years to make them again after CAR-T cells. */
export const cd4Recovery: LibraryModel = {
  id: 'cd4-recovery',
  title: 'CD4 T cells after CAR-T cells in lymphoma',
  summary: 'Depletion of CD4 T cells by fludarabine and cyclophosphamide, and their recovery over years.',
  text: `# CD4 T cells after lymphodepletion, in lymphoma
w_flu = 0.3  # [1] Size of one fludarabine dose (30 mg/m2)
w_cy  = 0.5  # [1] Size of one cyclophosphamide dose (500 mg/m2)
kLD   = 1.39 # [1/day] Elimination of lymphodepleting drug
kLD_C = 1.47 # [1/day] Effect of lymphodepletion on CD4 T cells
CD4n  = 397  # [cells/uL] CD4 T cells before, and in the end
kC    = 0.00112 # [1/day] Recovery of CD4 T cells

ld ~ LD # [1] Lymphodepleting effect
d/dt(LD)  = -kLD*LD # [1] Lymphodepleting drug (1 = cyclophosphamide 1000 mg/m2)
d/dt(CD4) = kC*(CD4n - CD4) - kLD_C*ld*CD4 # [cells/uL] CD4 T cells
CD4(0) = CD4n
`,
  reference: 'Logue 2021, Haematologica 106:978 (PMC8017820); Baird 2021, Blood Adv 5:143',
  citation: 'cartkin, cd4-recovery, and the papers named with its parameters',
  limits: [
    'Level and speed of recovery are chosen to meet the median of 155 cells/uL at one year (n = 19) and the half of patients below 200 cells/uL at 18 months (n = 41): a fit to two numbers, not an estimate.',
    'The count before treatment is taken to be the one that is reached in the end; the first weeks were not compared with data.',
    'Nothing but lymphodepletion lowers the count: steroids, relapse and further treatment do not.',
  ],
  start: -7,
  horizon: 730,
  regimen: { ...oncologyRegimen, doses: oncologyRegimen.doses.filter(({ cmt }) => cmt === 'LD') },
  parameters: parameterNotes([
    ['Lymphodepletion', 'assumption', 'as in oncology-qsp', 'w_flu w_cy'],
    ['Lymphodepletion', 'found', 'Park 2025, Clin Transl Sci 18:e70146', 'kLD'],
    ['Lymphodepletion', 'fitted', 'as in lupus-qsp, calibrated there to CD4 T cells', 'kLD_C'],
    ['CD4 T cells', 'fitted', 'chosen to meet Logue 2021 (one year) and Baird 2021 (18 months)', 'CD4n kC'],
  ]),
  panels: [{ title: 'CD4 T cells', quantities: ['CD4'], unit: 'cells/uL', scale: 'log' }],
  endpoints: [
    { name: 'CD4_min', label: 'Fewest CD4 T cells', unit: 'cells/uL', quantity: 'CD4', kind: 'minimum' },
    { name: 'CD4_365', label: 'CD4 T cells at one year', unit: 'cells/uL', quantity: 'CD4', kind: 'value', at: 365 },
    {
      name: 'CD4_back_day',
      label: 'Day from which CD4 T cells are above 200/uL',
      unit: 'day',
      quantity: 'CD4',
      kind: 'firstAbove',
      threshold: 200,
      from: 20,
    },
  ],
  observations: [
    {
      quantity: 'CD4',
      time: 365,
      value: 155,
      lower: 33,
      upper: 269,
      range: 'range of 19 patients',
      label: 'CD4 T cells one year after axi-cel, median',
      source: 'Logue 2021, Haematologica 106:978',
      trust: 'found',
    },
    {
      quantity: 'CD4',
      time: 548,
      value: 200,
      label: 'Half of 41 patients below 200/uL at 18 months',
      source: 'Baird 2021, Blood Adv 5:143',
      trust: 'found',
    },
  ],
  // The range of 19 patients, 33–269, spans 3.7 standard deviations of normal values on average: ln(269/33)/3.7.
  population: { factors: [], parameters: [{ parameter: 'CD4n', sd: 0.57 }], ties: {} },
  populationNote: {
    trust: 'derived',
    source: 'from the range of 19 patients at one year, Logue 2021, Haematologica 106:978',
  },
  targets: [],
}
