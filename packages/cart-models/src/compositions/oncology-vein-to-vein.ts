import { composeLibraryModels } from '../library/compose-library-models.ts'
import { axiCelManufacturing } from '../manufacturing/axi-cel-manufacturing.ts'
import { productScenario } from '../manufacturing/product-presets.ts'
import { oncologyQsp } from '../oncology/oncology-qsp.ts'
import { oncologyRegimen } from '../oncology/oncology-regimens.ts'

const leukapheresis = (day: number) => ({ ...oncologyRegimen, milestones: [{ time: day, label: 'Leukapheresis' }] })

/**
 * The patient with lymphoma from leukapheresis on: the tumour grows while the product is made, the dose and the memory share
 * of the product come from its manufacture, and lymphodepletion is given if it was released. The default is axicabtagene ciloleucel in the United States.
 */
export const oncologyVeinToVein = composeLibraryModels({
  id: 'oncology-vein-to-vein',
  title: 'Lymphoma from leukapheresis to infusion and after',
  summary:
    'T cells are collected, transduced and expanded while the tumour grows; what is released and made of them is the dose. Products differ in steps, days and dose.',
  parts: [
    {
      model: oncologyQsp,
      connect: { dose: 'mfg_made', f_mem_prod: 'mfg_f_mem', LDon: 'mfg_released', grows: 'mfg_growing' },
    },
    { model: axiCelManufacturing, prefix: 'mfg_', connect: { WT: 'WT' } },
  ],
  start: axiCelManufacturing.start,
  regimen: leukapheresis(-27),
  scenarios: [
    productScenario('axi-cel-europe', leukapheresis(-36), 'mfg_', ['WT']),
    productScenario('tisa-cel-us', leukapheresis(-42.7), 'mfg_', ['WT']),
    productScenario('tisa-cel-europe', leukapheresis(-51.7), 'mfg_', ['WT']),
    productScenario('liso-cel', leukapheresis(-35.9), 'mfg_', ['WT']),
    productScenario('t-charge', leukapheresis(-21.5), 'mfg_', ['WT']),
    {
      id: 'bridging',
      title: 'Bridging that holds the tumour, with dexamethasone 20 mg for four days',
      regimen: {
        ...leukapheresis(-27),
        name: 'Dexamethasone, fludarabine and cyclophosphamide, CD19 CAR-T cells',
        doses: [
          { time: -20, cmt: 'DEX', amt: 20, ii: 1, addl: 3, label: 'Dexamethasone 20 mg (bridging)' },
          ...oncologyRegimen.doses,
        ],
      },
      parameters: { mfg_bridge: 1 },
      notes: { mfg_bridge: { trust: 'assumption', source: 'to show a tumour that does not grow while waiting' } },
    },
    {
      id: 'failed-product',
      title: 'A product that fails release: cells die three times as fast',
      regimen: leukapheresis(-27),
      parameters: { mfg_death: 0.27 },
      notes: { mfg_death: { trust: 'assumption', source: 'to show a failure' } },
    },
  ],
  panels: [
    ...oncologyQsp.panels,
    { title: 'Cells in culture', quantities: ['mfg_alive', 'mfg_cart', 'mfg_DEAD'], unit: 'cells', scale: 'log' },
  ],
  endpoints: [{ name: 'TUM_infusion', label: 'Tumour at infusion', unit: 'mL', quantity: 'TUM', kind: 'value', at: 0 }],
  limits: [
    'Products differ in how they are made and in dose; in the patient all are the product of oncology-qsp.',
    'A larger tumour makes CAR-T cells expand the more and is killed the deeper, where patients with large tumours do worse.',
    'The tumour has its baseline at leukapheresis and stands still before.',
    'Dexamethasone as bridging is gone before infusion; what bridging does to the tumour is an assumption.',
    'The run begins 60 days before infusion; more than that from leukapheresis to infusion is beyond it.',
    ...axiCelManufacturing.limits,
    ...oncologyQsp.limits,
  ],
  reference: oncologyQsp.reference,
  citation: 'cartkin, oncology-vein-to-vein, and the papers named with its parameters',
  targets: [],
})
