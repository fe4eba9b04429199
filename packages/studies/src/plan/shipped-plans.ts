import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { InputError } from '../files/input-error.ts'

const toolkitPlans: readonly string[] = ['lupus', 'axi-cel']
/** Questions that the models of the library are asked; beside the models. */
const libraryPlans: readonly string[] = [
  'dose-tenth',
  'tocilizumab-at-fever',
  'b-cell-return',
  'no-lymphodepletion',
  'rituximab',
  'relapse',
  'product-levers',
  'crs-rules',
  'vein-to-vein',
  'fludarabine-auc',
  'rituximab-vs-cart',
  'infection-year-one',
  'bcma-compound',
  'allogeneic',
]

/** Plans that come with the toolkit, by name. */
export const shippedPlans: readonly string[] = [...toolkitPlans, ...libraryPlans]

/** The file of a plan given by the name of a shipped one or by its path. */
export function planPath(nameOrPath: string, folder: string): string {
  if (libraryPlans.includes(nameOrPath))
    return fileURLToPath(import.meta.resolve(`@cartkin/cart-models/studies/${nameOrPath}.yaml`))
  if (toolkitPlans.includes(nameOrPath))
    return fileURLToPath(new URL(`../../plans/${nameOrPath}.yaml`, import.meta.url))
  const path = resolve(folder, nameOrPath)
  if (!existsSync(path))
    throw new InputError(nameOrPath, `there is no such plan file, and the plans by name are ${shippedPlans.join(', ')}`)
  return path
}
