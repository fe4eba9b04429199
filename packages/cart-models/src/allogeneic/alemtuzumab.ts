import type { RegimenDose } from '@cartkin/simulation'
import type { LibraryModel } from '../library/library-model.ts'
import { parameterNotes } from '../library/parameter-notes.ts'

const mould = 'Mould 2007, Br J Clin Pharmacol 64:278, Table 2 (values via nlmixr2lib Mould_2007_alemtuzumab)'
const marsh = 'Marsh 2016, Blood 127:503: lytic threshold in vivo near 0.1 to 0.16 ug/mL'
const lundin =
  'Lundin 2004, Leukemia 18:484: CD4 and CD8 cells each above 100/uL in half of the patients after 4 months'

/** Alemtuzumab 60 mg in five daily infusions, days -7 to -3, into a state of this name. */
export const alemtuzumabDoses = (cmt: string): RegimenDose => ({
  time: -7,
  cmt,
  amt: 12,
  duration: 1 / 6,
  ii: 1,
  addl: 4,
  label: 'Alemtuzumab 12 mg',
})

/** Alemtuzumab in blood and tissue, how fast it takes lymphocytes away, and how it slows the return of T cells. */
export const alemtuzumab: LibraryModel = {
  id: 'alemtuzumab',
  title: 'Alemtuzumab (Mould 2007)',
  summary:
    'Alemtuzumab 60 mg over five days: two compartments, saturable elimination that rises with white cells, the lymphocytes it takes away, and the slow return of T cells.',
  text: `# Alemtuzumab: two compartments, saturable elimination that rises with white cells (Mould 2007)
Vm  = 24.48 # [mg/day] Fastest elimination with 10e9 white cells per L
Km  = 0.338 # [ug/mL] Alemtuzumab for half of it
V1  = 11.3  # [L] Central volume
Q   = 25.2  # [L/day] Distribution clearance
V2  = 41.5  # [L] Peripheral volume
gW  = 0.194 # [1] Exponent of white cells on the elimination
WBC = 10    # [1e9/L] White cells

# Effect on lymphocytes of the host
kA = 1      # [1/day] Fastest loss of lymphocytes
KA = 0.13   # [ug/mL] Alemtuzumab for half of it
kS = 0.0024 # [1/day] Recovery of the source of T cells

C = blood/V1 # [ug/mL] Alemtuzumab in serum
d/dt(blood)  = -Vm*(max(WBC, 0.05)/10)^gW*C/(Km + C) - Q*C + Q*tissue/V2 # [mg] Alemtuzumab in blood
d/dt(tissue) = Q*(C - tissue/V2) # [mg] Alemtuzumab in tissue
loss = kA*C/(KA + C) # [1/day] Loss of lymphocytes
d/dt(source) = kS*(1 - source) - loss*source # [1] Source of host T cells (of baseline)
source(0) = 1
`,
  reference: 'doi:10.1111/j.1365-2125.2007.02914.x',
  citation: 'D. R. Mould et al., Br. J. Clin. Pharmacol. 64:278–291, 2007',
  limits: [
    'Estimated in chronic lymphocytic leukaemia with 1.3 to 522e9 white cells per L (median 37.8); after lymphodepletion there are fewer than in any of those patients. Below 0.05e9/L the elimination falls no further.',
    'With white cells kept at one value, troughs during twelve weeks of 30 mg three times a week stay below the 5.4 ug/mL measured (Hale 2004).',
    'How fast lymphocytes are lost, and that their source is lost as fast as they are, are assumptions; T cells return within months, not after 20 to 35 as in multiple sclerosis (Hill-Cawthorne 2011).',
    'It spares cells without CD52; a CAR-T product with CD52 would be lost as well, which is not part of this text.',
  ],
  start: -8,
  horizon: 180,
  regimen: { name: 'Alemtuzumab 12 mg on days -7 to -3', doses: [alemtuzumabDoses('blood')] },
  parameters: parameterNotes([
    ['Alemtuzumab', 'found', mould, 'Vm Km V1 Q V2 gW'],
    ['Alemtuzumab', 'found', `${mould}: the reference of the covariate; to be connected or set`, 'WBC'],
    ['Lymphocytes', 'assumption', 'assumed: blood lymphocytes are gone within days', 'kA'],
    ['Lymphocytes', 'derived', `${marsh}; taken as the concentration for half of the effect`, 'KA'],
    ['Lymphocytes', 'fitted', `about 200 of 500 T cells/uL after four months (${lundin})`, 'kS'],
  ]),
  panels: [
    { title: 'Alemtuzumab', quantities: ['C'], unit: 'ug/mL', scale: 'log' },
    { title: 'Source of T cells', quantities: ['source'], unit: '1', scale: 'linear' },
  ],
  endpoints: [
    { name: 'Cmax', label: 'Peak of alemtuzumab', unit: 'ug/mL', quantity: 'C', kind: 'maximum' },
    { name: 'C_0', label: 'Alemtuzumab at infusion of the cells', unit: 'ug/mL', quantity: 'C', kind: 'value', at: 0 },
    {
      name: 'Lytic_days',
      label: 'Days with alemtuzumab above 0.1 ug/mL',
      unit: 'day',
      quantity: 'C',
      kind: 'timeAbove',
      threshold: 0.1,
    },
  ],
  observations: [],
  population: {
    factors: [],
    // Coefficients of variation 32, 145, 84 and 179 %: sqrt(log(1 + CV²)).
    parameters: [
      { parameter: 'Vm', sd: 0.312 },
      { parameter: 'Km', sd: 1.064 },
      { parameter: 'V1', sd: 0.731 },
      { parameter: 'V2', sd: 1.198 },
    ],
    ties: {},
  },
  populationNote: { trust: 'found', source: `${mould}: coefficients of variation of Vm, Km, V1 and V2` },
  targets: ['K14'],
}
