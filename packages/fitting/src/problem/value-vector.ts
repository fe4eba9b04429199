import { didYouMean } from './did-you-mean.ts'
import type { FitProblem } from './fit-problem.ts'

/** Values of the estimated parameters by name, start values where absent. Throws a RangeError for an unknown name. */
export function valueVector({ estimated }: FitProblem, values: Readonly<Record<string, number>>): Float64Array {
  const vector = Float64Array.from(estimated, ({ start }) => start)
  for (const [name, value] of Object.entries(values)) {
    const k = estimated.findIndex((parameter) => parameter.name === name)
    if (k < 0)
      throw new RangeError(
        `${name} is not estimated${didYouMean(
          name,
          estimated.map((parameter) => parameter.name),
        )}`,
      )
    vector[k] = value
  }
  return vector
}
