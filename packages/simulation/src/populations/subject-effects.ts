import type { Model } from '@cartkin/model'
import type { CovariateInTime } from '../covariates/covariate-in-time.ts'
import { sampleRandomEffects } from './sample-random-effects.ts'

/** The occasions of a subject by one variable, such as `occ` of `eta ~ 0.1 | occ`. */
export interface Occasions {
  readonly level: string
  /** Times from which an occasion lasts, ascending, and its number, a whole number from 0; one may come again. */
  readonly times: readonly number[]
  readonly values: readonly number[]
}

/** What is drawn for a subject. */
export interface SubjectEffects {
  /** All parameters, with the random effects of the first occasions. */
  readonly parameters: Float64Array
  /** The effects that differ between occasions. */
  readonly covariates: readonly CovariateInTime[]
}

/**
 * Draws the random effects of a subject, those of occasions for each of them: a pure function of the seed, the index of the
 * subject and the number of the occasion. A level without occasions has one, its first. Throws a RangeError for an occasion
 * that is no whole number.
 *
 * @param kept names of effects that have values already.
 */
export function subjectEffects(
  model: Model,
  typical: Float64Array,
  key: { readonly seed: number; readonly index: number },
  occasions: readonly Occasions[],
  kept: ReadonlySet<string> = new Set(),
): SubjectEffects {
  for (const { level, values } of occasions) {
    const bad = values.find((value) => !(Number.isSafeInteger(value) && value >= 0))
    if (bad !== undefined)
      throw new RangeError(`occasions are numbered by whole numbers from 0, but ${level} is ${bad}`)
  }
  const drawn = (at: (entry: Occasions) => number) =>
    sampleRandomEffects(model, typical, key, (level) => {
      const own = occasions.find((entry) => entry.level === level)
      return own === undefined ? 1 : at(own)
    })
  const index = new Map(model.parameters.map(({ name }, k) => [name, k]))
  const parameters = drawn(({ values }) => values[0] ?? 1)
  for (const name of kept) {
    const k = index.get(name)
    if (k !== undefined) parameters[k] = typical[k]!
  }
  const covariates = occasions.flatMap(({ level, times, values }) => {
    if (new Set(values).size < 2) return []
    const effects = values.map((occasion) =>
      drawn((entry) => (entry.level === level ? occasion : (entry.values[0] ?? 1))),
    )
    const names = model.omega.flatMap((block) => (block.level === level ? block.names : []))
    return names
      .filter((name) => !kept.has(name))
      .map((name): CovariateInTime => {
        const k = index.get(name) ?? -1
        return { name, times, values: effects.map((values) => values[k]!), interpolation: 'locf' }
      })
  })
  return { parameters, covariates }
}
