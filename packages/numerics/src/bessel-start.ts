import { cosh } from './cosh.ts'
import { exp } from './exp.ts'
import { poissonTerm } from './gamma-density.ts'
import { log } from './log.ts'
import { polynomial } from './polynomial.ts'
import { reciprocalGammaCoefficients } from './reciprocal-gamma-coefficients.ts'
import { sinPi } from './sin-pi.ts'
import { sinh } from './sinh.ts'

/** Steps of a continued fraction or a series at most; those in the order need about x. */
export const mostBesselSteps = 200_000

/** Largest argument, as in R. */
export const largestBesselArgument = 1e5

/**
 * First terms of Temme's series for small x, at an order |order| <= 1/2 (N. M. Temme, J. Comput. Phys. 19, 324, 1975):
 * f, p and q of his recurrence for K; those of Y are 2/π of them.
 */
export function temmeStart(order: number, x: number): { readonly f: number; readonly p: number; readonly q: number } {
  const square = order * order
  const even = polynomial(reciprocalGammaCoefficients.even, square)
  const odd = polynomial(reciprocalGammaCoefficients.odd, square)
  const length = log(2 / x)
  const angle = order * length
  const turned = order === 0 ? 1 : (Math.PI * order) / sinPi(order)
  const f =
    turned *
    (-odd * cosh(angle) + (even * length * sinh(angle)) / (angle === 0 ? 1 : angle) + (angle === 0 ? even * length : 0))
  const power = exp(angle)
  return { f, p: (0.5 * power) / (even + order * odd), q: 0.5 / (power * (even - order * odd)) }
}

/** (x/2)^order / Γ(order + 1) Σ (±x²/4)^k / (k! (order + 1)…(order + k)): J with −, I with +; for x² < 4 (order + 1). */
export function besselSeries(order: number, x: number, sign: 1 | -1): number {
  const square = 0.25 * x * x * sign
  let term = 1
  let sum = 1
  for (let k = 1; Math.abs(term) > 1e-17 * Math.abs(sum); k++) {
    term *= square / (k * (order + k))
    sum += term
  }
  return poissonTerm(order, 0.5 * x) * exp(0.5 * x) * sum
}
