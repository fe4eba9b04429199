import { parameterNotes } from '../library/parameter-notes.ts'

const fitted = 'calibrated to targets D01–D17 (a plausible point, not an estimate)'
const assumed = 'assumed'
const park = 'Park 2025, Clin Transl Sci 18:e70146'
const hardiansyah = 'Hardiansyah and Ng 2019, Clin Transl Sci 12:343'
const frey = 'Frey 2010, tocilizumab population pharmacokinetics'
const kimmel = 'Kimmel 2021, Proc R Soc B 288:20210229'

/** Trust, source and group of every parameter of `oncology-qsp`. */
export const oncologyParameters = parameterNotes([
  ['Patient and dose', 'assumption', 'typical adult', 'WT Vb'],
  ['Patient and dose', 'assumption', 'dose of axicabtagene ciloleucel', 'dose'],
  ['Patient and dose', 'fitted', fitted, 'F_inf'],
  ['Lymphodepletion', 'found', park, 'kLD'],
  [
    'Lymphodepletion',
    'assumption',
    'regimen fludarabine 30 mg/m² and cyclophosphamide 500 mg/m² on days -5 to -3; relative size of the two assumed',
    'w_flu w_cy LDon',
  ],
  ['Lymphodepletion', 'fitted', fitted, 'kLD_T sN'],
  ['Lymphodepletion', 'assumption', assumed, 'kLD_B kLD_tum'],
  ['CAR-T cells', 'fitted', fitted, 'a_I rho K_A d_E m_EM x_EX d_M'],
  ['CAR-T cells', 'assumption', assumed, 'k_dist K15 a_M d_X Cmax f_mem_prod kapM kapX'],
  ['Tumour', 'fitted', fitted, 'kT KT gT'],
  ['Tumour', 'found', `${kimmel}: median metabolic tumour volume`, 'TS0'],
  ['Tumour', 'assumption', 'assumed equal to the baseline tumour', 'TSref'],
  ['Tumour', 'assumption', assumed, 'TSmax TN0 wB'],
  ['Tumour', 'assumption', 'kept at 0: no loss of antigen in the typical run', 'mu'],
  ['B cells', 'found', `${park}, largest killing rate`, 'kk'],
  ['B cells', 'assumption', assumed, 'KC kkP KCP B0 k_p kB'],
  ['Host T cells and IL-15', 'fitted', fitted, 'e15'],
  ['Host T cells and IL-15', 'assumption', assumed, 'TH0 kTH IL15_0 n15 k15 c15'],
  ['Cytokines', 'fitted', fitted, 'pG p6 KI CRPmax eFer kZ'],
  ['Cytokines', 'found', hardiansyah, 'kIG k6 k10'],
  ['Cytokines', 'memory', 'Pepys 2003: half-life of C-reactive protein 19 h', 'kCRP'],
  ['Cytokines', 'assumption', assumed, 'IFNG0 nI kMac IL60 p10 IL100 CRPb K6 kFer Fer0'],
  ['Neutrophils', 'found', park, 'MTT'],
  ['Neutrophils', 'assumption', assumed, 'NC0'],
  ['Neutrophils', 'assumption', `assumed; ${park} has 0.14`, 'gam'],
  ['Tocilizumab', 'found', frey, 'tCL tV1 tQ tV2 tVm tKm'],
  ['Tocilizumab', 'assumption', assumed, 'tK blkClr'],
  ['Dexamethasone', 'found', 'Krzyzanski 2021, dexamethasone pharmacokinetics', 'dCL dV'],
  ['Dexamethasone', 'assumption', assumed, 'dIC50 dImax dImaxCAR'],
])
