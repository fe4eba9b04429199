import { exp, logNormalCdf } from '@cartkin/numerics'

const logRootTwoPi = 0.9189385332046728

/**
 * λ(z) = φ(z)/Φ(z) and κ(z) = λ(λ + z), its negative slope, which lies in (0, 1): first and second derivative of
 * −log Φ(z), apart from the sign of the first. Below z = −30, where λ + z cancels, by the continued expansion
 * λ = x + 1/x − 2/x³ + 10/x⁵ − 74/x⁷ + 706/x⁹ with x = −z (from Abramowitz & Stegun 26.2.12).
 */
export function inverseMillsRatio(z: number): { readonly lambda: number; readonly kappa: number } {
  if (z < -30) {
    const x = -z
    const t = 1 / (x * x)
    const excess = (1 - t * (2 - t * (10 - t * (74 - t * 706)))) / x
    return { lambda: x + excess, kappa: (x + excess) * excess }
  }
  const lambda = exp(-0.5 * z * z - logRootTwoPi - logNormalCdf(z))
  return { lambda, kappa: lambda * (lambda + z) }
}
