import { gammaQ } from '@cartkin/numerics'

/** A fit as far as its comparison with another needs it. */
export interface ComparedFit {
  /** −2 log likelihood, all constants included. */
  readonly minusTwoLogLikelihood: number
  /** Names of the estimated parameters. */
  readonly estimated: readonly string[]
}

/** A test of a smaller model within a larger one, or why there is none. */
export type LikelihoodRatio =
  | {
      readonly status: 'tested'
      /** Difference of −2 log likelihood, smaller model minus larger; below 0 where the larger was not fitted to its optimum. */
      readonly statistic: number
      readonly degreesOfFreedom: number
      /** Upper tail of chi squared at the statistic; 1 where it is 0 or below. */
      readonly p: number
      /** Estimated in the larger model alone. */
      readonly added: readonly string[]
    }
  | { readonly status: 'not-nested'; readonly message: string }

/**
 * Likelihood ratio test of two fits to the same data (S. S. Wilks, Ann. Math. Stat. 9:60–62, 1938). By its names the smaller must
 * estimate a part of what the larger does; whether what it holds fixed makes it a special case of the larger, only the modeller knows.
 * Where a parameter is held at a bound of its range (a variance at 0), p is too large (S. G. Self, K.-Y. Liang, JASA 82:605–610, 1987).
 */
export function likelihoodRatio(smaller: ComparedFit, larger: ComparedFit): LikelihoodRatio {
  const missing = smaller.estimated.filter((name) => !larger.estimated.includes(name))
  if (missing.length > 0)
    return {
      status: 'not-nested',
      message: `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} estimated in the smaller model alone, so it does not lie within the larger; compare by AIC or BIC`,
    }
  const added = larger.estimated.filter((name) => !smaller.estimated.includes(name))
  if (added.length === 0)
    return {
      status: 'not-nested',
      message: 'both estimate the same parameters, so neither lies within the other; compare by AIC or BIC',
    }
  const statistic = smaller.minusTwoLogLikelihood - larger.minusTwoLogLikelihood
  if (!Number.isFinite(statistic))
    return { status: 'not-nested', message: 'one of the two has no likelihood: its fit failed' }
  const degreesOfFreedom = added.length
  const p = statistic > 0 ? gammaQ(degreesOfFreedom / 2, statistic / 2) : 1
  return { status: 'tested', statistic, degreesOfFreedom, p, added }
}
