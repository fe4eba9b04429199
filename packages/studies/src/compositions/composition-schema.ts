import { z } from 'zod'

const name = z.string().min(1)
const expression = z.union([z.string().min(1), z.number().transform(String)], {
  error: 'expected an expression in names of the whole, such as toc_occ',
})

/** A part of a composition file. */
export interface WrittenPart {
  /** Absent: `model`. */
  readonly id?: string
  /** Library id, or a file of model text or composition beside this one. */
  readonly model: string
  readonly prefix?: string
  readonly rename?: Readonly<Record<string, string>>
  readonly connect?: Readonly<Record<string, string>>
  readonly drop?: readonly string[]
}

/** A composition as a file writes it. */
export interface WrittenComposition {
  readonly name: string
  readonly parts: readonly WrittenPart[]
}

const partSchema: z.ZodType<WrittenPart> = z.strictObject({
  id: name.exactOptional(),
  model: name,
  prefix: z.string().exactOptional(),
  rename: z.record(z.string(), name).exactOptional(),
  connect: z.record(z.string(), expression).exactOptional(),
  drop: z.array(name).exactOptional(),
})

/** `name` and `parts`, each with `model` and, as needed, `id`, `prefix`, `rename`, `connect` and `drop`. */
export const compositionSchema: z.ZodType<WrittenComposition> = z.strictObject({
  name,
  parts: z.array(partSchema).min(1),
})
