import type { Model } from '@cartkin/model'
import { nearestName } from '@cartkin/model'

/**
 * The model's parameter values with some replaced by name. Throws a RangeError for a name the model does not have (with
 * the nearest it has), for a value that is not a finite number, and for a covariate that is given none.
 */
export function parameterVector(model: Model, values: Readonly<Record<string, number>> = {}): Float64Array {
  const vector = Float64Array.from(model.parameters, ({ value }) => value)
  const index = new Map(model.parameters.map(({ name }, k) => [name, k]))
  for (const [name, value] of Object.entries(values)) {
    const k = index.get(name)
    if (k === undefined) {
      const nearest = nearestName(name, index.keys())
      throw new RangeError(`no parameter ${name}${nearest === undefined ? '' : `; did you mean ${nearest}?`}`)
    }
    if (!Number.isFinite(value)) throw new RangeError(`parameter ${name} must be a finite number, got ${value}`)
    vector[k] = value
  }
  model.parameters.forEach(({ name, kind }, k) => {
    if (!Number.isFinite(vector[k]!))
      throw new RangeError(`${kind} ${name} has no value; give it one in the data or by name`)
  })
  return vector
}
