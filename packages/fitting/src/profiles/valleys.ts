import type { ResidualProblem } from '../search/residual-problem.ts'
import type { ProfileFit } from './profile-fit.ts'
import { type ProfileSide, type ProfileWalk, profileSide, rise } from './profile-side.ts'

/** Where to look for other valleys beyond an end, in distances of the end from the fit. */
const lookouts = [0.5, 2, 8]
/** Most minima that are looked from, the lowest; and how far apart they are at least, relative to coordinates above 1. */
const mostPlaces = 4
const apart = 0.05
/** How often a side is continued in another valley. */
const mostValleys = 4

/**
 * A side that has closed, continued where another valley of the objective lies below the limit beyond its end. A walk stays
 * in the valley it began in; where the others have several minima, as when the phases of a decline change their roles, the
 * profile is the lowest of them, and its interval reaches as far as the farthest valley does.
 *
 * @param others coordinates at which the fits of the others begin: ends of other searches of the whole problem.
 */
export async function throughValleys(
  walk: ProfileWalk,
  direction: 1 | -1,
  first: ProfileSide,
  others: readonly Float64Array[],
): Promise<ProfileSide> {
  let side = first
  for (let k = 0; k < mostValleys && others.length > 0; k++) {
    const { end } = side
    if (end.kind !== 'closed') return side
    const found = await beyond(walk, direction, end.at, others)
    if (found === 'stopped') return { ...side, end: { kind: 'stopped' } }
    if (found === null) return side
    if (found.objective < walk.lowest) return { ...side, end: { kind: 'better', point: found } }
    const inwards = { ...walk, start: found, [direction > 0 ? 'lower' : 'upper']: end.at }
    const back = await profileSide(inwards, direction > 0 ? -1 : 1)
    if (back.end.kind === 'better' || back.end.kind === 'stopped') return { ...side, end: back.end }
    const onward = await profileSide({ ...walk, start: found }, direction)
    const between = back.points.filter((point) => (point.x[walk.held]! - end.at) * direction > 0).toReversed()
    side = {
      end: onward.end,
      points: [...side.points, ...between, found, ...onward.points],
      gaps: back.end.kind === 'closed' ? [...side.gaps, [end.at, back.end.at]] : side.gaps,
    }
  }
  return side
}

/** Ends of other searches apart from the fit and from each other, the lowest first. */
export function distinctPlaces(
  whole: ResidualProblem,
  fit: Float64Array,
  others: readonly Float64Array[],
): readonly Float64Array[] {
  const evaluated = others.flatMap((other) => {
    const x = other.map((value, j) => Math.min(whole.upper[j]!, Math.max(whole.lower[j]!, value)))
    if (!x.every(Number.isFinite)) return []
    const evaluation = whole.evaluate(x, false)
    return evaluation.status === 'evaluated' && Number.isFinite(evaluation.objective)
      ? [{ x, objective: evaluation.objective }]
      : []
  })
  const kept: Float64Array[] = []
  for (const { x } of evaluated.toSorted((a, b) => a.objective - b.objective)) {
    if (kept.length >= mostPlaces) break
    if (
      [fit, ...kept].every((other) =>
        other.some((value, j) => Math.abs(value - x[j]!) > apart * Math.max(1, Math.abs(value))),
      )
    )
      kept.push(x)
  }
  return kept
}

/** A point below the limit beyond an end: at the other minima that lie there, and at a few distances from all of them. */
async function beyond(
  walk: ProfileWalk,
  direction: 1 | -1,
  end: number,
  others: readonly Float64Array[],
): Promise<ProfileFit | 'stopped' | null> {
  const { held, origin } = walk
  const reach = Math.abs(end - origin.x[held]!)
  const bound = direction > 0 ? walk.upper : walk.lower
  const isBeyond = (at: number): boolean => (at - end) * direction > 0 && (bound - at) * direction >= 0
  const places = [
    ...others.flatMap((other) => (isBeyond(other[held]!) ? [{ at: other[held]!, from: [other] }] : [])),
    ...lookouts.map((share) => ({ at: end + direction * share * reach, from: others })),
  ]
  for (const { at, from } of places) {
    if (!isBeyond(at)) continue
    for (const start of from) {
      const found = await walk.fitAt(at, start)
      if (found.status === 'stopped') return 'stopped'
      if (found.status === 'fitted' && rise(walk, found) < 1) return found
    }
  }
  return null
}
