import type { FitResult } from '../fit-result.ts'

/** Starts that ended at the same place. */
export interface StartGroup {
  readonly objective: number
  /** Places of its fits in the order they were given, best first. */
  readonly members: readonly number[]
}

/** The fits of several starts from best to worst. */
export interface Waterfall {
  /** Places of the fits by rising objective; those without an objective last. */
  readonly order: readonly number[]
  /** Those that ended at the same place, by rising objective; fits without an objective are in none. */
  readonly groups: readonly StartGroup[]
  /** What the starts say of the minimum, in words. */
  readonly message: string
}

/** Two estimates are the same when they are this near in standard errors, or in size. */
const sameInErrors = 0.1
const sameInSize = 1e-4

/** Two objectives are the same when they differ by less than this on the −2 log likelihood scale: far less than any limit. */
const sameObjective = 0.01

/**
 * Sorts the fits of several starts and groups those that ended at the same place: objectives within 0.01 on the
 * −2 log likelihood scale and every estimate within a tenth of its standard error, or in 10⁻⁴ of its size. The order in
 * which the fits were made does not matter.
 */
export function waterfall(fits: readonly FitResult[]): Waterfall {
  const order = fits
    .map((_, k) => k)
    .sort((a, b) => {
      const [x, y] = [fits[a]!.objective, fits[b]!.objective].map((f) => (Number.isNaN(f) ? Infinity : f))
      return x! < y! ? -1 : x! > y! ? 1 : a - b
    })
  const groups: { readonly objective: number; readonly members: number[] }[] = []
  for (const k of order) {
    const fit = fits[k]!
    if (!Number.isFinite(fit.objective)) continue
    const group = groups.find(({ members }) => isSame(fits[members[0]!]!, fit))
    if (group) group.members.push(k)
    else groups.push({ objective: fit.objective, members: [k] })
  }
  return { order, groups, message: inWords(fits, groups) }
}

function isSame(a: FitResult, b: FitResult): boolean {
  return (
    hasSameObjective(a, b) &&
    a.estimates.every(({ estimate, standardError, atBound }, j) => {
      const other = b.estimates[j]!
      const difference = Math.abs(estimate - other.estimate)
      return (
        difference <= sameInErrors * standardError ||
        difference <= sameInSize * Math.abs(estimate) ||
        (atBound !== null && atBound === other.atBound)
      )
    })
  )
}

/** Whether a fit of the same problem came as low as another: within 0.01 on the −2 log likelihood scale. `a` is the better one. */
export function hasSameObjective(a: FitResult, b: Pick<FitResult, 'objective'>): boolean {
  const difference = b.objective - a.objective
  // sums of squares in units of the residual variance; what is 0 to rounding is the same 0
  if (a.objectiveKind === 'minus-two-log-likelihood') return difference <= sameObjective
  const unit = Number.isNaN(a.residualVariance) ? 0 : a.residualVariance
  return difference <= sameObjective * unit || difference <= 1e-6 * a.objective || b.objective <= negligible(a)
}

/** A sum of squares that is nothing beside its observations. */
function negligible({ predictions }: FitResult): number {
  return 1e-12 * predictions.length
}

function inWords(fits: readonly FitResult[], groups: readonly StartGroup[]): string {
  const [best, ...others] = groups
  if (best === undefined) return `none of ${fits.length} starts could be fitted`
  const first = fits[best.members[0]!]!
  const alike = others.filter(({ members }) => hasSameObjective(first, fits[members[0]!]!))
  const count = [best, ...alike].reduce((sum, { members }) => sum + members.length, 0)
  const higher = others.reduce((sum, { members }) => sum + members.length, 0) - (count - best.members.length)
  const lost = fits.length - count - higher
  const parts = [`${count} of ${fits.length} starts reached the lowest objective, ${printed(best.objective)}`]
  if (alike.length > 0)
    parts.push(`at ${alike.length + 1} different places: these data do not determine every parameter`)
  if (higher > 0)
    parts.push(
      `${higher} ended higher, from ${printed(others.find((group) => !alike.includes(group))?.objective ?? NaN)}`,
    )
  if (lost > 0) parts.push(`${lost} could not be fitted`)
  if (count === 1 && fits.length > 1) parts.push('found once only, it may not be the lowest there is: add starts')
  return parts.join('; ')
}

function printed(value: number): string {
  return String(Number(value.toPrecision(7)))
}
