import type { LibraryModel } from '../library/library-model.ts'
import { parameterNotes } from '../library/parameter-notes.ts'
import type { Scenario } from '../library/scenario.ts'

const product = 'as the CD19 product of lupus-qsp: no kinetics of a BCMA product in lupus were found'
const singh2020 =
  'Singh 2020, mAbs 12:1688616: fastest killing through BCMA in vitro, 0.0486 /h, found in a secondary source'
const singh2021 =
  'Singh 2021, CPT Pharmacometrics Syst Pharmacol 10:362: fastest killing of myeloma cells in marrow by ide-cel'
const wang2021 = 'Wang 2021, Blood Adv 5:5290 (n = 40, anti-BCMA CAR-T cells in myeloma)'

const infusion: Scenario['regimen'] = {
  name: 'BCMA CAR-T cells 1e6/kg',
  doses: [{ time: 0, cmt: 'QI', amt: 1, label: 'BCMA CAR-T cells' }],
}

/**
 * CAR-T cells against BCMA, their expansion on plasma cells, the plasma cells of any kind that they kill, those that come
 * back, and an autoantibody that long-lived plasma cells make. Of another product (a compound CAR) it takes `others`.
 */
export const bcmaCart: LibraryModel = {
  id: 'bcma-cart',
  title: 'CAR-T cells against BCMA, and plasma cells',
  summary:
    'Plasma cells are killed through BCMA, by cells of this product, of a compound CAR, or both; an autoantibody of long-lived plasma cells falls, and new plasma cells fill the empty niches.',
  text: `# CAR-T cells against BCMA, and plasma cells

# Product: kinetics of a CD19 product in lupus
WT    = 70  # [kg] Body weight
Vb    = 5   # [L] Blood volume
dose  = 1e6 # [cells/kg] Dose of BCMA CAR-T cells
F_inf = 0.1 # [1] Fraction of the dose seen in blood after distribution
k_dist = 0.659   # [1/day] Loss of infused cells to tissue and death
a_I    = 0.809   # [1/day] Activation of infused cells by antigen
rho    = 1.6     # [1/day] Fastest CAR-T proliferation
K_A    = 0.032   # [1] Antigen for half of the fastest proliferation
d_E    = 0.222   # [1/day] Loss of effector CAR-T cells
m_EM   = 0.00886 # [1/day] Effector to memory CAR-T cells
d_M    = 0.0365  # [1/day] Loss of memory CAR-T cells
a_M    = 0.043   # [1/day] Reactivation of memory CAR-T cells
Cmax   = 3000    # [cells/uL] Most CAR-T cells that blood carries
f_mem_prod = 0.05 # [1] Memory share of the product
kapM   = 0.3     # [1] Killing by a memory CAR-T cell relative to an effector
h      = 0.7     # [1] Share of the fastest proliferation that cytokines allow

# Killing through BCMA
bcma   = 1 # [1] Killing through BCMA by a cell of another product, relative to one of this (0: it has no BCMA arm)
others = 0 # [cells/uL] Effective CAR-T cells of another product
kkM = 0.343  # [1/day] Fastest killing of plasma cells in marrow and tissue
KCM = 1.19   # [cells/uL] CAR-T cells for half of it
kkB = 1.1664 # [1/day] Fastest killing of plasmablasts in blood
KCB = 0.641  # [cells/uL] CAR-T cells for half of it
nK  = 2      # [1] Steepness of killing

# Plasma cells and antibodies
phiLL  = 0.761 # [1] Long-lived share of plasma cells
k_PL   = 0.00018990333713971103 # [1/day] Turnover of long-lived plasma cells (half-life 10 years)
k_fill = 0.0023 # [1/day] Filling of empty niches by newly formed plasma cells
phiS   = 0.9   # [1] Share of anti-Ro/SSA from long-lived plasma cells
kS     = 0.033007008598092635 # [1/day] Turnover of anti-Ro/SSA (half-life 21 days)

# What another model may give in place of these
old    ~ LL # [1] Long-lived plasma cells of before (of baseline)
short  ~ 1  # [1] Short-lived plasma cells (of baseline)
shortA ~ 1  # [1] Short-lived autoreactive cells (of baseline)
all    ~ QI + QE + QM # [cells/uL] CAR-T cells of all products

# Antigen and killing; the floor 1e-30 keeps the power and its derivatives defined
Ag   ~ phiLL*(old + NEW) + (1 - phiLL)*short
fA   ~ Ag/(K_A + Ag)
hits ~ max(QE + kapM*QM + bcma*others, 1e-30)^nK
kM   = kkM*hits/(KCM^nK + hits) # [1/day] Killing of plasma cells in marrow and tissue
kB   = kkB*hits/(KCB^nK + hits) # [1/day] Killing of plasmablasts in blood
Q    ~ fA*QE # [cells/uL] Engaged cells

d/dt(QI) = -(k_dist + a_I*fA)*QI # [cells/uL] Infused BCMA CAR-T cells
d/dt(QE) = a_I*fA*QI + rho*fA*h*(1 - all/Cmax)*QE + a_M*fA*QM - (d_E + m_EM)*QE # [cells/uL] Effector BCMA CAR-T cells
d/dt(QM) = f_mem_prod*k_dist*QI + m_EM*QE - (a_M*fA + d_M)*QM # [cells/uL] Memory BCMA CAR-T cells

d/dt(LL)  = k_PL*(1 - LL) - kM*LL # [1] Long-lived plasma cells of before (of baseline)
d/dt(NEW) = k_fill*short*(1 - old - NEW) - (k_PL + kM)*NEW # [1] New long-lived plasma cells (of baseline)
d/dt(SSA) = kS*((1 - phiS)*shortA + phiS*old - SSA) # [1] Anti-Ro/SSA antibodies (of baseline)

LL(0) = 1
SSA(0) = 1
f(QI) = F_inf*dose*WT/(Vb*1e6)

CAR = QI + QE + QM # [cells/uL] BCMA CAR-T cells in blood
PC = old + NEW # [1] All long-lived plasma cells (of baseline)
`,
  reference: 'doi:10.1002/psp4.12598',
  citation: 'cartkin, bcma-cart, and the papers named with its parameters',
  limits: [
    'A part for lupus-bcma-cd19: alone, cytokines and short-lived plasma cells stay as they are.',
    'Killing rates were measured on myeloma cells; that normal plasma cells are killed as fast, and at as many CAR-T cells as B cells in tissue, is an assumption.',
    'Kinetics of the BCMA product are those of the CD19 product.',
    'k_fill was chosen so that IgG is back at 7 g/L about a year after BCMA CAR-T cells, as in myeloma; nothing is known of it in lupus.',
    'New plasma cells make IgG but none of the old antibodies: vaccine titres do not return without vaccination.',
  ],
  start: 0,
  horizon: 365,
  regimen: infusion,
  parameters: parameterNotes([
    ['Patient and dose', 'assumption', 'typical adult', 'WT Vb'],
    ['Patient and dose', 'assumption', 'doses of the two products of Feng 2025 were not found; 1e6/kg assumed', 'dose'],
    ['BCMA product', 'assumption', product, 'F_inf k_dist a_I rho K_A d_E m_EM d_M a_M Cmax f_mem_prod kapM'],
    ['BCMA product', 'assumption', 'like IL-15 of 27 pg/mL in lupus-qsp', 'h'],
    ['Killing', 'assumption', 'a compound CAR kills through BCMA like a BCMA CAR', 'bcma'],
    ['Killing', 'assumption', '0 unless connected', 'others'],
    ['Killing', 'found', singh2021, 'kkM'],
    ['Killing', 'found-secondary', singh2020, 'kkB'],
    ['Killing', 'assumption', 'as for B cells in lupus-qsp, in tissue and in blood', 'KCM KCB nK'],
    ['Plasma cells and antibodies', 'fitted', 'as in lupus-qsp', 'phiLL'],
    ['Plasma cells and antibodies', 'memory', 'half-life of 10 years; Amanna 2007', 'k_PL'],
    [
      'Plasma cells and antibodies',
      'fitted',
      `IgG back at 7 g/L near day 386: ${wang2021}; the lower limit of IgG from memory`,
      'k_fill',
    ],
    [
      'Plasma cells and antibodies',
      'assumption',
      'mostly from long-lived plasma cells, as they outlast CD19 CAR-T cells',
      'phiS',
    ],
    ['Plasma cells and antibodies', 'memory', 'IgG half-life 21 days', 'kS'],
  ]),
  panels: [
    { title: 'BCMA CAR-T cells', quantities: ['CAR'], unit: 'cells/uL', scale: 'log' },
    { title: 'Long-lived plasma cells', quantities: ['LL', 'NEW'], unit: '1', scale: 'linear' },
    { title: 'Anti-Ro/SSA', quantities: ['SSA'], unit: '1', scale: 'linear' },
  ],
  endpoints: [
    {
      name: 'BCMA_Cmax',
      label: 'Peak of BCMA CAR-T cells',
      unit: 'cells/uL',
      quantity: 'CAR',
      kind: 'maximum',
      from: 2,
    },
    {
      name: 'PC_gone_day',
      label: 'Day long-lived plasma cells are below 1 %',
      unit: 'day',
      quantity: 'PC',
      kind: 'firstBelow',
      threshold: 0.01,
      from: 0,
    },
    { name: 'SSA_90', label: 'Anti-Ro/SSA on day 90, of baseline', unit: '1', quantity: 'SSA', kind: 'value', at: 90 },
    { name: 'SSA_min', label: 'Lowest anti-Ro/SSA, of baseline', unit: '1', quantity: 'SSA', kind: 'minimum' },
  ],
  observations: [],
  targets: [],
}
