import type { LibraryModel } from '../library/library-model.ts'
import { parameterNotes } from '../library/parameter-notes.ts'

const gibiansky =
  'Gibiansky 2014, CPT Pharmacometrics Syst Pharmacol 3:e144, Table 3: 678 patients with leukaemia or lymphoma (values via nlmixr2lib Gibiansky_2014_obinutuzumab)'
const nobility =
  'fitted with lupus-antibodies: 50 of 56 patients with lupus nephritis had fewer than 0.4 B cells/uL at week 4 (NOBILITY, Lupus Sci Med 11(Suppl 1):A31), as 89 % of virtual patients then have'

const gram = { cmt: 'blood', amt: 1000, duration: 4 / 24, label: 'Obinutuzumab 1000 mg' }

/** Obinutuzumab in blood and tissue, its clearance falling from the first dose on, and how fast it kills B cells. */
export const obinutuzumab: LibraryModel = {
  id: 'obinutuzumab',
  title: 'Obinutuzumab (Gibiansky 2014)',
  summary:
    'Obinutuzumab 1000 mg on days 0, 14, 168 and 182: two compartments, a clearance that falls with the time since the first dose, and the killing of B cells that follows the concentration.',
  text: `# Obinutuzumab: two compartments, clearance that falls from the first dose on (Gibiansky 2014), and killing of B cells
WT    = 75 # [kg] Body weight
male  = 0  # [1] Man (1) or woman (0)
small = 1  # [1] Tumour of at most 1750 mm2 (1) or a larger one (0)

CLinf   = 0.0828 # [L/day] Clearance that lasts
CLt     = 0.231  # [L/day] Clearance that falls, at the first dose
kdes    = 0.0359 # [1/day] Fall of that clearance with a large tumour
V1      = 2.76   # [L] Central volume
Q       = 1.29   # [L/day] Distribution clearance
V2      = 1.01   # [L] Peripheral volume
bCL     = 0.615  # [1] Exponent of body weight on both clearances
bV1     = 0.383  # [1] Exponent of body weight on the central volume
bQ      = 0.75   # [1] Exponent of body weight on distribution
bV2     = 1      # [1] Exponent of body weight on the peripheral volume
mCLinf  = 1.22   # [1] Men to women, clearance that lasts
mCLt    = 1.49   # [1] Men to women, clearance that falls
mV1     = 1.18   # [1] Men to women, central volume
sSmall  = 2.65   # [1] Small to large tumours, fall of the clearance

Emax  = 8   # [1/day] Fastest killing of B cells
EC50  = 6   # [ug/mL] Obinutuzumab for half of that killing
sanct = 0   # [1] Share of tissue B cells that obinutuzumab does not reach

CL ~ (WT/75)^bCL*(CLinf*(1 + (mCLinf - 1)*male) + CLt*(1 + (mCLt - 1)*male)*exp(-kdes*(1 + (sSmall - 1)*small)*tafd0(blood))) # [L/day] Clearance now
V  ~ V1*(1 + (mV1 - 1)*male)*(WT/75)^bV1 # [L] Central volume of this body
Qw ~ Q*(WT/75)^bQ # [L/day] Distribution of this body
Vt ~ V2*(WT/75)^bV2 # [L] Peripheral volume of this body

C = blood/V # [ug/mL] Obinutuzumab in serum
d/dt(blood)  = -CL*C - Qw*(C - tissue/Vt) # [mg] Obinutuzumab in blood
d/dt(tissue) = Qw*(C - tissue/Vt) # [mg] Obinutuzumab in tissue

kill = Emax*C/(EC50 + C) # [1/day] Killing of B cells by obinutuzumab
spared ~ sanct*kill # [1/day] The part of it that tissue B cells are spared
`,
  reference: 'doi:10.1038/psp.2014.42',
  citation: 'E. Gibiansky et al., CPT Pharmacometrics Syst. Pharmacol. 3:e144, 2014',
  limits: [
    'Estimated in leukaemia and lymphoma. In lupus it is taken as in a woman with leukaemia and little tumour; how much of the falling clearance there is without a tumour is not known.',
    'That it kills faster and deeper than rituximab rests on one count of B cells in blood (NOBILITY, week 4); nothing was found on tissue.',
    'The clearance falls with the time since the first dose; it does not rise again when B cells return.',
  ],
  start: 0,
  horizon: 730,
  regimen: {
    name: 'Obinutuzumab 1000 mg on days 0, 14, 168 and 182',
    doses: [
      { time: 0, ...gram, ii: 14, addl: 1 },
      { time: 168, ...gram, ii: 14, addl: 1 },
    ],
  },
  parameters: parameterNotes([
    ['Patient', 'found', 'Gibiansky 2014: reference of the covariate', 'WT'],
    ['Patient', 'assumption', 'typical patient with lupus: a woman without a tumour', 'male small'],
    ['Obinutuzumab', 'found', gibiansky, 'CLinf CLt kdes V1 Q V2 bCL bV1 bQ bV2 mCLinf mCLt mV1 sSmall'],
    ['Killing', 'assumption', 'that of rituximab', 'EC50'],
    ['Killing', 'fitted', nobility, 'Emax'],
    [
      'Killing',
      'assumption',
      'none: fewer than 0.4 B cells/uL at week 4 (NOBILITY) leave room for 0.007 at most; up to 0.05 the course of lupus is the same',
      'sanct',
    ],
  ]),
  panels: [
    { title: 'Obinutuzumab', quantities: ['C'], unit: 'ug/mL', scale: 'log' },
    { title: 'Killing of B cells', quantities: ['kill'], unit: '1/day', scale: 'linear' },
  ],
  endpoints: [
    { name: 'Cmax', label: 'Peak of obinutuzumab', unit: 'ug/mL', quantity: 'C', kind: 'maximum' },
    { name: 'AUC', label: 'Exposure to obinutuzumab', unit: 'ug*day/mL', quantity: 'C', kind: 'auc' },
  ],
  observations: [],
  population: {
    factors: [],
    parameters: [
      { parameter: 'kdes', sd: 1.2728 },
      { parameter: 'CLt', sd: 0.9524 },
      { parameter: 'CLinf', sd: 0.3987 },
      { parameter: 'V1', sd: 0.1844 },
      { parameter: 'V2', sd: 0.6008 },
      { parameter: 'Q', sd: 0.9434 },
    ],
    ties: {},
  },
  populationNote: { trust: 'found', source: `${gibiansky}: variances between patients` },
  targets: ['J16'],
}
