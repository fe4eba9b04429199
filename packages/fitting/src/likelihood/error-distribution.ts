import { digamma, lbeta, log, log1p, trigamma } from '@cartkin/numerics'

/** The standardised residual z = (h(y) − h(f))/σ: standard normal, or Student's t with `df` degrees of freedom, unscaled. */
export type ErrorDistribution = { readonly kind: 'normal' } | { readonly kind: 't'; readonly df: number }

const logRootTwoPi = 0.9189385332046728

/** log of the density of z. */
export function logDensity(z: number, distribution: ErrorDistribution): number {
  if (distribution.kind === 'normal') return -0.5 * z * z - logRootTwoPi
  const { df } = distribution
  return -lbeta(0.5 * df, 0.5) - 0.5 * log(df) - 0.5 * (df + 1) * logOnePlusSquare(z, df)
}

/** log(1 + z²/ν), also where z² overflows. */
export function logOnePlusSquare(z: number, df: number): number {
  const size = Math.abs(z)
  return size > 1e150 ? 2 * log(size) - log(df) : log1p((z * z) / df)
}

/** What multiplies z in the score: 1, or (ν + 1)/(ν + z²), by which the t distribution weighs outliers down. */
export function weightOf(z: number, distribution: ErrorDistribution): number {
  return distribution.kind === 'normal' ? 1 : (distribution.df + 1) / (distribution.df + z * z)
}

/**
 * Score of one residual: derivatives of log[g(z)/σ] with respect to the location in units of σ, log σ and ν:
 * ωz, ωz² − 1 and, of a t distribution, ½[ψ((ν+1)/2) − ψ(ν/2) − 1/ν − log(1 + z²/ν) + (ν+1)z²/(ν(ν + z²))].
 */
export function score(z: number, distribution: ErrorDistribution): readonly [number, number, number] {
  if (distribution.kind === 'normal') return [z, z * z - 1, 0]
  const { df } = distribution
  const location = ((df + 1) / (df + z * z)) * z
  const share = z === 0 ? 0 : 1 / (1 + df / (z * z))
  const freedom = 0.5 * (freedomConstant(df) - logOnePlusSquare(z, df) + ((df + 1) / df) * share)
  return [location, (df + 1) * share - 1, freedom]
}

/** ψ((ν+1)/2) − ψ(ν/2) − 1/ν. */
export function freedomConstant(df: number): number {
  return digamma(0.5 * (df + 1)) - digamma(0.5 * df) - 1 / df
}

/**
 * Fisher information of one residual over (location, log σ, ν), row-major 3 × 3; of the t distribution as in Lange, Little &
 * Taylor, J. Am. Stat. Assoc. 84:881 (1989), Appendix B. That of ν is a difference which rounding swamps from ν of some 10⁴
 * on, where it is below 10⁻¹⁵; it is never taken as negative.
 */
export function fisherInformation(distribution: ErrorDistribution): readonly number[] {
  if (distribution.kind === 'normal') return [1, 0, 0, 0, 2, 0, 0, 0, 0]
  const { df } = distribution
  const cross = -2 / ((df + 1) * (df + 3))
  const curvature = 0.25 * (trigamma(0.5 * df) - trigamma(0.5 * (df + 1)))
  const freedom = curvature - (df + 5) / (2 * df * (df + 1) * (df + 3))
  return [(df + 1) / (df + 3), 0, 0, 0, (2 * df) / (df + 3), cross, 0, cross, Math.max(0, freedom)]
}

/** How much the log of the density falls from `from` to `from + width`, without cancellation. */
export function logDensityFall(from: number, width: number, distribution: ErrorDistribution): number {
  const squares = width * (2 * from + width)
  if (distribution.kind === 'normal') return 0.5 * squares
  const { df } = distribution
  const ratio = squares / (df + from * from)
  return 0.5 * (df + 1) * log1p(Number.isFinite(ratio) ? ratio : Number.MAX_VALUE)
}
