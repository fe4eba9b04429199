import type { Regimen } from '@cartkin/simulation'
import { decodeText } from '@cartkin/tables'
import { readInput } from './read-input.ts'
import { readYaml } from './read-yaml.ts'
import { regimenSchema } from './regimen-schema.ts'

/** Reads a regimen file (YAML or JSON); throws an InputError with its place for anything else. */
export async function readRegimen(path: string, shown = path): Promise<Regimen> {
  return readYaml(regimenSchema, decodeText(await readInput(path, shown), shown), shown)
}
