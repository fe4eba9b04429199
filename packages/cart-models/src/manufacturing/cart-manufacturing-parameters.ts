import { parameterNotes } from '../library/parameter-notes.ts'

const assumed = 'assumed'
const uk = 'children in the United Kingdom, n = 134 (Blood Cancer J 2024, doi:10.1038/s41408-024-01038-2, Table 3)'
const park = 'Park 2025, Clin Transl Sci 18:e70146'
const zhu = 'Zhu 2018, Cytotherapy 20:394 (CliniMACS Prodigy, 13 days)'

/** Trust, source and group of every parameter of `cart-manufacturing`. */
export const cartManufacturingParameters = parameterNotes([
  ['Patient and leukapheresis', 'assumption', 'typical adult', 'WT'],
  ['Patient and leukapheresis', 'found', `${park}: baseline of patients with lupus`, 'cd4 cd8'],
  ['Patient and leukapheresis', 'assumption', 'two blood volumes', 'vol'],
  ['Patient and leukapheresis', 'fitted', `chosen to collect 2.6e9 T cells: ${uk}`, 'eff'],
  ['Days', 'found', 'median of referral to leukapheresis', 't_ref'],
  ['Days', 'found', 'CliniMACS Prodigy, 12 days', 'culture'],
  ['Days', 'assumption', assumed, 't_in t_slot t_qc t_far t_out'],
  ['Selection and transduction', 'found', `${zhu}: recovery, cells at the start, mean transduction`, 'rec seed trans'],
  ['Selection and transduction', 'assumption', 'within 1 to 2 days, assumed', 'lag'],
  ['Expansion', 'assumption', 'of the default process', 'grow'],
  [
    'Expansion',
    'fitted',
    `chosen for thirty-fold expansion in 12 days (${zhu}) and 75.9 % CD4 and 23 % CD8 in the product (${park})`,
    'b4 b8',
  ],
  ['Expansion', 'assumption', assumed, 'death lysis'],
  ['Expansion', 'assumption', 'composition of T cells in blood, assumed', 'n0 c0'],
  [
    'Expansion',
    'fitted',
    `chosen for 7.29 % naive and 22.1 % central memory cells in the product (${park})`,
    'k_nc k_ce',
  ],
  [
    'Release',
    'found',
    'limit of tisagenlecleucel: below 80 % is out of specification (Pasquini 2020, Blood Adv 4:5414)',
    'v_min',
  ],
  ['Release', 'memory', 'dose of Mackensen 2022 and Müller 2024', 'order'],
  ['Release', 'assumption', assumed, 'tr_min least thaw'],
  ['Release', 'assumption', 'no limit', 'bag'],
  ['In the patient', 'assumption', 'the value that lupus-qsp and oncology-qsp have', 'f_ref'],
  ['In the patient', 'found', `${park}: 7.29 % naive and 22.1 % central memory of 100.06 %`, 'm_ref'],
  [
    'In the patient',
    'fitted',
    'chosen for 9 of 110 products of axicabtagene ciloleucel not infused within 25.5 days',
    'lambda',
  ],
  ['In the patient', 'assumption', 'no bridging', 'bridge'],
])
