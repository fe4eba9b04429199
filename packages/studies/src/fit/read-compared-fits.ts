import { join } from 'node:path'
import { decodeText, parseManifest } from '@cartkin/tables'
import { z } from 'zod'
import { InputError } from '../files/input-error.ts'
import { readInput } from '../files/read-input.ts'
import type { FitToCompare } from './compare-fits.ts'

const none = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN)
const endpoint = z.custom<FitToCompare['endpoints'][number]>(
  (found) => typeof found === 'object' && found !== null && 'quantity' in found && 'error' in found,
)
const fitFile = z.object({
  model: z.string(),
  blq: z.enum(['M1', 'M2', 'M3', 'M4']).nullable().default(null),
  endpoints: z.array(endpoint),
  best: z.number(),
  fits: z.array(
    z.object({
      outcome: z.object({ status: z.string() }),
      objective: none,
      objectiveKind: z.enum(['weighted-sum-of-squares', 'minus-two-log-likelihood']),
      priorObjective: z.number().default(0),
      aic: none,
      bic: none,
      estimates: z.array(z.object({ name: z.string(), estimate: none, atBound: z.string().nullable() })),
      predictions: z.array(
        z.object({
          subject: z.string(),
          quantity: z.string(),
          time: z.number(),
          observed: z.number(),
          censored: z.string().nullable(),
        }),
      ),
    }),
  ),
})

/**
 * The fits of result folders as they are compared.
 *
 * @param folders where they are, with the names that messages and results give them.
 * @throws InputError for a folder without one fit of all subjects.
 */
export async function readComparedFits(
  folders: readonly { readonly path: string; readonly name: string }[],
): Promise<readonly FitToCompare[]> {
  const fits = []
  for (const { path, name } of folders) fits.push(await readFit(path, name))
  return fits
}

async function readFit(path: string, name: string): Promise<FitToCompare> {
  const manifestFile = join(name, 'manifest.json')
  const manifest = parseManifest(
    decodeText(await readInput(join(path, 'manifest.json'), manifestFile), manifestFile),
    manifestFile,
  )
  const file = join(name, 'fit.json')
  if (manifest.data === null || !manifest.files.some((entry) => entry.name === 'fit.json'))
    throw new InputError(name, 'holds no fit to data; folders that `cartkin fit --out` wrote are compared')
  const text = decodeText(await readInput(join(path, 'fit.json'), file), file)
  const parsed = fitFile.safeParse(parsedJson(text, file))
  const found = parsed.success ? parsed.data.fits[parsed.data.best] : undefined
  if (!parsed.success || found === undefined)
    throw new InputError(file, 'is not one fit of all subjects; fit the data anew with this version')
  const { model, blq, endpoints } = parsed.data
  const { outcome, ...fit } = found
  const data = `SHA-256 ${manifest.data.sha256.slice(0, 12)}…`
  return { ...fit, name, model, data, blq, endpoints, status: outcome.status }
}

function parsedJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new InputError(file, `is no JSON: ${error instanceof Error ? error.message : ''}`)
  }
}
