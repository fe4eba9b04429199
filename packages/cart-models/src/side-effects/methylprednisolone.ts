import type { LibraryModel } from '../library/library-model.ts'
import { parameterNotes } from '../library/parameter-notes.ts'

const metaAnalysis =
  'meta-analysis of 22 studies in healthy adults by a minimal physiologically based model (abstract): 336 mL/h/kg and 1.17 L/kg'

/** Methylprednisolone by vein, and its effect on the targets of dexamethasone together with that of other steroids. */
export const methylprednisolone: LibraryModel = {
  id: 'methylprednisolone',
  title: 'Methylprednisolone',
  summary:
    'Methylprednisolone 1 g: one compartment by weight, and an effect that it shares with other steroids, by the usual equivalence with dexamethasone.',
  text: `# Methylprednisolone: one compartment by weight
WT    = 70    # [kg] Body weight
CL    = 8.064 # [L/day/kg] Methylprednisolone clearance by weight
V     = 1.17  # [L/kg] Methylprednisolone volume by weight
IC50  = 31.6  # [ng/mL] Methylprednisolone for half of its effect
Imax  = 0.85  # [1] Largest effect of steroids on myeloid cells and IL-6
ImaxC = 0.25  # [1] Largest effect of steroids on CAR-T proliferation
other = 0     # [1] Other steroids (concentration over that for half of their effect)

C     = 1000*blood/(V*WT) # [ng/mL] Methylprednisolone in plasma
ratio = C/IC50 # [1] Methylprednisolone over the concentration for half of its effect
load  ~ ratio + other
d/dt(blood) = -CL/V*blood # [mg] Methylprednisolone in blood
d/dt(gone)  = CL/V*blood # [mg] Methylprednisolone eliminated
given   = blood + gone # [mg] Methylprednisolone given so far
effect  = Imax*load/(1 + load) # [1] Steroid effect on myeloid cells
effectC = ImaxC*load/(1 + load) # [1] Steroid effect on CAR-T cells
`,
  reference: 'pmid:2655680',
  citation:
    'S. M. H. Al-Habet and H. J. Rogers, Br. J. Clin. Pharmacol. 27:285–290, 1989, and the papers named with its parameters',
  limits: [
    'One compartment: a day after 1 g it is almost gone, where patients have at least four times as much (target H09).',
    'The prodrug by vein counts as methylprednisolone at once: its half-life is a few minutes.',
    'The concentration of half the effect is an assumption: equivalent doses (4 mg of methylprednisolone, 0.75 mg of dexamethasone) have equal exposure over it.',
    'The effect follows the concentration at once, whereas that of steroids on genes outlasts them.',
  ],
  start: 0,
  horizon: 5,
  regimen: {
    name: 'Methylprednisolone 1 g a day for three days',
    doses: [{ time: 0, cmt: 'blood', amt: 1000, duration: 0.5 / 24, ii: 1, addl: 2, label: 'Methylprednisolone 1 g' }],
  },
  scenarios: [
    {
      id: 'twice-a-day',
      title: '500 mg every twelve hours for three days',
      regimen: {
        name: 'Methylprednisolone 500 mg every 12 h ×6',
        doses: [
          {
            time: 0,
            cmt: 'blood',
            amt: 500,
            duration: 0.5 / 24,
            ii: 0.5,
            addl: 5,
            label: 'Methylprednisolone 500 mg',
          },
        ],
      },
      parameters: {},
    },
  ],
  parameters: parameterNotes([
    ['Patient', 'assumption', 'typical adult', 'WT'],
    ['Methylprednisolone', 'found', metaAnalysis, 'CL V'],
    [
      'Effect of steroids',
      'assumption',
      'equal exposure over it of 4 mg of methylprednisolone and 0.75 mg of dexamethasone, of which 15 ng/mL are assumed',
      'IC50',
    ],
    ['Effect of steroids', 'assumption', 'as dexamethasone', 'Imax ImaxC'],
    ['Effect of steroids', 'assumption', 'none', 'other'],
  ]),
  panels: [
    { title: 'Methylprednisolone', quantities: ['C'], unit: 'ng/mL', scale: 'log' },
    { title: 'Effect', quantities: ['effect', 'effectC'], unit: '1', scale: 'linear' },
  ],
  endpoints: [
    { name: 'Cmax', label: 'Peak of methylprednisolone', unit: 'ng/mL', quantity: 'C', kind: 'maximum' },
    {
      name: 'Methylprednisolone_AUC',
      label: 'Exposure to methylprednisolone',
      unit: 'ng*day/mL',
      quantity: 'C',
      kind: 'auc',
    },
    {
      name: 'Methylprednisolone_mg',
      label: 'Methylprednisolone given',
      unit: 'mg',
      quantity: 'given',
      kind: 'maximum',
    },
  ],
  observations: [],
  targets: ['H07', 'H08', 'H09'],
}
