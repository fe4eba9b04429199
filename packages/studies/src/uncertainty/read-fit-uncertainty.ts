import { resolve } from 'node:path'
import type { Endpoint, EstimatedWithCovariance } from '@cartkin/fitting'
import { decodeText } from '@cartkin/tables'
import { z } from 'zod'
import { InputError } from '../files/input-error.ts'
import { readInput } from '../files/read-input.ts'

/** A fit as its result folder keeps it. */
export interface KeptFit extends EstimatedWithCovariance {
  /** Library id or file of the model. */
  readonly model: string
  readonly endpoints: readonly Endpoint[]
  /** Parameters of residual errors that were not estimated. */
  readonly errorParameters: Readonly<Record<string, number>>
  /** Parameters that steering held. */
  readonly held: readonly { readonly name: string; readonly value: number }[]
  /** Multiples of estimated parameters. */
  readonly tied: readonly { readonly name: string; readonly parameter: string; readonly factor: number }[]
}

/** JSON has no numbers beyond the finite ones: null stands for them. */
const missing = (value: number) =>
  z
    .number()
    .nullable()
    .transform((found) => found ?? value)

const shape = z.object({
  model: z.string(),
  best: z.int().min(0),
  estimated: z.array(
    z.object({
      name: z.string(),
      scale: z.enum(['log', 'linear', 'logit', 'probit']),
      lower: missing(Number.NEGATIVE_INFINITY),
      upper: missing(Number.POSITIVE_INFINITY),
    }),
  ),
  endpoints: z.array(z.custom<Endpoint>((found) => typeof found === 'object' && found !== null && 'quantity' in found)),
  errorParameters: z.record(z.string(), z.number()).default({}),
  held: z.array(z.object({ name: z.string(), value: z.number() })).default([]),
  fits: z
    .array(
      z.object({
        estimates: z.array(z.object({ name: z.string(), estimate: z.number() })),
        tied: z.array(z.object({ name: z.string(), parameter: z.string(), factor: z.number() })).default([]),
        covariance: z.array(missing(Number.NaN)),
      }),
    )
    .min(1),
})

/** Reads the best fit of a result folder of `fit`. Throws an InputError where it holds none. */
export async function readFitUncertainty(folder: string, given: string): Promise<KeptFit> {
  const file = `${given}/fit.json`
  const bytes = await readInput(resolve(folder, given, 'fit.json'), file)
  const refused = (why: string) =>
    new InputError(file, `${why}; give the result folder of a fit of this version of cartkin`)
  const text = decodeText(bytes, file)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw refused('is not JSON')
  }
  const parsed = shape.safeParse(json)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw refused(`does not keep a fit: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`)
  }
  const { model, best, estimated, endpoints, errorParameters, held, fits } = parsed.data
  const found = fits[best]
  if (found === undefined) throw refused(`says that fit ${best + 1} is the best, and has ${fits.length}`)
  return {
    model,
    estimated,
    endpoints,
    errorParameters,
    held,
    estimates: found.estimates,
    tied: found.tied,
    covariance: Float64Array.from(found.covariance),
  }
}
