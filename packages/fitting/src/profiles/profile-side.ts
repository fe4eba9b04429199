import type { FitAt, ProfileFit } from './profile-fit.ts'

/** A profile as it is followed: one coordinate, the others at their best. */
export interface ProfileWalk {
  readonly fitAt: FitAt
  /** The coordinate that is followed. */
  readonly held: number
  /** The fit: what the objective rises from. */
  readonly origin: ProfileFit
  /** Where the walk begins: the fit, or a point of another valley. */
  readonly start: ProfileFit
  /** A point with an objective below this is better than the fit. */
  readonly lowest: number
  /** Increase of the objective at which an interval ends. */
  readonly limit: number
  readonly lower: number
  readonly upper: number
  /** A first guess of the distance at which the limit lies; NaN where none is known. */
  readonly reach: number
  /** Longest step, and the distance at which the walk gives up. */
  readonly longestStep: number
  readonly farthest: number
}

/** How a side ends, in coordinates. */
export type SideEnd =
  | { readonly kind: 'closed'; readonly at: number }
  /** The limit is not reached: at a bound, or as far as the walk goes; `flat` where the objective no longer rises there. */
  | { readonly kind: 'open'; readonly at: number; readonly bound: boolean; readonly flat: boolean }
  | { readonly kind: 'failed'; readonly at: number; readonly reason: string }
  | { readonly kind: 'better'; readonly point: ProfileFit }
  | { readonly kind: 'stopped' }

export interface ProfileSide {
  readonly end: SideEnd
  /** In order away from the fit, which is not among them. */
  readonly points: readonly ProfileFit[]
  /** Stretches within the interval, from the fit outwards, over which it lies above the limit: between two valleys. */
  readonly gaps: readonly (readonly [number, number])[]
}

/** Share of the way to the limit, on the scale of the square root, that a step should make. */
const stride = 0.25
/** A point lower than the fit by this share of the limit is a better one; by less, it is where a flat direction leads. */
export const drop = 0.01
/** How near the limit, as a share of its square root, the end of an interval must be. */
const rootTolerance = 1e-7
/** A rise by less than this share of the limit over the last third of the way is none. */
const flatRise = 0.01
const mostPoints = 60
/** A bracket narrower than this share of the distance from the fit is an end. */
const bracketTolerance = 1e-8
const mostRootSteps = 40
const newtonSteps = 12
const mostFailures = 8
/** A step that makes more than this share of the way at once is made again, shorter, a few times a side. */
const longStride = 0.75
const mostRefinements = 5

/** Follows a profile from the fit to its limit, upwards (1) or downwards (−1). */
export async function profileSide(walk: ProfileWalk, direction: 1 | -1): Promise<ProfileSide> {
  return { ...(await followed(walk, direction)), gaps: [] }
}

async function followed(walk: ProfileWalk, direction: 1 | -1): Promise<Omit<ProfileSide, 'gaps'>> {
  const { held, longestStep, farthest } = walk
  const start = walk.start.x[held]!
  const bound = direction > 0 ? walk.upper : walk.lower
  const last = Number.isFinite(bound) && Math.abs(bound - start) <= farthest ? bound : start + direction * farthest
  const points: ProfileFit[] = []
  let here = walk.start
  let before: ProfileFit | null = null
  let step = Math.min(
    longestStep,
    stride * (Number.isFinite(walk.reach) && walk.reach > 0 ? walk.reach : farthest / 1e4),
  )
  let failures = 0
  let refinements = 0
  if (start === bound) return { end: { kind: 'open', at: start, bound: true, flat: false }, points }
  for (;;) {
    const at = here.x[held]!
    const next = Math.abs(last - at) <= 1.0001 * step ? last : at + direction * step
    const found = await walk.fitAt(next, extrapolated(before, here, held, next))
    if (found.status === 'stopped') return { end: { kind: 'stopped' }, points }
    if (found.status === 'failed') {
      failures++
      if (failures >= mostFailures) return { end: { kind: 'failed', at, reason: found.reason }, points }
      step = Math.abs(next - at) / 4
      continue
    }
    if (found.objective < walk.lowest) return { end: { kind: 'better', point: found }, points }
    const [height, gained] = [rise(walk, found), rise(walk, found) - rise(walk, here)]
    if (gained > longStride && refinements < mostRefinements) {
      refinements++
      step = Math.abs(next - at) * Math.max(0.1, stride / gained)
      continue
    }
    if (height >= 1) {
      const closed = await crossing(walk, before, here, found)
      points.push(...closed.points)
      const onward = closed.points.at(-1)
      if (closed.end !== null) return { end: closed.end, points }
      // what lay above the limit was a worse valley of the others: the walk goes on in the better one
      if (onward === undefined || points.length >= mostPoints)
        return { end: { kind: 'open', at, bound: false, flat: isFlat(walk, points) }, points }
      before = here
      here = onward
      continue
    }
    points.push(found)
    before = here
    here = found
    if (next === last)
      return { end: { kind: 'open', at: next, bound: next === bound, flat: isFlat(walk, points) }, points }
    if (points.length >= mostPoints)
      return { end: { kind: 'open', at: next, bound: false, flat: isFlat(walk, points) }, points }
    const wanted = gained > 0 ? stride / gained : Infinity
    step = Math.min(longestStep, Math.abs(next - at) * Math.min(3, Math.max(0.25, wanted)))
  }
}

/** Square root of the increase as a share of the limit: a straight line where the objective is quadratic. */
export function rise({ origin, limit }: ProfileWalk, { objective }: ProfileFit): number {
  return Math.sqrt(Math.max(0, objective - origin.objective) / limit)
}

/** The end of a side, or null where it goes on from the last of the points. */
interface Crossing {
  readonly end: SideEnd | null
  readonly points: readonly ProfileFit[]
}

/**
 * Where the profile crosses its limit between a point below it and one above: Newton's method, kept within its bracket. The others
 * begin where they were below, so that they stay in the valley that has been followed.
 */
async function crossing(
  walk: ProfileWalk,
  before: ProfileFit | null,
  below: ProfileFit,
  above: ProfileFit,
): Promise<Crossing> {
  const { held, limit, origin } = walk
  const points: ProfileFit[] = []
  let earlier = before
  let low = below
  let high = above
  let from = above
  let edge = above.x[held]!
  let reason = ''
  for (let k = 0; k < mostRootSteps; k++) {
    const a = low.x[held]!
    const width = edge - a
    if (Math.abs(width) <= bracketTolerance * Math.abs(edge - origin.x[held]!)) break
    const height = rise(walk, from)
    const towards = from.x[held]! - (height - 1) / (from.slope / (2 * height * limit))
    const inside = (towards - a) / width
    // where Newton's steps do not end it soon there is a jump, which halving closes in on
    const share = inside > 0 && inside < 1 && k % 3 !== 2 && k < newtonSteps && reason === '' ? inside : 0.5
    const next = a + share * width
    const found = await walk.fitAt(next, extrapolated(earlier, low, held, next))
    if (found.status === 'stopped') return { end: { kind: 'stopped' }, points }
    if (found.status === 'failed') {
      reason = found.reason
      edge = next
      continue
    }
    if (found.objective < walk.lowest) return { end: { kind: 'better', point: found }, points }
    from = found
    const here = rise(walk, found)
    if (Math.abs(here - 1) <= rootTolerance) return { end: { kind: 'closed', at: next }, points: [...points, found] }
    if (here < 1) {
      earlier = low
      low = found
    } else {
      high = found
      edge = next
      reason = ''
    }
  }
  if (reason !== '') return { end: { kind: 'failed', at: low.x[held]!, reason }, points: [low] }
  const onward = await walk.fitAt(high.x[held]!, low.x)
  if (onward.status === 'fitted' && rise(walk, onward) < 1) return { end: null, points: [low, onward] }
  return { end: { kind: 'closed', at: low.x[held]! }, points: [low, high] }
}

/** The coordinates on the line through two points, or those of the last one where the step is much longer than the one before. */
function extrapolated(before: ProfileFit | null, here: ProfileFit, held: number, next: number): Float64Array {
  if (before === null) return here.x
  const made = here.x[held]! - before.x[held]!
  const share = (next - here.x[held]!) / made
  return share <= 2 ? here.x.map((value, j) => value + share * (value - before.x[j]!)) : here.x
}

/** Whether the objective has ceased to rise: over the last third of the way it gained next to nothing. */
function isFlat(walk: ProfileWalk, points: readonly ProfileFit[]): boolean {
  const { held, start, limit } = walk
  const last = points.at(-1)
  if (last === undefined) return true
  const way = last.x[held]! - start.x[held]!
  const earlier = [start, ...points].findLast((point) => Math.abs(last.x[held]! - point.x[held]!) >= Math.abs(way) / 3)
  return last.objective - (earlier ?? start).objective <= flatRise * limit
}
