import type { FitResult, ParameterEstimate } from '../fit-result.ts'
import type { EstimatedParameter } from '../problem/fit-problem.ts'

/** Whether the data of a fit determine a parameter. */
export interface Identification {
  readonly name: string
  /**
   * 'weak': its 95 % interval is wider than fourfold either way (on a linear scale: than 1.4 times its value); 'at-bound':
   * the estimate is its bound; 'no': the data do not determine it at all.
   */
  readonly identified: 'yes' | 'weak' | 'at-bound' | 'no'
  /** In words, why it is not; empty where it is. */
  readonly reason: string
}

/** Widest interval of an identified parameter: fourfold either way on the log scale, log(4) times the value on others. */
const widestRatio = 4
const widestShare = 1.3862943611198906

/** Which of its parameters a fit determines, in the order of the estimates. */
export function identifications(
  { estimates, collinear }: Pick<FitResult, 'estimates' | 'collinear'>,
  estimated: readonly EstimatedParameter[],
): readonly Identification[] {
  return estimates.map((estimate, j): Identification => {
    const { name, atBound } = estimate
    if (atBound !== null) return { name, identified: 'at-bound', reason: boundReason(estimate, estimated[j]) }
    const undetermined = collinear.find((set) => set.kind === 'undetermined' && set.names.includes(name))
    if (undetermined !== undefined) return { name, identified: 'no', reason: undetermined.message }
    if (!Number.isFinite(estimate.standardError))
      return { name, identified: 'no', reason: 'its standard error cannot be computed from these data' }
    if (isNarrow(estimate, estimated[j]?.scale ?? 'log')) return { name, identified: 'yes', reason: '' }
    const weak = collinear.find((set) => set.names.includes(name))
    return { name, identified: 'weak', reason: weak?.message ?? `its 95 % interval is ${interval(estimate)}` }
  })
}

function isNarrow(
  { estimate, lower95, upper95, relativeStandardError }: ParameterEstimate,
  scale: EstimatedParameter['scale'],
): boolean {
  if (scale === 'log') return upper95 <= widestRatio * estimate && lower95 * widestRatio >= estimate
  return 1.96 * relativeStandardError <= widestShare
}

function boundReason({ estimate, atBound }: ParameterEstimate, parameter: EstimatedParameter | undefined): string {
  const bound = printed(atBound === 'upper' ? (parameter?.upper ?? estimate) : (parameter?.lower ?? estimate))
  return atBound === 'upper'
    ? `it is at its upper bound ${bound}: the data fit best with it as large or larger, and say no more`
    : `it is at its lower bound ${bound}: the data fit best with it as small or smaller, and say no more`
}

function interval({ lower95, upper95 }: ParameterEstimate): string {
  return `${printed(lower95)} to ${printed(upper95)}`
}

function printed(value: number): string {
  return String(Number(value.toPrecision(3)))
}

/** `foldx (at its bound), beta (weak)`: what a fit does not determine, in a line; empty where it determines everything. */
export function unidentifiedText(found: readonly Identification[]): string {
  const words = { weak: 'weakly determined', 'at-bound': 'at its bound', no: 'not determined' }
  return found
    .flatMap(({ name, identified }) => (identified === 'yes' ? [] : [`${name} ${words[identified]}`]))
    .join(', ')
}
