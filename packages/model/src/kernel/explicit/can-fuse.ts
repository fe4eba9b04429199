import type { Tableau } from 'ode-ts'
import type { ModelRoots } from '../../tape/model-roots.ts'

/** Operations of a step in straight-line code at most; longer code runs slower than that of one stage called for each. */
const mostOperations = 1000

/**
 * Whether the step of a method on a model is written best as one piece of straight-line code: the values of a small
 * model stay in registers from stage to stage, and nothing is called.
 */
export function canFuse({ derivativeSize, dimension: n }: ModelRoots, { a }: Tableau): boolean {
  const terms = a.flat().filter((weight) => weight !== 0).length
  return derivativeSize - 1 < (mostOperations - 2 * n * terms) / a.length
}
