import type { FitResult } from '@cartkin/fitting'

/** What a fit minimizes. */
export function objectiveName({ objectiveKind }: Pick<FitResult, 'objectiveKind'>): string {
  return objectiveKind === 'minus-two-log-likelihood' ? '−2 log likelihood' : 'weighted sum of squares'
}
