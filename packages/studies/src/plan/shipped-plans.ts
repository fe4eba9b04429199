import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { InputError } from '../files/input-error.ts'

/** Plans that come with the toolkit, by name. */
export const shippedPlans: readonly string[] = ['lupus', 'axi-cel']

/** The file of a plan given by the name of a shipped one or by its path. */
export function planPath(nameOrPath: string, folder: string): string {
  if (shippedPlans.includes(nameOrPath))
    return fileURLToPath(new URL(`../../plans/${nameOrPath}.yaml`, import.meta.url))
  const path = resolve(folder, nameOrPath)
  if (!existsSync(path))
    throw new InputError(nameOrPath, `there is no such plan file, and the plans by name are ${shippedPlans.join(', ')}`)
  return path
}
