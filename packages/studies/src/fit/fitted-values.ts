import { join } from 'node:path'
import type { Model } from '@cartkin/model'
import { decodeText } from '@cartkin/tables'
import { z } from 'zod'
import { InputError } from '../files/input-error.ts'
import { readInput } from '../files/read-input.ts'

const estimates = z.array(z.object({ name: z.string(), estimate: z.number() }))
const fitFile = z.object({
  best: z.number(),
  held: z.array(z.object({ name: z.string(), value: z.number() })).default([]),
  fits: z.array(z.object({ estimates, tied: estimates.default([]) })),
})

/**
 * The estimates of a fit's result folder that are parameters of a model, with those tied to them and those held by steering.
 *
 * @param name of the folder in messages.
 * @throws InputError for a folder without a fit of all subjects, and where none of its estimates is a parameter of the model.
 */
export async function fittedValues(
  folder: string,
  name: string,
  model: Model,
): Promise<Readonly<Record<string, number>>> {
  const file = join(name, 'fit.json')
  const text = decodeText(await readInput(join(folder, 'fit.json'), file), file)
  const parsed = fitFile.safeParse(readJson(text))
  const found = parsed.success ? parsed.data.fits[parsed.data.best] : undefined
  if (found === undefined) throw new InputError(file, 'is not one fit of all subjects that ended with estimates')
  const known = new Set(model.parameters.map((parameter) => parameter.name))
  const held = parsed.data?.held ?? []
  const all = [...held.map(({ name, value }) => ({ name, estimate: value })), ...found.estimates, ...found.tied]
  const own = all.filter((estimate) => known.has(estimate.name))
  if (own.length === 0)
    throw new InputError(
      file,
      `estimates ${found.estimates.map((estimate) => estimate.name).join(', ')}, none of which is a parameter of this model`,
    )
  return Object.fromEntries(own.map((estimate) => [estimate.name, estimate.estimate]))
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
