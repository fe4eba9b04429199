import type { Trust } from '../library/library-model.ts'
import type { Scenario } from '../library/scenario.ts'

type Value = readonly [value: number, trust: Trust, source: string]
type Values = Readonly<Record<string, Value>>

const review = 'median of medians in large B-cell lymphoma, 40 studies to October 2022 (abstract, PMC10431072)'
const turnaround =
  'median from leukapheresis to release: 16 days in the United States (Kite 2024), 25 in Europe (EBMT 2021)'

const growth: Value = [
  1.376,
  'assumption',
  'a doubling time of 1.4 days after a lag of 1.5 days makes 67 cells of one in 10 days; within the assumed 0.9 to 1.4 and 1 to 2 days',
]
const seed: Value = [
  5.5e8,
  'assumption',
  'what selection leaves of 1e9 T cells, the least that the manufacturer of tisagenlecleucel accepts',
]
const shipped: Value = [2, 'assumption', 'share of the 9 days of the turnaround that are not culture']
const tested: Value = [
  7,
  'derived',
  `turnaround of axicabtagene ciloleucel without culture and transport; ${turnaround}`,
]
const booked: Value = [11, 'derived', `27.0 days vein to vein in the United States less 16 days to release; ${review}`]
const farther: Value = [9, 'derived', `${turnaround}: the difference`]
const transduction: Value = [
  0.37,
  'assumption',
  'mean of another lentiviral process (Zhu 2018, Cytotherapy 20:394), for want of a figure of this product',
]
const adult: Value = [80, 'assumption', 'as in oncology-qsp']
const halfOrder: Value = [0.5, 'assumption', 'assumed']

const common: Values = { WT: adult, grow: growth, seed, t_in: shipped, t_qc: tested, t_out: booked }

const axiCel: Values = {
  ...common,
  culture: [7, 'found', 'within the 6 to 8 days of its process'],
  trans: transduction,
  order: [2e6, 'memory', 'prescribing information: target dose'],
  least: halfOrder,
}

const tisaCel: Values = {
  ...common,
  culture: [10, 'found', 'within the 8 to 12 days of its process'],
  t_slot: [12.7, 'derived', `42.7 days vein to vein in the United States less all other steps; ${review}`],
  trans: [
    0.174,
    'found',
    'median of 134 children in the United Kingdom (Blood Cancer J 2024, doi:10.1038/s41408-024-01038-2, Table 3)',
  ],
  order: [7.5e6, 'memory', 'prescribing information: at most 6e8 cells in adults'],
  least: [0.1, 'memory', 'prescribing information: at least 0.6e8 cells in adults'],
  bag: [1.61e7, 'fitted', 'chosen for a median dose of 2.8e6 transduced cells/kg in children in the United Kingdom'],
}

const children: Values = {
  ...tisaCel,
  WT: [35, 'assumption', 'typical child'],
  order: [5e6, 'memory', 'prescribing information: at most 5.0e6 cells/kg up to 50 kg'],
  least: [0.04, 'found', 'least dose infused, 0.2e6 cells/kg (J Immunother Cancer 2021;9:e002287, Table 1)'],
  t_far: farther,
}

/** Steps, release limits and doses of products; all that differs from the default process, with its trust. */
export const productPresets = {
  'axi-cel-us': { title: 'Axicabtagene ciloleucel, United States', values: axiCel },
  'axi-cel-europe': { title: 'Axicabtagene ciloleucel, Europe', values: { ...axiCel, t_far: farther } },
  'tisa-cel-us': { title: 'Tisagenlecleucel, United States', values: tisaCel },
  'tisa-cel-europe': { title: 'Tisagenlecleucel, Europe', values: { ...tisaCel, t_far: farther } },
  'tisa-cel-children': { title: 'Tisagenlecleucel in children, Europe', values: children },
  'liso-cel': {
    title: 'Lisocabtagene maraleucel, trials',
    values: {
      ...common,
      culture: [10, 'assumption', 'as tisagenlecleucel, for want of a figure'],
      t_slot: [5.9, 'derived', `35.9 days vein to vein less all other steps; ${review}`],
      trans: transduction,
      order: [1.375e6, 'memory', 'prescribing information: at most 110e6 cells'],
      least: [0.4545, 'memory', 'prescribing information: at least 50e6 cells'],
    },
  },
  't-charge': {
    title: 'Culture of less than two days (T-Charge), otherwise as axicabtagene ciloleucel in the United States',
    values: {
      ...axiCel,
      culture: [1.5, 'found', 'less than 2 days (Dickinson 2023, Cancer Discov 13:1982)'],
      order: [1.5625e5, 'found', '12.5e6 cells, ACR 2025 abstract 2696'],
    },
  },
} satisfies Readonly<Record<string, { readonly title: string; readonly values: Values }>>

export type ProductId = keyof typeof productPresets

/** Parameter values of a product. */
export function productParameters(id: ProductId): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries<Value>(productPresets[id].values).map(([name, [value]]) => [name, value]))
}

/**
 * A product as a scenario of a model that has `cart-manufacturing` as a part.
 *
 * @param prefix of the part in that model.
 * @param without names of the part that are connected there.
 */
export function productScenario(
  id: ProductId,
  regimen: Scenario['regimen'],
  prefix = '',
  without: readonly string[] = [],
): Scenario {
  const values = Object.entries<Value>(productPresets[id].values).filter(([name]) => !without.includes(name))
  return {
    id,
    title: productPresets[id].title,
    regimen,
    parameters: Object.fromEntries(values.map(([name, [value]]) => [`${prefix}${name}`, value])),
    notes: Object.fromEntries(values.map(([name, [, trust, source]]) => [`${prefix}${name}`, { trust, source }])),
  }
}
