import type { Model } from '@cartkin/model'
import { nearestName } from '@cartkin/model'
import { MissingInputError, missingInputs } from '../covariates/missing-inputs.ts'

/**
 * The model's parameter values with some replaced by name. Throws a RangeError for a name the model does not have (with
 * the nearest it has), for a value that is not a finite number, and a MissingInputError for inputs that are given none.
 */
export function parameterVector(model: Model, values: Readonly<Record<string, number>> = {}): Float64Array {
  const vector = knownParameters(model, values)
  const missing = missingInputs(model, vector)
  if (missing.length > 0) throw new MissingInputError(missing)
  return vector
}

/** The same, but inputs that are given no value yet are NaN. */
export function knownParameters(model: Model, values: Readonly<Record<string, number>> = {}): Float64Array {
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
    if (kind !== 'covariate' && !Number.isFinite(vector[k]!))
      throw new RangeError(`${kind} ${name} must be a finite number, got ${vector[k]}`)
  })
  return vector
}
