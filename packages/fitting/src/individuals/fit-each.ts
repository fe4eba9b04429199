import { MissingInputError } from '@cartkin/simulation'
import { type FitOptions, fit } from '../fit.ts'
import type { FitIteration, FitOutcome, FitResult } from '../fit-result.ts'
import type { EstimatedParameter, FitProblem, FitSubject, Tie } from '../problem/fit-problem.ts'
import type { ParameterProfile } from '../profiles/parameter-profile.ts'
import { profile } from '../profiles/profile.ts'
import { hasSameObjective } from '../search/waterfall.ts'
import { type Identification, identifications } from './identifications.ts'
import { plansFault } from './plans-fault.ts'

/** In what the fit of a subject departs from the problem of all. */
export interface SubjectPlan {
  /** In place of the problem's: its own starts and bounds, or fewer parameters where its data are few. */
  readonly estimated?: readonly EstimatedParameter[]
  /** In place of the problem's. */
  readonly errorParameters?: Readonly<Record<string, number>>
  /** In place of the problem's. */
  readonly ties?: Readonly<Record<string, Tie>>
  /** Where its searches begin, by parameter, the parameter's own start where it is not named (one search, at the starts). */
  readonly starts?: readonly Readonly<Record<string, number>>[]
}

export interface FitEachOptions extends Pick<FitOptions, 'search' | 'maxIterations' | 'shouldStop' | 'pause'> {
  /** By the id of a subject. */
  readonly plans?: ReadonlyMap<string, SubjectPlan>
  /** Whether every parameter gets its profile likelihood at 95 %: identifications and a better point rest on it then (false). */
  readonly profiles?: boolean
  /** Told of every subject that is done. */
  readonly onSubject?: (done: number, total: number) => void
  /** Told of every iteration of every search; `search` is its place among those of the subject, in the order they were made. */
  readonly onIteration?: (told: {
    readonly id: string
    readonly search: number
    readonly iteration: FitIteration
  }) => void
}

/** How one of the searches of a subject ended. */
export interface Search {
  /** At a start of the plan; at the end of another where that is a kink; or at a better point that a profile came upon. */
  readonly from: 'start' | 'kink' | 'profile'
  readonly start: readonly number[]
  /** NaN where nothing could be evaluated. */
  readonly objective: number
  readonly status: FitOutcome['status']
}

/** The fit of one subject alone, or why there is none. */
export type IndividualFit =
  | {
      readonly status: 'fitted'
      readonly id: string
      /** Of the search with the lowest objective; the first of them where several have it. */
      readonly result: FitResult
      readonly searches: readonly Search[]
      /** Searches from starts of the plan, and how many of them came to the objective of the result, or to the kink where it was confirmed (within 0.01 on the −2 log likelihood scale). */
      readonly starts: { readonly count: number; readonly reached: number }
      /** One per estimate, in their order; none where they were not asked for. */
      readonly profiles: readonly ParameterProfile[]
      /** One per estimate: whether these data determine it, in words where they do not. */
      readonly identifications: readonly Identification[]
    }
  | { readonly status: 'not-fitted'; readonly id: string; readonly reason: string }

/**
 * Fits every subject alone: one result or one reason for each, in their order. A subject's bits depend on its own data,
 * plan and the problem; neither on the other subjects nor on their order, and one that cannot be fitted changes nothing for
 * the others.
 *
 * Throws a RangeError where two subjects have one id, or a plan is of no subject.
 */
export async function fitEach(problem: FitProblem, options: FitEachOptions = {}): Promise<readonly IndividualFit[]> {
  const { plans = new Map<string, SubjectPlan>(), onSubject } = options
  const fault = plansFault(problem.subjects, plans)
  if (fault !== undefined) throw new RangeError(fault)
  const fits: IndividualFit[] = []
  for (const subject of problem.subjects) {
    const { id } = subject
    fits.push(
      options.shouldStop?.() === true
        ? { status: 'not-fitted', id, reason: 'the fit was stopped before its turn' }
        : await fitOne(problem, subject, plans.get(id) ?? {}, options),
    )
    onSubject?.(fits.length, problem.subjects.length)
  }
  return fits
}

/** How often a better point that a profile came upon begins the fit anew. */
const mostRounds = 4

async function fitOne(
  problem: FitProblem,
  subject: FitSubject,
  {
    estimated = problem.estimated,
    errorParameters = problem.errorParameters,
    ties = problem.ties,
    starts = [{}],
  }: SubjectPlan,
  { search, maxIterations, shouldStop, pause, profiles: wantsProfiles = false, onIteration }: FitEachOptions,
): Promise<IndividualFit> {
  const { id } = subject
  const refused = (reason: string): IndividualFit => ({ status: 'not-fitted', id, reason: withoutId(reason, id) })
  const alone = { ...problem, subjects: [subject], errorParameters, ...(ties !== undefined && { ties }) }
  const control = { ...(shouldStop !== undefined && { shouldStop }), ...(pause !== undefined && { pause }) }
  const searches: Search[] = []
  /** Where they ended: the profiles look there for other valleys. */
  const ends: (readonly number[])[] = []
  const told = (search: number): Pick<FitOptions, 'onIteration'> =>
    onIteration === undefined ? {} : { onIteration: (iteration) => onIteration({ id, search, iteration }) }
  const searchFrom = async (
    from: Search['from'],
    start: Readonly<Record<string, number>>,
    by = search,
  ): Promise<FitResult> => {
    const own = estimated.map((parameter) => ({ ...parameter, start: start[parameter.name] ?? parameter.start }))
    const limit = maxIterations !== undefined && by === search ? { maxIterations } : {}
    const result = await fit(
      { ...alone, estimated: own },
      { ...(by !== undefined && { search: by }), ...limit, ...control, ...told(searches.length) },
    )
    const { objective, outcome } = result
    searches.push({ from, start: own.map((parameter) => parameter.start), objective, status: outcome.status })
    ends.push(result.estimates.map(({ estimate }) => estimate))
    return result
  }
  /** Where a search with derivatives could neither go on nor say that it is at a kink, one without confirms it. */
  const confirmed = async (found: FitResult): Promise<FitResult> => {
    if (found.outcome.status !== 'failed' || search === 'nelder-mead' || shouldStop?.() === true) return found
    const start = found.estimates.map(({ name, estimate }) => [name, estimate])
    const again = await searchFrom('kink', Object.fromEntries(start), 'nelder-mead')
    return again.objective <= found.objective ? again : found
  }
  let best: FitResult | null = null
  /** What starts are held against: the best as a search with derivatives ended there. */
  let lowest: FitResult | null = null
  let failure = 'it has no start'
  let profiles: readonly ParameterProfile[] = []
  try {
    for (const start of starts) {
      const result = await searchFrom('start', start)
      if (result.outcome.status === 'failed') failure = result.outcome.message
      else if (result.outcome.status === 'stopped') failure = 'the fit was stopped before its first iteration'
      if (isBetter(result, best)) best = result
      if (shouldStop?.() === true) break
    }
    lowest = best
    if (best !== null) best = await confirmed(best)
    // where given variances leave no common factor a profile has no limit; the fit stands without
    for (let round = 0; best !== null && wantsProfiles && best.residualVariance > 0 && round < mostRounds; round++) {
      profiles = await profile({ ...alone, estimated }, best, { ...control, others: ends })
      const [better] = profiles.flatMap((one) => one.better ?? []).toSorted((a, b) => a.objective - b.objective)
      if (better === undefined || shouldStop?.() === true) break
      const start = estimated.map(({ name }, k) => [name, better.values[k] ?? Number.NaN])
      const result = await confirmed(await searchFrom('profile', Object.fromEntries(start)))
      if (!isBetter(result, best)) break
      best = result
      lowest = result
      profiles = []
    }
  } catch (error) {
    if (error instanceof RangeError || error instanceof MissingInputError) return refused(error.message)
    throw error
  }
  if (best === null) return refused(failure)
  const result = best
  const found = identifications(result, estimated, profiles)
  const started = searches.filter(({ from }) => from === 'start')
  const end = lowest ?? result
  const reached = started.filter((one) => hasSameObjective(end, one)).length
  return {
    status: 'fitted',
    id,
    result,
    searches,
    starts: { count: started.length, reached },
    profiles,
    identifications: found,
  }
}

function isBetter({ objective }: FitResult, than: FitResult | null): boolean {
  return Number.isFinite(objective) && !(than !== null && than.objective <= objective)
}

/** A reason that stands beside the id need not repeat it. */
function withoutId(reason: string, id: string): string {
  for (const mark of [': ', ', ']) {
    const prefix = `subject ${id}${mark}`
    if (reason.startsWith(prefix)) return reason.slice(prefix.length)
  }
  return reason
}
