import type { LibraryModel } from '../library/library-model.ts'
import { cartManufacturing } from './cart-manufacturing.ts'
import { type ProductId, productScenario } from './product-presets.ts'

/** `cart-manufacturing` with the values of a product in its text, to be a part of a whole. */
export function manufacturingOf(id: ProductId): LibraryModel {
  const { parameters, notes = {} } = productScenario(id, cartManufacturing.regimen)
  const text = Object.entries(parameters).reduce((lines, [name, value]) => {
    const line = new RegExp(`^(${name} *= *)\\S+`, 'm')
    if (!line.test(lines)) throw new Error(`cart-manufacturing has no parameter ${name}`)
    return lines.replace(line, `$1${value}`)
  }, cartManufacturing.text)
  const noted = Object.entries(cartManufacturing.parameters).map(([name, note]) => [name, { ...note, ...notes[name] }])
  return { ...cartManufacturing, text, parameters: Object.fromEntries(noted) }
}
