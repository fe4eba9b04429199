import type { PlausibilityFilter } from '@cartkin/simulation'
import { decodeText } from '@cartkin/tables'
import { z } from 'zod'
import { readInput } from '../files/read-input.ts'
import { readYaml } from '../files/read-yaml.ts'
import { filtersSchema } from './filter-schema.ts'

/** Reads a file of plausibility filters (`filters:`, YAML or JSON); throws an InputError with its place for anything else. */
export async function readFilters(path: string, shown: string): Promise<readonly PlausibilityFilter[]> {
  const document = z.strictObject({ filters: filtersSchema })
  return readYaml(document, decodeText(await readInput(path, shown), shown), shown).filters
}
