import type { Model } from '@cartkin/model'
import type { Regimen } from '@cartkin/simulation'
import { decodeText } from '@cartkin/tables'
import { readInput } from '../files/read-input.ts'
import { readYaml } from '../files/read-yaml.ts'
import { regimenSchemaFor } from './regimen-schema.ts'

/** Reads a regimen file (YAML or JSON) for a model (null: for any); throws an InputError with its place for anything else. */
export async function readRegimen(path: string, shown: string, model: Model | null): Promise<Regimen> {
  return readYaml(regimenSchemaFor(model), decodeText(await readInput(path, shown), shown), shown)
}
