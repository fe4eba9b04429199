import type { Model } from '@cartkin/model'

/** The model's parameter values with some replaced by name; throws a RangeError naming an unknown name and the nearest known one. */
export declare function parameterVector(model: Model, values?: Readonly<Record<string, number>>): Float64Array
