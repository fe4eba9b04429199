import type { ErrorDistribution } from '../likelihood/error-distribution.ts'
import type { ErrorLaw } from '../likelihood/error-law.ts'
import type { ResolvedEndpoint, Source } from './resolve-problem.ts'

/**
 * How the residuals of an endpoint spread at natural values of the estimated parameters.
 *
 * @param sd of the observation, where errors are given
 */
export function errorLaw(
  { endpoint, a, b, c }: ResolvedEndpoint,
  values: Float64Array,
  sd: number | undefined,
): ErrorLaw {
  const { error } = endpoint
  const { kind } = error
  switch (kind) {
    case 'given':
      return { kind, sd: sd ?? NaN }
    case 'additive':
      return { kind, a: numberOf(a, values) }
    case 'proportional':
      return { kind, b: numberOf(b, values) }
    case 'power':
      return { kind, b: numberOf(b, values), c: numberOf(c, values) }
    default: {
      const both = { kind, a: numberOf(a, values), b: numberOf(b, values) }
      return error.c === undefined ? both : { ...both, c: numberOf(c, values) }
    }
  }
}

/** The distribution of the residuals of an endpoint at natural values of the estimated parameters. */
export function errorDistribution({ endpoint, df }: ResolvedEndpoint, values: Float64Array): ErrorDistribution {
  return endpoint.distribution?.kind === 't' ? { kind: 't', df: numberOf(df, values) } : { kind: 'normal' }
}

function numberOf({ estimated, factor, value }: Source, values: Float64Array): number {
  return estimated >= 0 ? factor * values[estimated]! : value
}
