import { z } from 'zod'
import { regimenSchema } from './regimen-schema.ts'

/** The form of a regimen file as JSON Schema (draft 2020-12), for editors that complete and check while one writes. */
export function regimenJsonSchema(): object {
  return z.toJSONSchema(regimenSchema, { io: 'input' })
}
