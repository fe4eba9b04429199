import type { FitResult } from './fit-result.ts'
import type { EstimatedParameter, FitProblem } from './problem/fit-problem.ts'
import { type Waterfall, waterfall } from './search/waterfall.ts'

/** The fits of several starts, and how they stand to each other: `order` has the places of `fits` from best to worst. */
export interface MultiStartResult extends Waterfall {
  /** One per start, in the order of the starts. */
  readonly fits: readonly FitResult[]
  /** The first of `order`. */
  readonly best: FitResult
}

/**
 * Fits a problem from several starts, such as those of `startPoints`. Results have the same bits whatever runs them and in
 * whichever order: every start is a fit of its own.
 *
 * @param problem whose starts are replaced; what else it is, only `run` needs to know.
 * @param points values of the estimated parameters to start from, one at least.
 * @param run fits the problem from one start: `(started) => fit(started)` here, or elsewhere as a job.
 */
export async function multiStart<P extends Pick<FitProblem, 'estimated'>>(
  problem: P,
  points: readonly Float64Array[],
  run: (started: P, place: number) => Promise<FitResult>,
): Promise<MultiStartResult> {
  const fits = await Promise.all(
    points.map((point, place) => run({ ...problem, estimated: startedAt(problem.estimated, point) }, place)),
  )
  const falls = waterfall(fits)
  const best = fits[falls.order[0] ?? -1]
  if (best === undefined) throw new RangeError('there is no start; give one at least')
  return { ...falls, fits, best }
}

/** The estimated parameters with other starts. */
export function startedAt(
  estimated: readonly EstimatedParameter[],
  point: Float64Array,
): readonly EstimatedParameter[] {
  return estimated.map((parameter, j) => ({ ...parameter, start: point[j]! }))
}
