import { solverMethods } from '@cartkin/compute'
import type { EstimatedParameter, Prior, StartOptions, Tie } from '@cartkin/fitting'
import type { Model } from '@cartkin/model'
import type { EstimateLine } from '@cartkin/studies'
import { Misuse } from '../failure.ts'
import { toAssignment, toCount, toNumber, toOneOf, toPositive } from './convert.ts'
import { type OptionValues, optional, repeated } from './option.ts'

const scales = ['log', 'linear', 'logit', 'probit'] as const

/** How a fit searches, and what it knows beforehand. */
export const searchOptionTable = {
  method: optional(
    'NAME',
    `Solver, one of ${solverMethods.join(', ')} (auto); or nelder-mead, a search without derivatives`,
    toOneOf(...solverMethods, 'nelder-mead'),
  ),
  'multi-start': optional('N', 'Fit from N starts: the given one and others drawn about it', toCount(1, 10_000)),
  spread: optional(
    'FACTOR|bounds',
    'How far from the given start the others lie (10), or anywhere between the bounds (so for patients of library models)',
    (text): number | 'bounds' => (text === 'bounds' ? text : toSpread(text)),
  ),
  seed: optional('S', 'Seed of starts and bootstraps (1)', toCount(0)),
  scale: repeated('NAME=SCALE', `Scale on which a parameter is estimated: ${scales.join(', ')}`, toScale),
  tie: repeated('NAME=FACTOR*NAME', 'A parameter that is always a multiple of an estimated one: k2=0.5*k1', toTie),
  prior: repeated(
    'NAME=MEAN:SD',
    'Normal prior on the estimation scale, its mean in the unit of the parameter',
    toPrior,
  ),
}

type Given = OptionValues<typeof searchOptionTable>

/** What the options say of the step that fits. */
export function searchOfStep({
  method,
  'multi-start': starts,
  spread,
  seed,
  bootstrap,
}: Given & { readonly bootstrap: number | undefined }): {
  readonly search?: 'nelder-mead'
  readonly multiStart?: Omit<StartOptions, 'seed'>
} {
  if (starts === undefined && spread !== undefined)
    throw new Misuse('--spread belongs to --multi-start N, which is not given')
  if (starts === undefined && bootstrap === undefined && seed !== undefined)
    throw new Misuse('--seed belongs to --multi-start N or --bootstrap N, of which none is given')
  return {
    ...(method === 'nelder-mead' ? { search: method } : {}),
    ...(starts === undefined ? {} : { multiStart: { starts, ...(spread === undefined ? {} : { spread }) } }),
  }
}

/**
 * Estimates with the scales and priors that the options give them; those named here alone are estimated, too, beside those of
 * the text's ini block where no estimate is named otherwise.
 */
export function withScalesAndPriors(
  lines: readonly EstimateLine[],
  { scale, prior, tie }: Given,
  { parameters }: Model,
): readonly EstimateLine[] {
  if (scale.length + prior.length === 0) return lines
  const free = parameters.filter(({ name, kind, inIni, fixed }) => {
    return kind === 'parameter' && inIni && !fixed && !tie.some((one) => one.name === name)
  })
  const named: readonly EstimateLine[] = lines.length > 0 ? lines : free.map(({ name }) => ({ name }))
  const all = new Map(named.map((line) => [line.name, line]))
  for (const { name, ...part } of [...scale, ...prior]) all.set(name, { ...all.get(name), name, ...part })
  return [...all.values()]
}

/** Ties by name. */
export function tiesOf({ tie }: Given): { readonly ties?: Readonly<Record<string, Tie>> } {
  const twice = tie.find(({ name }, k) => tie.findIndex((other) => other.name === name) !== k)
  if (twice) throw new Misuse(`--tie names ${twice.name} twice`)
  if (tie.length === 0) return {}
  return { ties: Object.fromEntries(tie.map(({ name, ...one }) => [name, one])) }
}

function toSpread(text: string): number {
  const spread = toNumber(text)
  if (!(spread > 1)) throw new RangeError(`expected a factor above 1, or bounds, got ${text}`)
  return spread
}

function toScale(text: string): { readonly name: string; readonly scale: EstimatedParameter['scale'] } {
  const { name, text: scale } = toAssignment(text)
  return { name, scale: toOneOf(...scales)(scale) }
}

/** `k2=0.5*k1` or `k2=k1`. */
function toTie(text: string): Tie & { readonly name: string } {
  const { name, text: multiple } = toAssignment(text)
  const star = multiple.indexOf('*')
  const parameter = multiple.slice(star + 1).trim()
  if (parameter === '') throw new RangeError(`expected ${name}=FACTOR*NAME, such as ${name}=0.5*k1`)
  return { name, parameter, factor: star < 0 ? 1 : toNumber(multiple.slice(0, star).trim()) }
}

/** `k1=1.2:0.3`. */
function toPrior(text: string): { readonly name: string; readonly prior: Prior } {
  const { name, text: pair } = toAssignment(text)
  const [mean, sd, ...rest] = pair.split(':')
  if (mean === undefined || sd === undefined || rest.length > 0)
    throw new RangeError(`expected ${name}=MEAN:SD, the SD on the estimation scale (0.3 on the log scale: about 30 %)`)
  return { name, prior: { mean: toNumber(mean), sd: toPositive(sd) } }
}
