import { formula } from '../library/formula.ts'
import type { LibraryModel } from '../library/library-model.ts'
import { cartManufacturingParameters } from './cart-manufacturing-parameters.ts'
import { cartManufacturingText } from './cart-manufacturing-text.ts'
import { type ProductId, productPresets, productScenario } from './product-presets.ts'

/** Standard deviation on the log scale of a log-normal quantity with these quartiles. */
const spread = formula('log(upper/lower)/1.3489795003921634')

const regimen = { name: 'Leukapheresis and manufacture (contained in the starting values)', doses: [] }
const children =
  'children in the United Kingdom, n = 134 (Blood Cancer J 2024, doi:10.1038/s41408-024-01038-2, Table 3)'

const products = Object.keys(productPresets).filter((id): id is ProductId => Object.hasOwn(productPresets, id))

/**
 * Making CAR-T cells for one patient: T cells collected by leukapheresis, selected, activated and transduced, expanded with
 * birth and death, released or not, frozen and thawed. `made` is the dose as a function of the parameters alone.
 */
export const cartManufacturing: LibraryModel = {
  id: 'cart-manufacturing',
  title: 'Making CAR-T cells',
  summary:
    'From leukapheresis to the bag: selection, activation and transduction, expansion with death and differentiation, release or failure, and the days that all this takes.',
  text: cartManufacturingText,
  reference: 'The equations are our own; values from the papers named with each parameter',
  citation: 'cartkin, cart-manufacturing, and the papers named with its parameters',
  limits: [
    'Division and death are constant during culture; cells do not get in one another’s way, and nothing but the time ends the culture.',
    'Division, death and the composition of collected T cells are chosen for the composition of one published product and for one mean expansion; no course of a culture was found.',
    'A product fails for its viability, its transduction or its dose. Sterility, purity and lost bags are not in it.',
    'The limits of release are those of one product for all; in virtual patients failures are nearly all of viability, where the clinic sees poor growth as often.',
    'Patients who are not infused leave at one rate, whatever their disease does.',
    'Leukapheresis takes nothing away from the T cells of the patient.',
  ],
  start: -60,
  horizon: 1,
  regimen,
  scenarios: [
    ...products.map((id) => productScenario(id, regimen)),
    {
      id: 'poor-viability',
      title: 'A product that fails release: cells die three times as fast',
      regimen,
      parameters: { death: 0.27 },
      notes: { death: { trust: 'assumption', source: 'to show a failure' } },
    },
    {
      id: 'few-cells',
      title: 'A tenth of the T cells in blood',
      regimen,
      parameters: { cd4: 20.6, cd8: 35.3 },
      notes: {
        cd4: { trust: 'assumption', source: 'to show scarce cells' },
        cd8: { trust: 'assumption', source: 'to show scarce cells' },
      },
    },
  ],
  parameters: cartManufacturingParameters,
  panels: [
    { title: 'Cells', quantities: ['alive', 'cart', 'DEAD'], unit: 'cells', scale: 'log' },
    { title: 'Viability', quantities: ['viability'], unit: '1', scale: 'linear' },
    { title: 'Composition of the CAR-T cells', quantities: ['f_cd4', 'f_naive', 'f_cm'], unit: '1', scale: 'linear' },
    { title: 'Dose at hand', quantities: ['ready'], unit: 'cells/kg', scale: 'linear' },
  ],
  endpoints: [
    { name: 'Made', label: 'Dose made', unit: 'cells/kg', quantity: 'made', kind: 'value', at: 0 },
    { name: 'Released', label: 'Product released', unit: '1', quantity: 'released', kind: 'value', at: 0 },
    { name: 'Viability_harvest', label: 'Viability at harvest', unit: '1', quantity: 'viable', kind: 'value', at: 0 },
    { name: 'Fold', label: 'Cells per cell put in culture', unit: '1', quantity: 'fold', kind: 'value', at: 0 },
    { name: 'Collected', label: 'T cells collected', unit: 'cells', quantity: 'CD3', kind: 'value', at: 0 },
    { name: 'CD4_share', label: 'CD4 share of the CAR-T cells', unit: '1', quantity: 'f_cd4', kind: 'value', at: 0 },
    {
      name: 'Naive_share',
      label: 'Naive share of the CAR-T cells',
      unit: '1',
      quantity: 'f_naive',
      kind: 'value',
      at: 0,
    },
    { name: 'Vein_to_vein', label: 'Vein-to-vein time', unit: 'day', quantity: 'v2v', kind: 'value', at: 0 },
    { name: 'Infused', label: 'Probability of being infused', unit: '1', quantity: 'infused', kind: 'value', at: 0 },
  ],
  observations: [
    {
      quantity: 'CD3',
      time: 0,
      value: 2.6e9,
      lower: 1.2e9,
      upper: 4.1e9,
      range: 'quartiles',
      label: 'T cells collected',
      source: children,
      trust: 'found',
    },
    {
      quantity: 'f_cd4',
      time: 0,
      value: 0.759,
      label: 'CD4 share of a product for lupus',
      source: 'Park 2025, Clin Transl Sci 18:e70146',
      trust: 'found',
    },
  ],
  // Quartiles of T cells collected, 1.2 to 4.1e9, and of transduction, 12 to 23.1 %, as those of log-normal laws.
  population: {
    factors: [{ name: 'T-cell count', sd: spread({ lower: 1.2e9, upper: 4.1e9 }) }],
    parameters: [
      { parameter: 'cd4', sd: 0, factors: { 'T-cell count': 1 } },
      { parameter: 'cd8', sd: 0, factors: { 'T-cell count': 1 } },
      { parameter: 'trans', sd: spread({ lower: 0.12, upper: 0.231 }), limits: [0, 0.95] },
      { parameter: 'grow', sd: 0.09 },
      { parameter: 'death', sd: 0.51 },
    ],
    ties: {},
  },
  populationNote: {
    trust: 'fitted',
    source: `T-cell count and transduction: quartiles of ${children}; growth: chosen for 20- to 100-fold expansion in most products, from memory; death: chosen for their 95.5 % of satisfactory manufacture`,
  },
  targets: Array.from({ length: 19 }, (_, i) => `E${String(i + 1).padStart(2, '0')}`),
}
