import { join } from 'node:path'
import { likelihoodRatio } from '@cartkin/fitting'
import { decodeText, parseManifest } from '@cartkin/tables'
import { z } from 'zod'
import { InputError } from '../files/input-error.ts'
import { readInput } from '../files/read-input.ts'

/** A fit of a result folder, as far as it is compared. */
export interface FitStanding {
  /** Folder, as it was named. */
  readonly folder: string
  readonly model: string
  readonly converged: boolean
  readonly observations: number
  readonly estimated: readonly string[]
  /** Of the observations alone, all constants included. */
  readonly minusTwoLogLikelihood: number
  readonly aic: number
  readonly bic: number
  /** Above the least of those compared. */
  readonly deltaAic: number
  readonly deltaBic: number
}

/** A likelihood ratio test of two of the fits, or why there is none. */
export interface FitTest {
  readonly smaller: string
  readonly larger: string
  readonly degreesOfFreedom: number
  /** NaN where the two are not tested. */
  readonly statistic: number
  readonly p: number
  /** In words: what the larger estimates in addition, or why there is no test; doubts about it. */
  readonly message: string
}

export interface FitComparison {
  readonly fits: readonly FitStanding[]
  readonly tests: readonly FitTest[]
}

const none = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN)
const fitFile = z.object({
  model: z.string(),
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

interface ReadFit extends Omit<FitStanding, 'deltaAic' | 'deltaBic'> {
  readonly data: string
  readonly hasPriors: boolean
  readonly atBound: readonly string[]
  readonly kind: string
  readonly observed: z.infer<typeof fitFile>['fits'][number]['predictions']
}

/**
 * Compares the fits of result folders: AIC and BIC of all, likelihood ratio tests of every two of which the one lies within the
 * other by its estimated parameters.
 *
 * @param folders where they are, with the names that messages and results give them.
 * @throws InputError for a folder without a fit, and for fits of different data or of different observations of the same file.
 */
export async function compareFits(
  folders: readonly { readonly path: string; readonly name: string }[],
): Promise<FitComparison> {
  const read = []
  for (const { path, name } of folders) read.push(await readFit(path, name))
  const [first] = read
  for (const fit of read) if (first !== undefined && fit !== first) checkSameData(first, fit)
  const least = (values: readonly number[]) => Math.min(...values.filter(Number.isFinite))
  const aic = least(read.map((fit) => fit.aic))
  const bic = least(read.map((fit) => fit.bic))
  const fits = read.map(({ folder, model, converged, observations, estimated, minusTwoLogLikelihood, ...fit }) => ({
    folder,
    model,
    converged,
    observations,
    estimated,
    minusTwoLogLikelihood,
    aic: fit.aic,
    bic: fit.bic,
    deltaAic: fit.aic - aic,
    deltaBic: fit.bic - bic,
  }))
  const bySize = read.toSorted((a, b) => a.estimated.length - b.estimated.length)
  const tests = bySize.flatMap((smaller, k) => bySize.slice(k + 1).map((larger) => testOf(smaller, larger)))
  return { fits, tests }
}

async function readFit(path: string, name: string): Promise<ReadFit> {
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
  const { objective, objectiveKind, priorObjective, aic, bic, estimates, predictions } = found
  const given = objectiveKind === 'weighted-sum-of-squares'
  return {
    folder: name,
    model: parsed.data.model,
    data: manifest.data.sha256,
    converged: found.outcome.status === 'converged',
    observations: predictions.length,
    observed: predictions,
    estimated: estimates.map((estimate) => estimate.name),
    atBound: estimates.flatMap((estimate) => (estimate.atBound === null ? [] : [estimate.name])),
    hasPriors: priorObjective > 0,
    kind: objectiveKind,
    // the common scale of given errors is a parameter, too, unless priors speak on it
    minusTwoLogLikelihood: given
      ? aic - 2 * (estimates.length + (priorObjective > 0 ? 0 : 1))
      : objective - priorObjective,
    aic,
    bic,
  }
}

function parsedJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new InputError(file, `is no JSON: ${error instanceof Error ? error.message : ''}`)
  }
}

function checkSameData(a: ReadFit, b: ReadFit): void {
  if (a.data !== b.data)
    throw new InputError(
      b.folder,
      `was fitted to other data than ${a.folder} (SHA-256 ${b.data.slice(0, 12)}… and ${a.data.slice(0, 12)}…); likelihoods compare only fits of the same data`,
    )
  const differs = (k: number) => {
    const [p, q] = [a.observed[k], b.observed[k]]
    return (
      p?.subject !== q?.subject || p?.time !== q?.time || p?.observed !== q?.observed || p?.censored !== q?.censored
    )
  }
  const different = a.observed.findIndex((_, k) => differs(k))
  if (a.observed.length === b.observed.length && different < 0) return
  const where =
    a.observed.length === b.observed.length
      ? `observation ${different + 1} is not the same`
      : `${a.observed.length} and ${b.observed.length} observations`
  throw new InputError(
    b.folder,
    `was fitted to other observations of the same file than ${a.folder} (${where}); fit both with the same --lloq, --ignore and --column`,
  )
}

function testOf(smaller: ReadFit, larger: ReadFit): FitTest {
  const pair = { smaller: smaller.folder, larger: larger.folder }
  const untested = (message: string) => ({
    ...pair,
    degreesOfFreedom: Math.max(0, larger.estimated.length - smaller.estimated.length),
    statistic: Number.NaN,
    p: Number.NaN,
    message,
  })
  if (smaller.kind !== larger.kind)
    return untested('one takes the errors as given, the other estimates them; compare by AIC or BIC')
  if (smaller.hasPriors || larger.hasPriors)
    return untested('a fit with priors is not at the highest likelihood, which the test needs; compare by AIC or BIC')
  const ratio = likelihoodRatio(smaller, larger)
  if (ratio.status === 'not-nested') return untested(ratio.message)
  const { added, statistic, degreesOfFreedom, p } = ratio
  const bounded = added.filter((name) => larger.atBound.includes(name))
  const doubts = [
    ...(statistic < 0 ? ['the larger fits worse, so it is not at its optimum: start it elsewhere'] : []),
    ...(smaller.converged && larger.converged ? [] : ['a fit did not converge']),
    ...(bounded.length > 0 ? [`${bounded.join(', ')} at a bound: p is too large`] : []),
    ...(smaller.model === larger.model
      ? []
      : ['the texts differ: that the one is a special case of the other is for you to know']),
  ]
  return { ...pair, degreesOfFreedom, statistic, p, message: [`adds ${added.join(', ')}`, ...doubts].join('; ') }
}
