import type { LibraryModel } from '../library/library-model.ts'
import { parameterNotes } from '../library/parameter-notes.ts'

const urien = 'Urien 2013, BMC Pharmacol Toxicol 14:40, Table 1 (values via nlmixr2lib Urien_2013_anakinra)'

const adults =
  'pharmacokinetics of IL-1ra in Chinese subjects with rheumatoid arthritis, Pharmacol Res 2004 (abstract): apparent clearance 150 mL/min'

const given = { cmt: 'skin', amt: 100, label: 'Anakinra 100 mg' }

/** Anakinra under the skin, and the share of IL-1 signalling to myeloid cells that it blocks. */
export const anakinra: LibraryModel = {
  id: 'anakinra',
  title: 'Anakinra (Urien 2013)',
  summary:
    'Anakinra 100 mg under the skin: absorption, one compartment by weight, and the IL-1 signal to myeloid cells that it blocks.',
  text: `# Anakinra: under the skin, one compartment by weight (Urien 2013)
WT   = 70     # [kg] Body weight
ka   = 9.12   # [1/day] Anakinra absorption from the skin
CL   = 149.76 # [L/day] Anakinra clearance at 70 kg
V    = 65.2   # [L] Anakinra volume at 70 kg
bCL  = 0.47   # [1] Power of weight in the clearance of anakinra
bV   = 0.76   # [1] Power of weight in the volume of anakinra
FSC  = 0.95   # [1] Share of anakinra under the skin that is absorbed
IC50 = 0.2    # [ug/mL] Anakinra for half of its effect
Imax = 0.5    # [1] Largest share of the IL-1 signal that is blocked

CLi ~ CL*(WT/70)^bCL # [L/day] Clearance of this weight
Vi  ~ V*(WT/70)^bV # [L] Volume of this weight
C = blood/Vi # [ug/mL] Anakinra in plasma
d/dt(skin)  = -ka*skin # [mg] Anakinra under the skin
d/dt(blood) = ka*skin - CLi*C # [mg] Anakinra in blood
d/dt(gone)  = CLi*C # [mg] Anakinra eliminated
f(blood) = 1/FSC
given   = skin + blood + gone # [mg] Anakinra given so far, as under the skin
blocked = Imax*C/(IC50 + C) # [1] Share of the IL-1 signal that is blocked
`,
  reference: 'doi:10.1186/2050-6511-14-40',
  citation: 'S. Urien et al., BMC Pharmacol. Toxicol. 14:40, 2013',
  limits: [
    'Estimated in children and adolescents of 4 to 83 kg. Adults eliminate it faster: the half-life is longer than the 4 to 6 hours of the label (target H10); scenario adults.',
    'Clearance and volume are apparent ones of a dose under the skin; a dose by vein counts 1/FSC times. Kidney failure, which slows elimination, is not part of it.',
    'How much blocks half, and that half of the signal can be blocked at most, are assumptions.',
    'Published variability between occasions of the volume is drawn as variability between patients.',
  ],
  start: 0,
  horizon: 4,
  regimen: {
    name: 'Anakinra 100 mg every six hours for two days',
    doses: [{ time: 0, ...given, ii: 0.25, addl: 7 }],
  },
  scenarios: [
    {
      id: 'once-a-day',
      title: '100 mg once a day for three days',
      regimen: { name: 'Anakinra 100 mg a day ×3', doses: [{ time: 0, ...given, ii: 1, addl: 2 }] },
      parameters: {},
    },
    {
      id: '200-mg',
      title: '200 mg every eight hours for two days',
      regimen: {
        name: 'Anakinra 200 mg every 8 h ×6',
        doses: [{ time: 0, ...given, amt: 200, ii: 8 / 24, addl: 5, label: 'Anakinra 200 mg' }],
      },
      parameters: {},
    },
    {
      id: 'adults',
      title: '100 mg once a day, adults with rheumatoid arthritis',
      regimen: { name: 'Anakinra 100 mg a day ×3', doses: [{ time: 0, ...given, ii: 1, addl: 2 }] },
      parameters: { CL: 216, V: 48.8 },
      notes: {
        CL: { trust: 'found', source: adults },
        V: { trust: 'derived', source: `${adults} times half-life 3.76 h over ln 2` },
      },
    },
  ],
  parameters: parameterNotes([
    ['Patient', 'assumption', 'typical adult', 'WT'],
    ['Anakinra', 'found', urien, 'ka CL V bCL bV'],
    ['Anakinra', 'found', 'Kineret label: 95 % after 70 mg in healthy subjects (drugs.com monograph)', 'FSC'],
    ['Effect of anakinra', 'assumption', 'assumed', 'IC50 Imax'],
  ]),
  panels: [
    { title: 'Anakinra', quantities: ['C'], unit: 'ug/mL', scale: 'log' },
    { title: 'IL-1 signal blocked', quantities: ['blocked'], unit: '1', scale: 'linear' },
  ],
  endpoints: [
    { name: 'Cmax', label: 'Peak of anakinra', unit: 'ug/mL', quantity: 'C', kind: 'maximum' },
    { name: 'Anakinra_AUC', label: 'Exposure to anakinra', unit: 'ug*day/mL', quantity: 'C', kind: 'auc' },
    { name: 'Anakinra_mg', label: 'Anakinra given', unit: 'mg', quantity: 'given', kind: 'maximum' },
  ],
  observations: [],
  population: {
    factors: [],
    parameters: [
      { parameter: 'CL', sd: 0.28 },
      { parameter: 'V', sd: 0.47 },
    ],
    ties: {},
  },
  populationNote: { trust: 'found', source: `${urien}: standard deviations on the natural-log scale` },
  targets: ['H10', 'H11', 'H12'],
}
