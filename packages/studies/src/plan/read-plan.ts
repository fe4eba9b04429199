import { decodeText } from '@cartkin/tables'
import { readInput } from '../files/read-input.ts'
import { readYaml } from '../files/read-yaml.ts'
import type { Plan } from './plan.ts'
import { planSchema } from './plan-schema.ts'

/** Reads a plan file (YAML or JSON); throws an InputError with line and column, the value and what was expected. */
export async function readPlan(path: string): Promise<Plan> {
  return parsePlan(decodeText(await readInput(path), path), path)
}

/** Reads the text of a plan; `file` is named in messages. */
export function parsePlan(text: string, file: string): Plan {
  return readYaml(planSchema, text, file)
}
