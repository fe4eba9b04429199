import type { LibraryModel } from '../library/library-model.ts'
import { cartManufacturing } from './cart-manufacturing.ts'
import { productScenario } from './product-presets.ts'

const { regimen } = cartManufacturing
const { parameters, notes = {} } = productScenario('axi-cel-us', regimen)

/** `cart-manufacturing` with the values of axicabtagene ciloleucel in the United States. */
export const axiCelManufacturing: LibraryModel = {
  ...cartManufacturing,
  id: 'axi-cel-manufacturing',
  title: 'Making axicabtagene ciloleucel',
  summary:
    'From leukapheresis to the bag with the days, the culture, the order and the weight of axicabtagene ciloleucel in the United States.',
  text: Object.entries(parameters).reduce(withValue, cartManufacturing.text),
  parameters: Object.fromEntries(
    Object.entries(cartManufacturing.parameters).map(([name, note]) => [name, { ...note, ...notes[name] }]),
  ),
  scenarios: [],
  citation: 'cartkin, axi-cel-manufacturing, and the papers named with its parameters',
  targets: [],
}

function withValue(text: string, [name, value]: readonly [string, number]): string {
  const line = new RegExp(`^(${name} *= *)\\S+`, 'm')
  if (!line.test(text)) throw new Error(`cart-manufacturing has no parameter ${name}`)
  return text.replace(line, `$1${value}`)
}
