import type { LibraryModel } from '../library/library-model.ts'
import { parameterNotes } from '../library/parameter-notes.ts'

const zhou =
  'Zhou 2021, Drugs R D 21:407, Table 2: 1,783 patients of nine studies (values via nlmixr2lib Zhou_2021_belimumab)'
const struemper =
  'Struemper 2018, Clin Pharmacokinet 57:717, Table 3: subcutaneous (values via nlmixr2lib Struemper_2017_belimumab)'
const marcantonio =
  'Marcantonio 2022, Front Pharmacol 13:864768, Table S5 (values via nlmixr2lib Marcantonio_2022_belimumab)'

const infusion = { cmt: 'blood', amt: '10*WT', duration: 1 / 24, label: 'Belimumab 10 mg/kg' }

/** Belimumab in blood and tissue, the BAFF that it takes away, and what B cells lose by it. */
export const belimumab: LibraryModel = {
  id: 'belimumab',
  title: 'Belimumab (Zhou 2021)',
  summary:
    'Belimumab 10 mg/kg on days 0, 14 and 28 and every four weeks: two compartments, turnover of BAFF bound and free, and the loss of B cells that need it.',
  text: `# Belimumab: two compartments (Zhou 2021), BAFF bound and free (Marcantonio 2022), and loss of B cells
WT    = 70    # [kg] Body weight, for the dose
FFM   = 40.69 # [kg] Fat-free mass
ALB   = 40    # [g/L] Albumin
IgG   = 14.8  # [g/L] IgG before treatment
AGE   = 38    # [year] Age
early = 0     # [1] Early studies with their assay (1) or later ones (0)

CL    = 0.238 # [L/day] Clearance
V1    = 2.597 # [L] Central volume
Q     = 0.591 # [L/day] Distribution clearance
V2    = 2.318 # [L] Peripheral volume
bFFM  = 0.673 # [1] Exponent of fat-free mass on clearance
bFFMV = 0.891 # [1] Exponent of fat-free mass on the central volume
bALB  = -1.12 # [1] Exponent of albumin on clearance
bIgG  = 0.293 # [1] Exponent of IgG on clearance
A50   = 1.58  # [year] Age at half of the central volume of adults
eCL   = 1.63  # [1] Early to later studies, clearance
eV1   = 1.26  # [1] Early to later studies, central volume
ka    = 0.235 # [1/day] Absorption from under the skin
F     = 0.742 # [1] Bioavailability under the skin
tlag  = 0.179 # [day] Lag of absorption

MW    = 147                 # [kg/mol] Molar mass of belimumab
BAFF0 = 0.294               # [nmol/L] Baseline BAFF
kB    = 16.635532333438686  # [1/day] Loss of free BAFF (half-life 60 min)
kAb   = 0.03572923611137862 # [1/day] Loss of bound BAFF, with the antibody (half-life 19.4 days)
KD    = 0.274               # [nmol/L] Dissociation constant of belimumab and BAFF

kN = 0.038 # [1/day] Loss of naive B cells without BAFF
kA = 0     # [1/day] Loss of autoreactive B cells without BAFF
kM = 0.025 # [1/day] Memory B cells that come into the blood when BAFF is taken away
kW = 0.05  # [1/day] Return to balance of memory B cells

V ~ V1*(1 + (eV1 - 1)*early)*(FFM/40.69)^bFFMV*AGE/(AGE + A50)
k ~ CL*(1 + (eCL - 1)*early)*(FFM/40.69)^bFFM*(ALB/40)^bALB*(IgG/14.8)^bIgG
C = blood/V # [ug/mL] Belimumab in serum

# Free BAFF where binding is in balance
Ab   ~ 1000*C/MW
gap  ~ Ab + KD - BAFF
free = 2*KD*BAFF/(gap + sqrt(gap^2 + 4*KD*BAFF)) # [nmol/L] Free BAFF
blocked = 1 - free/BAFF0 # [1] Share of BAFF that is taken away

d/dt(skin)   = -ka*skin # [mg] Belimumab under the skin
d/dt(blood)  = ka*skin - k*C - Q*(C - tissue/V2) # [mg] Belimumab in blood
d/dt(tissue) = Q*(C - tissue/V2) # [mg] Belimumab in tissue
d/dt(BAFF)   = kB*(BAFF0 - free) - kAb*(BAFF - free) # [nmol/L] BAFF, free and bound
d/dt(W)      = kW*(blocked - W) # [1] What memory B cells are used to
BAFF(0) = BAFF0

f(skin) = F
alag(skin) = tlag

lossN = kN*blocked # [1/day] Further loss of naive B cells
lossA = kA*blocked # [1/day] Further loss of autoreactive B cells
lossM = -kM*(blocked - W) # [1/day] Further loss of memory B cells from the blood; below 0 they come into it
`,
  reference: 'doi:10.1007/s40268-021-00363-2',
  citation: 'L. Zhou et al., Drugs R D 21:407–417, 2021',
  limits: [
    'The half-life of free BAFF is that of TNF-alpha, for want of its own. Binding is taken to be in balance at any time, and elimination of belimumab not to depend on BAFF.',
    'BAFF rises when B cells are gone, for example after rituximab; that is not in it.',
    'By default autoreactive B cells lose nothing without BAFF, so that anti-dsDNA hardly falls; kA says otherwise.',
    'Absorption and bioavailability under the skin belong to the elimination of the scenario subcutaneous.',
  ],
  start: 0,
  horizon: 365,
  regimen: {
    name: 'Belimumab 10 mg/kg on days 0, 14 and 28, then every 4 weeks',
    doses: [
      { time: 0, ...infusion },
      { time: 14, ...infusion },
      { time: 28, ...infusion, ii: 28, addl: 12 },
    ],
  },
  scenarios: [
    {
      id: 'subcutaneous',
      title: 'Belimumab 200 mg weekly under the skin',
      regimen: {
        name: 'Belimumab 200 mg weekly under the skin',
        doses: [{ time: 0, cmt: 'skin', amt: 200, ii: 7, addl: 52, label: 'Belimumab 200 mg' }],
      },
      parameters: { CL: 0.204, V1: 2.3, Q: 0.698, V2: 2.65, A50: 0 },
      notes: {
        CL: { trust: 'found', source: struemper },
        V1: { trust: 'found', source: struemper },
        Q: { trust: 'found', source: struemper },
        V2: { trust: 'found', source: struemper },
        A50: { trust: 'found', source: `${struemper}: no effect of age` },
      },
    },
  ],
  parameters: parameterNotes([
    ['Patient', 'assumption', 'typical adult', 'WT'],
    ['Patient', 'found', 'Zhou 2021: reference of the covariate', 'FFM ALB IgG'],
    ['Patient', 'found', 'Zhou 2021, Table 1: median of adults', 'AGE'],
    ['Patient', 'assumption', 'later studies', 'early'],
    ['Belimumab', 'found', zhou, 'CL V1 Q V2 bFFM bFFMV bALB bIgG A50 eCL eV1'],
    ['Belimumab', 'found', struemper, 'ka F tlag'],
    ['BAFF', 'found', marcantonio, 'MW BAFF0 kAb KD'],
    ['BAFF', 'found', `${marcantonio}, where it is that of TNF-alpha`, 'kB'],
    [
      'B cells',
      'fitted',
      'fitted with lupus-antibodies: naive and transitional B cells 50 to 70 % lower after a year (from memory)',
      'kN',
    ],
    [
      'B cells',
      'assumption',
      'none: no number was found. Memory and plasma cells need BAFF less (Jacobi 2010); autoantibodies do fall (Stohl 2012)',
      'kA',
    ],
    [
      'B cells',
      'assumption',
      'size and pace assumed; that memory B cells rise at first and decline towards baseline by week 52 is in the prescribing information',
      'kM kW',
    ],
  ]),
  panels: [
    { title: 'Belimumab', quantities: ['C'], unit: 'ug/mL', scale: 'log' },
    { title: 'BAFF', quantities: ['BAFF', 'free'], unit: 'nmol/L', scale: 'log' },
    { title: 'Further loss of B cells', quantities: ['lossN', 'lossA', 'lossM'], unit: '1/day', scale: 'linear' },
  ],
  endpoints: [
    { name: 'Cmax', label: 'Peak of belimumab', unit: 'ug/mL', quantity: 'C', kind: 'maximum' },
    { name: 'BAFF_free_min', label: 'Lowest free BAFF', unit: 'nmol/L', quantity: 'free', kind: 'minimum' },
  ],
  observations: [],
  population: {
    factors: [{ name: 'belimumab: clearance', sd: 0.2612 }],
    parameters: [
      { parameter: 'CL', sd: 0, factors: { 'belimumab: clearance': 1 } },
      { parameter: 'V2', sd: 0.2753, factors: { 'belimumab: clearance': 0.1833 } },
      { parameter: 'V1', sd: 0.0889 },
    ],
    ties: {},
  },
  populationNote: { trust: 'found', source: `${zhou}: variances of CL, V1 and V2 and the covariance of CL and V2` },
  targets: ['J23', 'J24', 'J25'],
}
