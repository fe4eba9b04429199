import type { ResidualProblem } from '../search/residual-problem.ts'
import { trustRegion } from '../search/trust-region.ts'
import { heldCoordinate, withEntry, withoutEntry } from './held-coordinate.ts'

/** The best that the other coordinates can do where one is held. */
export interface ProfileFit {
  readonly status: 'fitted'
  /** All coordinates, the held one among them. */
  readonly x: Float64Array
  readonly objective: number
  /** Derivative of the profile: at a minimum of the others it is that of the objective along the held coordinate. */
  readonly slope: number
}

export type ProfileFitOutcome =
  | ProfileFit
  | { readonly status: 'failed'; readonly reason: string }
  | { readonly status: 'stopped' }

/** What finds it: from a held value and where to begin with the others (all coordinates; that of the held one is ignored). */
export type FitAt = (value: number, from: Float64Array) => Promise<ProfileFitOutcome>

export interface ProfileFitOptions {
  readonly maxIterations: number
  readonly shouldStop?: (() => boolean) | undefined
  readonly pause?: (() => Promise<void>) | undefined
}

/**
 * Relative offset at which the others have arrived: an objective short by less than its square, as a share, which no limit
 * of a profile can see.
 */
const offsetTolerance = 1e-7
const objectiveTolerance = 1e-11

/** `FitAt` of one coordinate of a problem. */
export function profileFit(whole: ResidualProblem, held: number, options: ProfileFitOptions): FitAt {
  const { maxIterations, shouldStop, pause } = options
  return async (value, from) => {
    const { problem, slopeAt } = heldCoordinate(whole, held, value)
    if (problem.dimension === 0) {
      const evaluation = problem.evaluate(new Float64Array(0))
      if (evaluation.status !== 'evaluated') return evaluation
      if (!Number.isFinite(evaluation.objective))
        return { status: 'failed', reason: `the objective is ${evaluation.objective}` }
      const { objective } = evaluation
      return { status: 'fitted', x: Float64Array.of(value), objective, slope: slopeAt(evaluation) }
    }
    const steps = trustRegion(problem, withoutEntry(from, held), {
      maxIterations,
      offsetTolerance,
      objectiveTolerance,
      ...(shouldStop !== undefined && { shouldStop }),
    })
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done === true) {
        const { outcome, x, evaluation } = step.value
        if (outcome.status === 'stopped') return { status: 'stopped' }
        if (evaluation === null)
          return { status: 'failed', reason: outcome.status === 'failed' ? outcome.message : outcome.status }
        const { objective } = evaluation
        return { status: 'fitted', x: withEntry(x, held, value), objective, slope: slopeAt(evaluation) }
      }
      if (pause !== undefined) await pause()
    }
  }
}
