import { normalQuantile } from '@cartkin/numerics'
import type { FitResult } from '../fit-result.ts'
import { didYouMean } from '../problem/did-you-mean.ts'
import type { FitProblem } from '../problem/fit-problem.ts'
import { modelResiduals, naturalValues } from '../problem/model-residuals.ts'
import { type ResolvedProblem, resolveProblem } from '../problem/resolve-problem.ts'
import type { ResidualProblem } from '../search/residual-problem.ts'
import { heldBy } from './held-by.ts'
import { kinks } from './kinks.ts'
import type { ParameterProfile, ProfileEnd, ProfilePoint } from './parameter-profile.ts'
import { type ProfileFit, profileFit } from './profile-fit.ts'
import { profileShape } from './profile-shape.ts'
import { drop, type ProfileSide, profileSide, type SideEnd } from './profile-side.ts'
import { studentQuantile } from './student-quantile.ts'
import { distinctPlaces, throughValleys } from './valleys.ts'

export interface ProfileOptions {
  /** Names of estimated parameters (all). */
  readonly parameters?: readonly string[]
  /** Confidence level (0.95). */
  readonly level?: number
  /**
   * Where every error is given: 'estimated' takes the given variances as known up to a common factor, s² (see
   * `FitResult.residualVariance`), and the limit from the t distribution; 'known' takes them as they are, and the limit from
   * χ² ('estimated'). A likelihood has the limit of χ², and so have given errors beside priors.
   */
  readonly variance?: 'estimated' | 'known'
  /**
   * Where other searches of the problem ended, values of the estimated parameters in their order (none). With these a profile
   * is looked for in other valleys beyond its ends, too: a walk from the fit alone stays in that of the fit.
   */
  readonly others?: readonly (readonly number[] | Float64Array)[]
  /** Most iterations of each fit of the others (60). */
  readonly maxIterations?: number
  /** True ends it: what is not followed yet is left open. */
  readonly shouldStop?: () => boolean
  /** Given the chance to yield between iterations. */
  readonly pause?: () => Promise<void>
  /** Told of every profile done. */
  readonly onProfile?: (profile: ParameterProfile) => void
}

/** The part of a fit that its profiles begin at. */
export type ProfiledFit = Pick<FitResult, 'estimates' | 'covariance' | 'residualVariance' | 'predictions'>

/** A log coordinate is followed over a factor of a million. */
const logOfMillion = 13.815510557964274

/**
 * Profile likelihoods: a parameter is moved away from its estimate step by step, the others are estimated anew at each, until
 * the objective has risen by the limit of the level (S. A. Murphy, A. W. van der Vaart, J. Am. Stat. Assoc. 95:449, 2000; for
 * least squares D. M. Bates, D. G. Watts, "Nonlinear Regression Analysis and Its Applications", 1988, section 6.1). Intervals
 * do not depend on the scale on which a parameter is estimated. Each profile is a function of the problem and the fit alone.
 *
 * Throws a RangeError for a name that is not estimated, a level outside (0, 1), or given errors whose common factor the fit
 * does not know.
 */
export async function profile(
  problem: FitProblem,
  fit: ProfiledFit,
  options: ProfileOptions = {},
): Promise<readonly ParameterProfile[]> {
  const resolved = resolveProblem(problem)
  const whole = modelResiduals(resolved, options.shouldStop)
  const names = problem.estimated.map(({ name }) => name)
  const limit = limitOf(resolved, fit, options)
  const wanted = (options.parameters ?? names).map((name) => {
    const place = names.indexOf(name)
    if (place < 0) throw new RangeError(`${name} is not estimated, so it has no profile${didYouMean(name, names)}`)
    return place
  })
  const x = Float64Array.from(names, (name, j) => {
    const found = fit.estimates.find((entry) => entry.name === name)
    if (found === undefined) throw new RangeError(`the fit has no estimate of ${name}: it is of another problem`)
    const { toCoordinate, lowest, highest } = resolved.transforms[j]!
    return found.atBound === null ? toCoordinate(found.estimate) : found.atBound === 'lower' ? lowest : highest
  })
  const others = distinctPlaces(whole, x, othersOf(resolved, options))
  const profiles: ParameterProfile[] = []
  for (const held of wanted) {
    const found = await profileOf({ resolved, whole, fit, held, x, limit, others, options })
    options.onProfile?.(found)
    profiles.push(found)
  }
  return profiles
}

interface Wanted {
  readonly resolved: ResolvedProblem
  readonly whole: ResidualProblem
  readonly fit: ProfiledFit
  readonly held: number
  /** Coordinates of the fit. */
  readonly x: Float64Array
  readonly limit: number
  readonly others: readonly Float64Array[]
  readonly options: ProfileOptions
}

async function profileOf({ resolved, whole, fit, held, x, limit, others, options }: Wanted): Promise<ParameterProfile> {
  const { level = 0.95, maxIterations = 60, shouldStop, pause } = options
  const { name } = resolved.problem.estimated[held]!
  const fitAt = profileFit(whole, held, { maxIterations, shouldStop, pause })
  const natural = (coordinate: number): number =>
    naturalValues(
      resolved,
      x.map((own, j) => (j === held ? coordinate : own)),
    )[held]!
  const base = { name, estimate: natural(x[held]!), level, limit }
  const at = await fitAt(x[held]!, x)
  if (at.status !== 'fitted') {
    const end: ProfileEnd =
      at.status === 'failed' ? { kind: 'failed', value: base.estimate, reason: at.reason } : { kind: 'left' }
    const open = { lower: NaN, upper: NaN, lowerEnd: end, upperEnd: end, kinks: [], better: null }
    return { ...base, ...open, shape: profileShape({ ...base, ...open, gaps: [], fitObjective: NaN }), points: [] }
  }
  const atEstimates = whole.evaluate(x, false)
  const reached = atEstimates.status === 'evaluated' ? atEstimates.objective : at.objective
  const origin: ProfileFit = at.objective <= reached ? at : { ...at, objective: reached }
  const relative = whole.longestStep[held]! < Infinity
  const deviation = Math.sqrt(fit.covariance[held * x.length + held]! / fit.residualVariance)
  const size = Math.max(Math.abs(x[held]!), Number.isFinite(deviation) ? deviation * Math.sqrt(limit) : 0)
  const walk = {
    fitAt,
    held,
    origin,
    start: origin,
    lowest: origin.objective - drop * limit,
    limit,
    lower: whole.lower[held]!,
    upper: whole.upper[held]!,
    reach: deviation * Math.sqrt(limit),
    longestStep: whole.longestStep[held]!,
    farthest: relative ? logOfMillion : 1e6 * (size > 0 ? size : 1),
  }
  const found =
    reached - at.objective > drop * limit
      ? { down: leftAt(at), up: leftAt(at) }
      : {
          down: await throughValleys(walk, -1, await profileSide(walk, -1), others),
          up: await throughValleys(walk, 1, await profileSide(walk, 1), others),
        }
  return finished(found)

  async function finished({ down, up }: { down: ProfileSide; up: ProfileSide }): Promise<ParameterProfile> {
    const lowest = [down, up].flatMap(({ end }) => (end.kind === 'better' ? [end.point] : []))
    const best = lowest.reduce<ProfileFit | null>((a, b) => (a === null || b.objective < a.objective ? b : a), null)
    const course = [...down.points, origin, ...up.points].sort((a, b) => a.x[held]! - b.x[held]!)
    const jumps = best === null ? await kinks({ fitAt, held, limit }, course) : []
    const gaps = [...down.gaps, ...up.gaps].map(([from, to]) => [natural(from), natural(to)].toSorted((a, b) => a - b))
    const closing = {
      ...{ resolved, whole, held, origin: x[held]!, ceiling: origin.objective + limit },
      ...{ maxIterations, shouldStop, pause },
    }
    const isOpen = best !== null
    const ends = {
      lowerEnd: endOf(
        down.end,
        walk.lower,
        natural,
        isOpen ? [] : await heldBy({ ...closing, direction: -1, side: down }),
      ),
      upperEnd: endOf(up.end, walk.upper, natural, isOpen ? [] : await heldBy({ ...closing, direction: 1, side: up })),
      kinks: jumps.map(natural),
      better: best && { objective: best.objective, values: naturalValues(resolved, best.x) },
    }
    return {
      ...base,
      lower: ends.lowerEnd.kind === 'closed' ? ends.lowerEnd.value : NaN,
      upper: ends.upperEnd.kind === 'closed' ? ends.upperEnd.value : NaN,
      ...ends,
      shape: profileShape({ ...base, ...ends, gaps, fitObjective: origin.objective }),
      points: course.map(
        (point): ProfilePoint => ({
          value: natural(point.x[held]!),
          objective: point.objective,
          increase: Math.max(0, point.objective - origin.objective) / limit,
          values: naturalValues(resolved, point.x),
        }),
      ),
    }
  }
}

function leftAt(point: ProfileFit): ProfileSide {
  return { end: { kind: 'better', point }, points: [], gaps: [] }
}

function endOf(
  end: SideEnd,
  bound: number,
  natural: (coordinate: number) => number,
  holding: readonly string[],
): ProfileEnd {
  switch (end.kind) {
    case 'closed':
      return { kind: 'closed', value: natural(end.at), ...(holding.length > 0 && { heldBy: holding }) }
    case 'open':
      return { kind: end.at === bound ? 'bound' : 'open', value: natural(end.at), flat: end.flat }
    case 'failed':
      return { kind: 'failed', value: natural(end.at), reason: end.reason }
    default:
      return { kind: 'left' }
  }
}

function othersOf({ problem, transforms }: ResolvedProblem, { others = [] }: ProfileOptions): readonly Float64Array[] {
  const count = problem.estimated.length
  return others.map((values) => {
    if (values.length !== count)
      throw new RangeError(`the end of another search has ${values.length} values, the problem ${count} parameters`)
    return Float64Array.from(values, (value, j) => transforms[j]!.toCoordinate(value))
  })
}

/** Increase of the objective at the ends of an interval. */
function limitOf(
  { leastSquares, problem, priors }: ResolvedProblem,
  fit: ProfiledFit,
  options: ProfileOptions,
): number {
  const { level = 0.95, variance = 'estimated' } = options
  if (!(level > 0 && level < 1)) throw new RangeError(`the level of an interval is in (0, 1), got ${level}`)
  const z = normalQuantile((1 + level) / 2)
  if (!leastSquares || priors.length > 0 || variance === 'known') return z * z
  const quantified = fit.predictions.filter(({ censored }) => censored === null).length
  const freedom = quantified - problem.estimated.length
  if (!(fit.residualVariance > 0 && freedom > 0))
    throw new RangeError(
      `the common factor of the given variances is ${fit.residualVariance} (${quantified} quantified observations, ${problem.estimated.length} parameters), so a profile has no limit; take the variances as known`,
    )
  const t = studentQuantile(level, freedom)
  return fit.residualVariance * t * t
}
