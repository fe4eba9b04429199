import { type FitOptions, fit } from './fit.ts'
import type { FitResult } from './fit-result.ts'
import type { EstimatedParameter, FitProblem } from './problem/fit-problem.ts'
import { type StartOptions, startPoints } from './search/start-points.ts'
import { type StartGroup, waterfall } from './search/waterfall.ts'

export interface MultiStartOptions
  extends StartOptions,
    Pick<FitOptions, 'search' | 'maxIterations' | 'shouldStop' | 'pause'> {
  /** Fits one start, elsewhere perhaps; by default here, one after the other. */
  readonly run?: (problem: FitProblem, place: number) => Promise<FitResult>
}

export interface StartedFit {
  /** Its place among the starts; 0 is the given one. */
  readonly place: number
  /** Where it started: values of the estimated parameters. */
  readonly start: Float64Array
  readonly result: FitResult
}

export interface MultiStartResult {
  /** From best to worst; of equal ones the earlier start comes first. */
  readonly fits: readonly StartedFit[]
  readonly best: FitResult
  /** Starts that ended at the same place, by rising objective; `members` are places among the starts. */
  readonly groups: readonly StartGroup[]
  /** How many starts found the best, and what the others did. */
  readonly message: string
}

/**
 * Fits a problem from several starts (`startPoints`) and sorts the results. They have the same bits whatever runs them and in
 * whichever order: every start is a fit of its own.
 */
export async function multiStart(problem: FitProblem, options: MultiStartOptions): Promise<MultiStartResult> {
  const { run, starts, seed, spread, ...fitOptions } = options
  const points = startPoints(problem.estimated, { starts, seed, ...(spread !== undefined && { spread }) })
  const fitted = (point: Float64Array, place: number): Promise<FitResult> => {
    const started = { ...problem, estimated: startedAt(problem.estimated, point) }
    return run === undefined ? fit(started, fitOptions) : run(started, place)
  }
  const results: FitResult[] = []
  if (run === undefined) for (const [place, point] of points.entries()) results.push(await fitted(point, place))
  else results.push(...(await Promise.all(points.map(fitted))))
  const { order, groups, message } = waterfall(results)
  return {
    fits: order.map((place) => ({ place, start: points[place]!, result: results[place]! })),
    best: results[order[0]!]!,
    groups,
    message,
  }
}

/** The estimated parameters with other starts. */
export function startedAt(
  estimated: readonly EstimatedParameter[],
  point: Float64Array,
): readonly EstimatedParameter[] {
  return estimated.map((parameter, j) => ({ ...parameter, start: point[j]! }))
}
