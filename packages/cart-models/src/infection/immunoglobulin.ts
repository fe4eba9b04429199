import type { LibraryModel } from '../library/library-model.ts'
import { parameterNotes } from '../library/parameter-notes.ts'
import { intravenousIgG, subcutaneousIgG } from './igg-replacement.ts'

const navarro =
  'Navarro-Mora 2022, Int Immunopharmacol 104:108472, from Table 4 of the review van der Zeeuw 2026, Clin Pharmacokinet 65:813 (values via nlmixr2lib NavarroMora_2022_immunoglobulin)'
const cohort =
  'J Allergy Clin Immunol 2024, doi:10.1016/j.jaci.2024.10.021, n = 579 with lymphoma and other cancers of B cells'
const lupus = 'as in lupus-qsp'

/**
 * Total IgG: endogenous IgG of long-lived and short-lived plasma cells, which starve when B cells are gone, and IgG that
 * is given, on top of it. In `lupus-qsp` the first half is there already: connect `endo` and drop the states of that half.
 */
export const immunoglobulin: LibraryModel = {
  id: 'immunoglobulin',
  title: 'IgG and its replacement',
  summary:
    'Endogenous IgG of long-lived and short-lived plasma cells, and IgG given into a vein or under the skin, 400 mg/kg every four weeks.',
  text: `# Total IgG: endogenous, and replaced into a vein or under the skin
WT = 70 # [kg] Body weight

# Endogenous IgG
IGG0  = 5.87  # [g/L] Baseline endogenous IgG
phiLL = 0.6   # [1] Share of IgG from long-lived plasma cells
kG    = 0.033007008598092635 # [1/day] Turnover of IgG (half-life 21 days)
k_PL  = 0.00018990333713971103 # [1/day] Turnover of long-lived plasma cells (half-life 10 years)
k_PN  = 0.06   # [1/day] Turnover of short-lived plasma cells
phi_PN = 0.15  # [1] Share of short-lived plasma cells with CD19
d_BM  = 0.0016 # [1/day] Net loss of memory B cells
kkT   = 0.558  # [1/day] Fastest killing of plasma cells with CD19 in tissue
KCT   = 1.19   # [cells/uL] CAR-T cells for half of the fastest killing in tissue

# What the cells around it do; neutral unless connected
naive = 1 # [1] Naive B cells (of baseline)
killB = 0 # [1/day] Killing of memory B cells
cells = 0 # [cells/uL] CAR-T cells that kill

# Replaced IgG, two compartments; reference weight 65.7 kg
CL65 = 0.15  # [L/day] Clearance of IgG at 65.7 kg
V65  = 3.06  # [L] Central volume of IgG at 65.7 kg
Q    = 0.474 # [L/day] Distribution clearance of IgG
VP65 = 1.93  # [L] Peripheral volume of IgG at 65.7 kg
eCL  = 0.744 # [1] Exponent of weight in the clearance
eV   = 0.686 # [1] Exponent of weight in the central volume
eVP  = 1.04  # [1] Exponent of weight in the peripheral volume
ka   = 0.246 # [1/day] Absorption from under the skin
Fsc  = 0.705 # [1] Share of a dose under the skin that arrives

CL ~ CL65*(WT/65.7)^eCL
V  ~ V65*(WT/65.7)^eV
VP ~ VP65*(WT/65.7)^eVP
kt ~ kkT*cells^2/(KCT^2 + cells^2)

d/dt(MEM) = d_BM*(naive - MEM) - killB*MEM # [1] Memory B cells (of baseline)
d/dt(PN)  = k_PN*(0.5*naive + 0.5*MEM - PN) - phi_PN*kt*PN # [1] Short-lived plasma cells (of baseline)
d/dt(PL)  = k_PL*(1 - PL) # [1] Long-lived plasma cells (of baseline)
d/dt(IGG) = kG*(IGG0*(phiLL*PL + (1 - phiLL)*PN) - IGG) # [g/L] Endogenous IgG
d/dt(VAX) = kG*(PL - VAX) # [1] Vaccine titre (of baseline)

d/dt(SC)  = -ka*SC # [g] IgG under the skin
d/dt(IV)  = ka*SC - (CL + Q)*IV/V + Q*PER/VP # [g] Replaced IgG in blood
d/dt(PER) = Q*IV/V - Q*PER/VP # [g] Replaced IgG in tissue

MEM(0) = 1
PN(0) = 1
PL(0) = 1
IGG(0) = IGG0
VAX(0) = 1
f(SC) = Fsc

endo ~ IGG # [g/L] Endogenous IgG that the replaced IgG adds to
IGR = IV/V # [g/L] Replaced IgG
IGT = endo + IGR # [g/L] Total IgG
`,
  reference: 'doi:10.1016/j.intimp.2021.108472',
  citation:
    'G. Navarro-Mora et al., Int. Immunopharmacol. 104:108472, 2022, as tabulated by S. L. van der Zeeuw et al., Clin. Pharmacokinet. 65:813–830, 2026; endogenous IgG as in lupus-qsp',
  limits: [
    'Replaced IgG is linear and was estimated in primary immunodeficiency; recycling by FcRn, which saturates at immunomodulatory doses, is not modelled, and what is replaced does not slow what is made.',
    'Parameters of the replacement are those that a review tabulates; the primary paper was not read.',
    'Titres of vaccines are those of long-lived plasma cells alone: antibodies in the replaced IgG, revaccination and infections that raise titres are not modelled.',
    'How short-lived plasma cells follow B cells is assumed as in lupus-qsp; memory and naive B cells count half each.',
  ],
  start: 0,
  horizon: 365,
  regimen: intravenousIgG(0, 13),
  scenarios: [
    { id: 'subcutaneous', title: '100 mg/kg a week under the skin', regimen: subcutaneousIgG(0, 52), parameters: {} },
    { id: 'no-replacement', title: 'No replacement', regimen: { name: 'No IgG', doses: [] }, parameters: {} },
    {
      id: 'aplasia',
      title: 'No replacement, no B cells from day 0 on',
      regimen: { name: 'No IgG', doses: [] },
      parameters: { naive: 0, killB: 2.76 },
      notes: {
        naive: { trust: 'assumption', source: 'no naive B cells' },
        killB: { trust: 'assumption', source: 'fastest killing in blood, as in lupus-qsp' },
      },
    },
  ],
  parameters: parameterNotes([
    ['Patient', 'assumption', 'typical adult', 'WT'],
    ['Endogenous IgG', 'found', `${cohort}: mean of 587 mg/dL before CAR-T cells`, 'IGG0'],
    ['Endogenous IgG', 'fitted', `chosen to meet the mean of 362 mg/dL after CAR-T cells; ${cohort}`, 'phiLL'],
    ['Endogenous IgG', 'fitted', `${lupus}, calibrated there`, 'kkT KCT'],
    ['Endogenous IgG', 'memory', `${lupus}: half-life 21 days`, 'kG'],
    ['Endogenous IgG', 'memory', `${lupus}: half-life of 10 years; Amanna 2007`, 'k_PL'],
    ['Endogenous IgG', 'assumption', `assumed ${lupus}`, 'k_PN phi_PN d_BM'],
    ['Connections', 'assumption', 'neutral unless connected', 'naive killB cells'],
    ['Replaced IgG', 'found-secondary', navarro, 'CL65 V65 Q VP65 eCL eV eVP ka Fsc'],
  ]),
  panels: [
    { title: 'IgG', quantities: ['IGT', 'IGG', 'IGR'], unit: 'g/L', scale: 'linear' },
    { title: 'Plasma cells and memory B cells', quantities: ['MEM', 'PN', 'PL'], unit: '1', scale: 'linear' },
  ],
  endpoints: [
    { name: 'IGT_min', label: 'Lowest total IgG', unit: 'g/L', quantity: 'IGT', kind: 'minimum' },
    { name: 'IGT_max', label: 'Highest total IgG', unit: 'g/L', quantity: 'IGT', kind: 'maximum' },
    { name: 'IGT_AUC', label: 'Total IgG over time', unit: 'g*day/L', quantity: 'IGT', kind: 'auc' },
    {
      name: 'Days_IgG_4',
      label: 'Days with total IgG below 4 g/L',
      unit: 'day',
      quantity: 'IGT',
      kind: 'timeBelow',
      threshold: 4,
    },
  ],
  observations: [],
  // Coefficients of variation of clearance, central volume and absorption: sqrt(ln(1 + CV²)).
  population: {
    factors: [],
    parameters: [
      { parameter: 'CL65', sd: 0.2832 },
      { parameter: 'V65', sd: 0.1912 },
      { parameter: 'ka', sd: 0.7192 },
    ],
    ties: {},
  },
  populationNote: { trust: 'found-secondary', source: `${navarro}: 28.9, 19.3 and 82.3 %` },
  targets: ['G01', 'G02'],
}
