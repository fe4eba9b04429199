import type { Regimen, RegimenDose } from '@cartkin/simulation'
import { bcmaCart } from '../bcma/bcma-cart.ts'
import { composeLibraryModels } from '../library/compose-library-models.ts'
import { lupusQsp } from '../lupus/lupus-qsp.ts'
import { lupusRegimen } from '../lupus/lupus-regimens.ts'

const [lymphodepletion, cd19] = [
  lupusRegimen.doses.filter(({ cmt }) => cmt !== 'CI'),
  lupusRegimen.doses.filter(({ cmt }) => cmt === 'CI'),
]
const compound = cd19.map((dose) => ({ ...dose, label: 'BCMA-CD19 CAR-T cells' }))
const bcma: RegimenDose = { time: 0, cmt: 'QI', amt: 1, label: 'BCMA CAR-T cells' }

/** Fludarabine and cyclophosphamide, and the products of this name. */
const after = (name: string, products: readonly RegimenDose[]): Regimen => ({
  name: `Fludarabine 25 mg/m² ×3, cyclophosphamide 1000 mg/m², ${name}`,
  doses: [...lymphodepletion, ...products],
})

const dose = (source: string) => ({ trust: 'found', source }) as const
const wang = 'Wang W 2024, Ann Rheum Dis 83:1304'
const assumedDose = { trust: 'assumption', source: 'the doses of Feng 2025 were not found' } as const

/**
 * Values for the patients of Wang 2024, whose SLEDAI-2K was 10.6: interferon-alpha lower at the same drive of autoreactive
 * cells. What differs is the part of the score that lies outside kidney and serology.
 */
export const milderLupus = { IFN0: 3.47, K_IFN: 0.826 } as const
const milder = {
  trust: 'fitted',
  source: `SLEDAI-2K of 10.6 at baseline (${wang}); K_IFN in proportion, so that cells and antibodies stay as they are`,
} as const

/** What of the product kinetics the two products share. */
const shared = 'WT Vb F_inf k_dist a_I rho K_A d_E m_EM d_M a_M Cmax f_mem_prod kapM nK phiLL k_PL'.split(' ')
const names = 'bcma QI QE QM NEW SSA PC phiS kS k_fill'.split(' ')

/** `lupus-qsp` with a CAR that carries BCMA as well, a BCMA product beside it, and anti-Ro/SSA. */
export const lupusBcmaCd19 = composeLibraryModels({
  id: 'lupus-bcma-cd19',
  title: 'CAR-T cells against CD19 and BCMA in lupus',
  summary:
    'A compound CAR against CD19 and BCMA (bcma = 1), or two products at once: plasma cells of every kind are killed, autoantibodies of long-lived ones fall as well, and with them IgG and vaccine titres.',
  parts: [
    {
      // what was observed after CD19 cells is not this
      model: { ...lupusQsp, observations: [] },
      connect: {
        kALL: 'b_kM',
        kASC: 'b_kM',
        kAPC: 'b_kB',
        newPL: 'NEW',
        Ctot: 'CI + CE + CM + CX + BCAR',
        Q: 'fA*CE + b_Q',
      },
    },
    {
      model: bcmaCart,
      prefix: 'b_',
      rename: { ...Object.fromEntries(names.map((name) => [name, name])), CAR: 'BCAR' },
      connect: {
        ...Object.fromEntries(shared.map((name) => [name, name])),
        h: 'h15*(1 - dexC)',
        others: 'CE + kapM*CM + kapX*CX',
        old: 'PL',
        short: 'PN',
        shortA: 'w_PA*PA/PA0 + (1 - w_PA)*PS',
        all: 'Ctot',
      },
      drop: ['LL'],
    },
  ],
  regimen: after('BCMA-CD19 CAR-T cells', compound),
  scenarios: [
    {
      id: 'compound',
      title: 'Compound CAR against both',
      regimen: after('BCMA-CD19 CAR-T cells', compound),
      parameters: {},
    },
    { id: 'cd19', title: 'CD19 alone', regimen: after('CD19 CAR-T cells', cd19), parameters: { bcma: 0 } },
    { id: 'bcma', title: 'BCMA alone', regimen: after('BCMA CAR-T cells', [bcma]), parameters: { bcma: 0 } },
    {
      id: 'co-infusion',
      title: 'Two products, 1e6/kg each',
      regimen: after('CD19 and BCMA CAR-T cells', [...cd19, bcma]),
      parameters: { bcma: 0, dose: 1e6, b_dose: 1e6 },
      notes: { dose: assumedDose, b_dose: assumedDose },
    },
    {
      id: 'wang-2024',
      title: 'Compound CAR 3e6/kg in milder lupus',
      regimen: after('BCMA-CD19 CAR-T cells', compound),
      parameters: { dose: 3e6, ...milderLupus },
      notes: { dose: dose(wang), IFN0: milder, K_IFN: milder },
    },
  ],
  panels: [
    { title: 'CAR-T cells', quantities: ['CAR', 'BCAR'], unit: 'cells/uL', scale: 'log' },
    { title: 'Long-lived plasma cells, old and new', quantities: ['PL', 'NEW'], unit: '1', scale: 'linear' },
    { title: 'Anti-Ro/SSA and vaccine titre', quantities: ['SSA', 'VAX'], unit: '1', scale: 'linear' },
    { title: 'IgG', quantities: ['IGG'], unit: 'g/L', scale: 'linear' },
    { title: 'Lupus activity (SLEDAI-2K)', quantities: ['SLEDAI'], unit: 'score', scale: 'linear' },
  ],
  endpoints: [
    {
      name: 'VAX_365',
      label: 'Vaccine titre on day 365, of baseline',
      unit: '1',
      quantity: 'VAX',
      kind: 'value',
      at: 365,
    },
    { name: 'IGG_365', label: 'IgG on day 365', unit: 'g/L', quantity: 'IGG', kind: 'value', at: 365 },
    { name: 'IGG_min_day', label: 'Day of lowest IgG', unit: 'day', quantity: 'IGG', kind: 'timeOfMinimum' },
    {
      name: 'IGG_below_4',
      label: 'Days with IgG below 4 g/L',
      unit: 'day',
      quantity: 'IGG',
      kind: 'timeBelow',
      threshold: 4,
    },
  ],
  limits: [
    'How fast normal plasma cells are killed in lupus is not known: the rates are those of myeloma cells in marrow and of BCMA in vitro.',
    'A compound CAR expands on CD19 alone, and B cells are not killed through BCMA, although B cells were gone for a median of 70 days after BCMA CAR-T cells in myeloma.',
    'Two products at once expand side by side and make more cytokine than the trial saw: their doses were not found.',
    'After BCMA CAR-T cells in myeloma the lowest IgG came in month 7, here on day 85 (after a compound CAR on day 132); plasma cells were seen again on day 212, here on day 72.',
    'Immunoglobulin is not replaced. The loss of IgG does not slow when there is little of it.',
    'The turnover of lupus-qsp brings a twentieth of the old long-lived plasma cells, and of their antibodies, back within a year; whether any come back is not known.',
    'Anti-Ro/SSA is drawn relative to its baseline: whether it is negative depends on the titre it starts from.',
  ],
  reference: 'The papers named with each parameter',
  citation: 'cartkin, lupus-bcma-cd19, and the papers named with its parameters',
  targets: Array.from({ length: 12 }, (_, i) => `K${String(i + 1).padStart(2, '0')}`),
})
