import type { FitJob } from '@cartkin/compute'
import type { FitResult, ParameterProfile } from '@cartkin/fitting'

/** How often a better point that a profile came upon begins a fit anew. */
const mostRounds = 4

/** A fit that was begun at a better point, and the parameter on whose profile that lay. */
export interface Refit {
  readonly profiled: string
  readonly from: FitResult
  readonly result: FitResult
}

/**
 * Profiles of a fit. Where one comes upon a better point than the fit, which then was not the minimum, the fit is begun anew there,
 * and so are its profiles.
 *
 * @returns the profiles of the last fit, and the fits that were begun anew, each better than the one before.
 */
export async function refitAtBetter(
  fit: FitResult,
  { estimated }: Pick<FitJob['problem'], 'estimated'>,
  profilesOf: (fit: FitResult) => Promise<readonly ParameterProfile[]>,
  fitFrom: (point: Float64Array, profiled: string) => Promise<FitResult>,
): Promise<{ readonly profiles: readonly ParameterProfile[]; readonly refits: readonly Refit[] }> {
  const refits: Refit[] = []
  for (let best = fit; ; ) {
    const profiles = await profilesOf(best)
    const found = profiles.flatMap(({ name, better }) => (better === null ? [] : [{ name, ...better }]))
    const [lowest] = found.toSorted((a, b) => a.objective - b.objective)
    if (lowest === undefined || refits.length === mostRounds) return { profiles, refits }
    const point = lowest.values.map((value, k) => {
      const { lower = Number.NEGATIVE_INFINITY, upper = Number.POSITIVE_INFINITY } = estimated[k] ?? {}
      return Math.min(upper, Math.max(lower, value))
    })
    const result = await fitFrom(point, lowest.name)
    if (!(result.objective < best.objective)) return { profiles, refits }
    refits.push({ profiled: lowest.name, from: best, result })
    best = result
  }
}

/** What was begun anew, in words; empty where nothing was. */
export function refitNote(refits: readonly Refit[]): string {
  return refits
    .map(
      ({ profiled, from, result }) =>
        `the profile of ${profiled} came upon a lower objective than the fit's, so that it was begun anew there: ${result.objective.toPrecision(8)} in place of ${from.objective.toPrecision(8)}`,
    )
    .join('; ')
}
