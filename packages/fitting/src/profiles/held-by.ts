import type { FitProblem } from '../problem/fit-problem.ts'
import { modelResiduals } from '../problem/model-residuals.ts'
import { type ResolvedProblem, resolveProblem } from '../problem/resolve-problem.ts'
import type { ResidualProblem } from '../search/residual-problem.ts'
import { wideCoordinate } from './identified-width.ts'
import { profileFit } from './profile-fit.ts'
import type { ProfileSide } from './profile-side.ts'

/** How much wider bounds that are let go of become. */
const release = 1e9
/** How near a bound, relative to coordinates above 1, a coordinate is at it. */
const atBound = 1e-9

/** A side of a profile, and what is needed to look at it again. */
export interface ClosedSide {
  readonly resolved: ResolvedProblem
  readonly whole: ResidualProblem
  readonly held: number
  /** Coordinate of the fit. */
  readonly origin: number
  /** Objective at which an interval ends. */
  readonly ceiling: number
  readonly direction: 1 | -1
  readonly side: ProfileSide
  readonly maxIterations: number
  readonly shouldStop: (() => boolean) | undefined
  readonly pause: (() => Promise<void>) | undefined
}

/**
 * The other parameters whose bounds alone close a side: at its end one stands at a bound, and without bounds of the others the objective
 * would still be below the limit where the interval is too wide for its parameter to count as identified (twice as far, where it is
 * so already). Those that have to go beyond their bounds there are named, in the order of the parameters; none where the data close the side. Bounds on
 * the log scale alone are let go of: others may be the ends of what a parameter can be.
 */
export async function heldBy(closed: ClosedSide): Promise<readonly string[]> {
  const { resolved, whole, held, origin, ceiling, direction, side, maxIterations, shouldStop, pause } = closed
  const { end } = side
  if (end.kind !== 'closed') return []
  const at = side.points.toSorted((a, b) => Math.abs(a.x[held]! - end.at) - Math.abs(b.x[held]! - end.at))[0]
  if (at === undefined) return []
  const { problem } = resolved
  const isAt = (j: number, bound: number) => Math.abs(at.x[j]! - bound) <= atBound * Math.max(1, Math.abs(bound))
  const isFree = problem.estimated.map(({ scale }, j) => j !== held && scale === 'log')
  if (!isFree.some((free, j) => free && (isAt(j, whole.lower[j]!) || isAt(j, whole.upper[j]!)))) return []
  const wider: FitProblem = {
    ...problem,
    estimated: problem.estimated.map((parameter, j) =>
      isFree[j] === true
        ? { ...parameter, lower: parameter.lower / release, upper: parameter.upper * release }
        : parameter,
    ),
  }
  const bound = direction > 0 ? whole.upper[held]! : whole.lower[held]!
  const own = problem.estimated[held]!
  const distance = Math.max(
    2 * Math.abs(end.at - origin),
    own.scale === 'log' ? wideCoordinate : own.scale === 'linear' ? wideCoordinate * Math.abs(origin) : 0,
  )
  const far = direction * Math.min(direction * bound, direction * origin + distance)
  const free = modelResiduals(resolveProblem(wider), shouldStop)
  const fitAt = profileFit(free, held, { maxIterations, shouldStop, pause })
  const there = await fitAt(far, at.x)
  if (there.status !== 'fitted' || !(there.objective < ceiling)) return []
  const within = (j: number) => Math.min(whole.upper[j]!, Math.max(whole.lower[j]!, there.x[j]!))
  const beyond = [...there.x.keys()].filter((j) => isFree[j] === true && within(j) !== there.x[j])
  // one of no consequence may have drifted beyond its bound beside the others
  const needed = beyond.filter((j) => {
    const back = free.evaluate(
      there.x.map((value, k) => (k === j ? within(j) : value)),
      false,
    )
    return !(back.status === 'evaluated' && back.objective < ceiling)
  })
  return (needed.length > 0 ? needed : beyond).map((j) => problem.estimated[j]!.name)
}
