import type { LibraryModel } from '../library/library-model.ts'
import { type NoteRow, parameterNotes } from '../library/parameter-notes.ts'

const paper = 'León-Triana 2021, Commun Nonlinear Sci Numer Simul 94:105570'
const biomodels = `${paper}, as encoded in BioModels BIOMD0000001011`
const withPrecursors = `${paper}, as encoded in BioModels BIOMD0000001012`

/** Text of the model; `precursors`: what is made by the precursors of B cells, empty for nothing. */
const text = (
  title: string,
  parameters: string,
  precursors: { readonly toC: string; readonly toB: string },
) => `# ${title}
dose  <- 1e7           # [cells] CAR-T cells given
alpha <- 4.5e-11       # [1/day/cells] Killing of CD19+ cells by a CAR-T cell
k     <- 0.25          # [1] CAR-T cells made for a CD19+ cell killed
tauC  <- 14            # [day] Life of CAR-T cells
tauB  <- 60            # [day] Life of healthy B cells
rhoL  <- 0.03333333333 # [1/day] Growth of leukaemia
L0    <- 5e10          # [cells] Leukaemic cells at the start
B0    <- 2.5e10        # [cells] Healthy B cells at the start
${parameters}
rhoC ~ k*alpha # [1/day/cells] Expansion of CAR-T cells by a CD19+ cell
d/dt(C) <- rhoC*(L + B)*C - C/tauC${precursors.toC} # [cells] CAR-T cells
d/dt(L) <- rhoL*L - alpha*L*C # [cells] Leukaemic cells
d/dt(B) <- -alpha*B*C - B/tauB${precursors.toB} # [cells] Healthy B cells
L(0) <- L0
B(0) <- B0
`

const notes = (source: string): readonly NoteRow[] => [
  ['Dose', 'found', source, 'dose'],
  ['CAR-T cells', 'found', source, 'alpha k tauC'],
  ['B cells', 'found', source, 'tauB B0'],
  ['Leukaemia', 'found', source, 'rhoL L0'],
]

/**
 * CAR-T cells against leukaemia and healthy B cells as predator and prey. O. León-Triana et al., Commun. Nonlinear Sci.
 * Numer. Simul. 94:105570, 2021.
 */
export const leonTriana2021: LibraryModel = {
  id: 'leon-triana-2021',
  title: 'CAR-T cells in B-cell leukaemia, predator and prey (León-Triana 2021)',
  summary:
    'CAR-T cells expand on leukaemic and on healthy CD19+ cells, kill both and fade; leukaemia grows back from what is left.',
  text: text('CAR-T cells in B-cell acute lymphoblastic leukaemia: predator and prey (León-Triana 2021)', '', {
    toC: '',
    toB: '',
  }),
  reference: 'doi:10.1016/j.cnsns.2020.105570',
  citation: 'O. León-Triana et al., Commun. Nonlinear Sci. Numer. Simul. 94:105570, 2021',
  limits: [
    'Expansion and killing go with the number of CD19+ cells without limit.',
    'Leukaemia is never extinct: it grows back from a fraction of a cell as from many, and relapses in predator-prey waves.',
    'Nothing makes healthy B cells: they do not return.',
    'There is one kind of CAR-T cell, no antigen loss, no lymphodepletion and no cytokine.',
  ],
  start: 0,
  horizon: 300,
  regimen: {
    name: 'Single infusion of CAR-T cells on day 0',
    doses: [{ time: 0, cmt: 'C', amt: 'dose', label: 'CAR-T cells' }],
  },
  parameters: parameterNotes(notes(biomodels)),
  panels: [
    { title: 'CAR-T cells', quantities: ['C'], unit: 'cells', scale: 'log' },
    { title: 'CD19+ cells', quantities: ['L', 'B'], unit: 'cells', scale: 'log' },
  ],
  endpoints: [
    { name: 'Cmax', label: 'Most CAR-T cells', unit: 'cells', quantity: 'C', kind: 'maximum' },
    { name: 'Tmax', label: 'Day of most CAR-T cells', unit: 'day', quantity: 'C', kind: 'timeOfMaximum' },
    {
      name: 'AUC0_28',
      label: 'CAR-T exposure, day 0 to 28',
      unit: 'cells*day',
      quantity: 'C',
      kind: 'auc',
      from: 0,
      to: 28,
    },
    { name: 'C28', label: 'CAR-T cells on day 28', unit: 'cells', quantity: 'C', kind: 'value', at: 28 },
    { name: 'L_nadir', label: 'Fewest leukaemic cells', unit: 'cells', quantity: 'L', kind: 'minimum' },
    { name: 'L_nadir_day', label: 'Day of fewest leukaemic cells', unit: 'day', quantity: 'L', kind: 'timeOfMinimum' },
    { name: 'B_nadir', label: 'Fewest healthy B cells', unit: 'cells', quantity: 'B', kind: 'minimum' },
  ],
  observations: [],
  targets: [],
}

/** `leonTriana2021` with healthy B cells, and a little expansion, from precursors of B cells without CD19. */
export const leonTriana2021Precursors: LibraryModel = {
  ...leonTriana2021,
  id: 'leon-triana-2021-precursors',
  title: 'CAR-T cells in B-cell leukaemia, with B-cell precursors (León-Triana 2021)',
  summary:
    'The model of León-Triana 2021 with a constant pool of B-cell precursors, from which healthy B cells arise the slower the more CAR-T cells there are.',
  text: text(
    'CAR-T cells in B-cell acute lymphoblastic leukaemia, with B-cell precursors (León-Triana 2021)',
    `I0    <- 1e7           # [cells] Precursors of B cells
tauI  <- 6             # [day] Time from precursor to B cell
beta  <- 0.1           # [1] Expansion of CAR-T cells by a precursor, relative to a CD19+ cell
C50   <- 1e9           # [cells] CAR-T cells at which precursors give half
one   <- 1             # [cells] Stands where the CAR-T cells that meet precursors would
`,
    { toC: ' + rhoC*beta*I0/(1 + C/C50)*one', toB: ' + I0/tauI/(1 + C/C50)' },
  ),
  limits: [
    ...leonTriana2021.limits.filter((limit) => !limit.startsWith('Nothing makes')),
    'Precursors are constant: their equation in BIOMD0000001012 is degenerate.',
    'In that file the expansion by precursors is not multiplied by the CAR-T cells, as it is kept here; so written it is negligible.',
  ],
  parameters: parameterNotes([
    ...notes(withPrecursors),
    ['B cells', 'found', withPrecursors, 'I0 tauI C50'],
    ['CAR-T cells', 'found', withPrecursors, 'beta'],
    ['CAR-T cells', 'derived', `${withPrecursors}, which has no factor there`, 'one'],
  ]),
}
