import { didYouMean } from './did-you-mean.ts'
import type { FitProblem, Tie } from './fit-problem.ts'

export interface ResolvedTie extends Tie {
  readonly name: string
  /** Place of the parameter it follows among the estimated. */
  readonly place: number
}

/**
 * The ties of a problem with the places of what they follow. Throws a RangeError for one that follows nothing estimated, has
 * no factor or would give a value that cannot be.
 *
 * @param places of the estimated parameters, by name
 * @param known names of the parameters of model and errors
 */
export function resolveTies(
  { ties = {}, estimated, subjects, errorParameters }: FitProblem,
  places: ReadonlyMap<string, number>,
  known: readonly string[],
  errorNames: ReadonlySet<string>,
): readonly ResolvedTie[] {
  return Object.entries(ties).map(([name, { parameter, factor }]) => {
    const what = `parameter ${name} is tied to ${parameter}`
    if (!known.includes(name))
      throw new RangeError(
        `${what}, but ${name} is neither a parameter of the model nor of an error${didYouMean(name, known)}`,
      )
    if (places.has(name)) throw new RangeError(`${what}, but is also to be estimated; leave out the one or the other`)
    if (Object.hasOwn(errorParameters, name)) throw new RangeError(`${what}, but also has a value; leave out one`)
    const place = places.get(parameter)
    if (place === undefined)
      throw new RangeError(
        Object.hasOwn(ties, parameter)
          ? `${what}, which is itself tied; tie ${name} to ${ties[parameter]?.parameter}, with the product of the factors`
          : `${what}, which is not estimated${didYouMean(parameter, places.keys())}`,
      )
    if (!(Number.isFinite(factor) && factor !== 0))
      throw new RangeError(`${what}: the factor must be a number other than 0, got ${factor}`)
    const lower = estimated[place]?.lower ?? NaN
    if (errorNames.has(name) && !(factor > 0 && lower >= 0))
      throw new RangeError(`${what}: an error parameter must not become negative, so factor and lower bound neither`)
    const own = subjects.find((subject) => Object.hasOwn(subject.parameters, name))
    if (own) throw new RangeError(`${what}, but subject ${own.id} brings its own value of it`)
    return { name, parameter, factor, place }
  })
}
