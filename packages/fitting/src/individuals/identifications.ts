import type { FitResult, ParameterEstimate } from '../fit-result.ts'
import type { EstimatedParameter } from '../problem/fit-problem.ts'
import { wideCoordinate, widestRatio } from '../profiles/identified-width.ts'
import type { ParameterProfile, ProfileEnd } from '../profiles/parameter-profile.ts'

/** Whether the data of a fit determine a parameter. */
export interface Identification {
  readonly name: string
  /**
   * 'weak': its 95 % interval is wider than fourfold either way (on a linear scale: than 1.4 times its value); 'one-sided':
   * its profile ends on one side alone, or on the other by the bound of another parameter; 'at-bound': the estimate is its bound; 'no': the data do not determine it.
   */
  readonly identified: 'yes' | 'weak' | 'one-sided' | 'at-bound' | 'no'
  /** In words, why it is not, or that it has no standard error since it is at a corner; else empty. */
  readonly reason: string
}

/**
 * Which of its parameters a fit determines, in the order of the estimates: by their profiles where there are any, else by
 * standard errors and what they say of directions.
 */
export function identifications(
  { estimates, collinear, kinks = [] }: Pick<FitResult, 'estimates' | 'collinear'> & Partial<Pick<FitResult, 'kinks'>>,
  estimated: readonly EstimatedParameter[],
  profiles: readonly ParameterProfile[] = [],
): readonly Identification[] {
  return estimates.map((estimate, j): Identification => {
    const profiled = profiles.find((one) => one.name === estimate.name)
    const byProfile = profiled === undefined ? undefined : ofProfile(estimate, profiled, estimated[j])
    const kink = kinks.find((one) => one.name === estimate.name)
    if (byProfile !== undefined)
      return byProfile.reason === '' && kink !== undefined ? { ...byProfile, reason: kink.message } : byProfile
    const { name, atBound } = estimate
    if (atBound !== null) return { name, identified: 'at-bound', reason: boundReason(estimate, estimated[j]) }
    if (kink !== undefined) return { name, identified: 'weak', reason: kink.message }
    const undetermined = collinear.find((set) => set.kind === 'undetermined' && set.names.includes(name))
    if (undetermined !== undefined) return { name, identified: 'no', reason: undetermined.message }
    if (!Number.isFinite(estimate.standardError))
      return { name, identified: 'no', reason: 'its standard error cannot be computed from these data' }
    if (isNarrow(estimate, estimated[j]?.scale ?? 'log')) return { name, identified: 'yes', reason: '' }
    const weak = collinear.find((set) => set.names.includes(name))
    return { name, identified: 'weak', reason: weak?.message ?? `its 95 % interval is ${interval(estimate)}` }
  })
}

/** Undefined where a side of the profile could not be followed. */
function ofProfile(
  estimate: ParameterEstimate,
  { lowerEnd, upperEnd, lower, upper, shape }: ParameterProfile,
  parameter: EstimatedParameter | undefined,
): Identification | undefined {
  const { name, atBound } = estimate
  if ([lowerEnd, upperEnd].some(({ kind }) => kind === 'left' || kind === 'failed')) return undefined
  const [below, above] = [isClosed(lowerEnd), isClosed(upperEnd)]
  const known = below ? `above ${printed(lower)}` : `below ${printed(upper)}`
  if (!below && !above) return { name, identified: 'no', reason: shape }
  if (!below || !above) {
    const identified = atBound === null ? 'one-sided' : 'at-bound'
    const reason = atBound === null ? shape : boundReason(estimate, parameter)
    return { name, identified, reason: `${reason} (${known} at 95 %)` }
  }
  const profiled = { ...estimate, lower95: lower, upper95: upper }
  if (isNarrow(profiled, parameter?.scale ?? 'log')) return { name, identified: 'yes', reason: '' }
  return { name, identified: 'weak', reason: `its 95 % interval is ${interval(profiled)}` }
}

/** Whether the data close a side; the bound of another parameter says nothing of what they determine. */
function isClosed(end: ProfileEnd): boolean {
  return end.kind === 'closed' && (end.heldBy ?? []).length === 0
}

function isNarrow(
  { estimate, lower95, upper95 }: Pick<ParameterEstimate, 'estimate' | 'lower95' | 'upper95'>,
  scale: EstimatedParameter['scale'],
): boolean {
  if (scale === 'log') return upper95 <= widestRatio * estimate && lower95 * widestRatio >= estimate
  return Math.max(upper95 - estimate, estimate - lower95) <= wideCoordinate * Math.abs(estimate)
}

function boundReason({ estimate, atBound }: ParameterEstimate, parameter: EstimatedParameter | undefined): string {
  const bound = printed(atBound === 'upper' ? (parameter?.upper ?? estimate) : (parameter?.lower ?? estimate))
  return atBound === 'upper'
    ? `it is at its upper bound ${bound}: the data fit best with it as large or larger`
    : `it is at its lower bound ${bound}: the data fit best with it as small or smaller`
}

function interval({ lower95, upper95 }: ParameterEstimate): string {
  return `${printed(lower95)} to ${printed(upper95)}`
}

function printed(value: number): string {
  return String(Number(value.toPrecision(3)))
}

/** `foldx (at its bound), beta (weak)`: what a fit does not determine, in a line; empty where it determines everything. */
export function unidentifiedText(found: readonly Identification[]): string {
  const words = {
    weak: 'weakly determined',
    'one-sided': 'known on one side',
    'at-bound': 'at its bound',
    no: 'not determined',
  }
  return found
    .flatMap(({ name, identified }) => (identified === 'yes' ? [] : [`${name} ${words[identified]}`]))
    .join(', ')
}
