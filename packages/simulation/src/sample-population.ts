import type { Model } from '@cartkin/model'
import type { VirtualPopulation } from './population.ts'

/**
 * Parameter values of subject `index` (0-based) of a virtual population: a pure function of its arguments, so a subject's
 * values do not depend on how many others are drawn or where.
 */
export declare function samplePopulation(
  model: Model,
  population: VirtualPopulation,
  typical: Float64Array,
  key: { readonly seed: number; readonly index: number },
): Float64Array
