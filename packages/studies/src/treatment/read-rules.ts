import type { Model } from '@cartkin/model'
import type { DecisionRule } from '@cartkin/simulation'
import { decodeText } from '@cartkin/tables'
import { readInput } from '../files/read-input.ts'
import { readYaml } from '../files/read-yaml.ts'
import { rulesSchemaFor } from './rule-schema.ts'

/** Reads a file of rules (YAML or JSON) for a model; throws an InputError with its place for anything else. */
export async function readRules(path: string, shown: string, model: Model): Promise<readonly DecisionRule[]> {
  return readYaml(rulesSchemaFor(model), decodeText(await readInput(path, shown), shown), shown)
}
