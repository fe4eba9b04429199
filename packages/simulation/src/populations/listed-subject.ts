import type { Model } from '@cartkin/model'
import type { ListedPopulation } from './population.ts'

/** Parameter values of the subject in row `row` (0-based) of a list. Parameters that are not listed keep `typical`. */
export function listedSubject(
  model: Model,
  { listed, values }: ListedPopulation,
  typical: Float64Array,
  row: number,
): Float64Array {
  const own = typical.slice()
  listed.forEach((name, k) => {
    const target = model.parameters.findIndex((parameter) => parameter.name === name)
    const value = values[row * listed.length + k]
    if (target < 0) throw new RangeError(`the list of subjects gives ${name}, which the model does not have`)
    if (!(value !== undefined && Number.isFinite(value)))
      throw new RangeError(`${name} of listed subject ${row} must be a finite number, got ${value}`)
    own[target] = value
  })
  return own
}
