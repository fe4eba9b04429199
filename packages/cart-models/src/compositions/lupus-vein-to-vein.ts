import { composeLibraryModels } from '../library/compose-library-models.ts'
import { lupusQsp } from '../lupus/lupus-qsp.ts'
import { lupusRegimen } from '../lupus/lupus-regimens.ts'
import { cartManufacturing } from '../manufacturing/cart-manufacturing.ts'
import { productScenario } from '../manufacturing/product-presets.ts'

const leukapheresis = (day: number) => ({ ...lupusRegimen, milestones: [{ time: day, label: 'Leukapheresis' }] })

const tCharge = productScenario('t-charge', leukapheresis(-21.5), 'mfg_', ['WT'])

/**
 * The patient with lupus from leukapheresis on: the dose and the memory share of the product come from its manufacture, and
 * lymphodepletion is given if it was released.
 */
export const lupusVeinToVein = composeLibraryModels({
  id: 'lupus-vein-to-vein',
  title: 'Lupus from leukapheresis to infusion and after',
  summary:
    'T cells of the patient are collected, transduced and expanded; what is released and made of them is the dose, and its memory share the memory share of the product.',
  parts: [
    { model: lupusQsp, connect: { dose: 'mfg_made', f_mem_prod: 'mfg_f_mem', LDon: 'mfg_released' } },
    { model: cartManufacturing, prefix: 'mfg_', connect: { WT: 'WT', cd4: 'TH0', cd8: 'T80' } },
  ],
  start: -45,
  regimen: leukapheresis(-25),
  scenarios: [
    { ...tCharge, parameters: { ...tCharge.parameters, mfg_order: 12.5e6 / 70 } },
    {
      id: 'failed-product',
      title: 'A product that fails release: cells die three times as fast',
      regimen: leukapheresis(-25),
      parameters: { mfg_death: 0.27 },
      notes: { mfg_death: { trust: 'assumption', source: 'to show a failure' } },
    },
  ],
  panels: [
    ...lupusQsp.panels,
    { title: 'Cells in culture', quantities: ['mfg_alive', 'mfg_cart', 'mfg_DEAD'], unit: 'cells', scale: 'log' },
  ],
  limits: [
    'Lupus stands still between leukapheresis and lymphodepletion: what is taken off before leukapheresis, and flares, are not in it.',
    'The run begins 45 days before infusion; more than that from leukapheresis to infusion is beyond it.',
    ...cartManufacturing.limits,
    ...lupusQsp.limits,
  ],
  reference: lupusQsp.reference,
  citation: 'cartkin, lupus-vein-to-vein, and the papers named with its parameters',
  targets: [],
})
