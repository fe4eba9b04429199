import { parameterNotes } from '../library/parameter-notes.ts'

const fitted = 'calibrated to targets B01–B30 (a plausible point, not an estimate)'
const assumed = 'assumed'
const park = 'Park 2025, Clin Transl Sci 18:e70146'
const digitised = `${park}, baseline median digitised from a figure`
const hardiansyah = 'Hardiansyah and Ng 2019, Clin Transl Sci 12:343'
const frey = 'Frey 2010, tocilizumab population pharmacokinetics'

/** Trust, source and group of every parameter of `lupus-qsp`. */
export const lupusParameters = parameterNotes([
  ['Patient and dose', 'assumption', 'typical adult', 'WT Vb'],
  ['Patient and dose', 'memory', 'dose of Mackensen 2022 and Müller 2024', 'dose'],
  ['Patient and dose', 'assumption', assumed, 'F_inf'],
  ['Lymphodepletion', 'found', park, 'kLD'],
  [
    'Lymphodepletion',
    'assumption',
    'regimen fludarabine 25 mg/m² on days -5 to -3, cyclophosphamide 1000 mg/m² on day -3; relative size of the two assumed',
    'w_flu w_cy LDon',
  ],
  ['Lymphodepletion', 'fitted', fitted, 'kLD_B kLD_T kLD_T8 sN'],
  ['Lymphodepletion', 'assumption', assumed, 'kLD_Treg'],
  ['Not used', 'assumption', 'kept at 0', 'kLD_car'],
  ['CAR-T cells', 'fitted', fitted, 'k_dist a_I K_A m_EM d_M a_M'],
  ['CAR-T cells', 'fitted', `${fitted}; ${park} has 1.8 /day`, 'rho'],
  ['CAR-T cells', 'fitted', `${fitted}; Stein 2019 has 0.16 /day`, 'd_E'],
  ['CAR-T cells', 'assumption', assumed, 'K15 x_EX d_X Cmax f_mem_prod'],
  ['Killing', 'found', `${park}, largest killing rate`, 'kk'],
  ['Killing', 'fitted', fitted, 'KC kkT KCT wP'],
  ['Killing', 'fitted', `${fitted}; kkP and KCP cannot be told apart`, 'kkP KCP'],
  ['Killing', 'assumption', assumed, 'nK kapM kapX phi_PS phi_PN'],
  ['B cells', 'assumption', `split assumed of a total of 143 cells/uL (${park})`, 'BN0 BM0 BA0 PA0'],
  ['B cells', 'found', park, 'k_prod'],
  ['B cells', 'fitted', fitted, 'k_p'],
  ['B cells', 'found', 'Macallan 2005, Blood: division rate of memory B cells', 'd_A'],
  ['B cells', 'assumption', assumed, 'kT sig_M d_M_B r_A K_IFN sigA_frac'],
  ['Plasma cells and antibodies', 'memory', 'plasmablast lifetime 3–5 days', 'd_PA'],
  ['Plasma cells and antibodies', 'assumption', 'lifetime near 7 days, partly from memory', 'k_PS'],
  ['Plasma cells and antibodies', 'memory', 'half-life of 10 years; Amanna 2007', 'k_PL'],
  ['Plasma cells and antibodies', 'found', digitised, 'A0'],
  ['Plasma cells and antibodies', 'memory', 'IgG half-life 21 days', 'kG'],
  ['Plasma cells and antibodies', 'fitted', fitted, 'phiLL'],
  ['Plasma cells and antibodies', 'assumption', assumed, 'k_PN kA phiL w_PA IGG0'],
  ['Disease', 'assumption', 'within the normal range 0.9–1.8 g/L', 'C3n'],
  ['Disease', 'found', digitised, 'C30 IFN0 U0'],
  ['Disease', 'memory', 'usual lower limit of C3', 'C3lo'],
  ['Disease', 'assumption', 'smoothed; Park 2025 has 23 /day', 'kIFN'],
  ['Disease', 'fitted', fitted, 'kU'],
  ['Disease', 'assumption', assumed, 'kC A50 Un tauS'],
  ['Host T cells and IL-15', 'found', park, 'TH0 T80'],
  ['Host T cells and IL-15', 'fitted', fitted, 'e15'],
  ['Host T cells and IL-15', 'assumption', assumed, 'TR0 kTH kT8 kTR eTR IL15_0 n15 k15 c15'],
  ['Cytokines', 'fitted', fitted, 'pG p6'],
  ['Cytokines', 'found', hardiansyah, 'kIG k6 k10'],
  ['Cytokines', 'memory', 'Pepys 2003: half-life of C-reactive protein 19 h', 'kCRP'],
  ['Cytokines', 'assumption', assumed, 'IFNG0 KI nI kMac IL60 p10 IL100 CRPb CRPmax K6 kFer Fer0 eFer kZ'],
  ['Neutrophils', 'found', park, 'NC0 MTT'],
  ['Neutrophils', 'assumption', `assumed; ${park} has 0.14`, 'gam'],
  ['Tocilizumab', 'found', frey, 'tCL tV1 tQ tV2 tVm tKm'],
  ['Tocilizumab', 'assumption', assumed, 'tK blkClr'],
  ['Dexamethasone', 'found', 'Krzyzanski 2021, dexamethasone pharmacokinetics', 'dCL dV'],
  ['Dexamethasone', 'assumption', assumed, 'dIC50 dImax dImaxCAR'],
  ['Rituximab', 'assumption', 'assumed; Chen 2024 has an EC50 of 5.87 ug/mL', 'rEC50'],
  ['Rituximab', 'assumption', assumed, 'rk rV rEmax rSanct'],
])
