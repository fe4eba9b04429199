import { digammaCoefficients } from './digamma-coefficients.ts'
import { log } from './log.ts'
import { polynomial } from './polynomial.ts'
import { cosPi, sinPi } from './sin-pi.ts'

const { root, rootLow, nearRoot, asymptotic } = digammaCoefficients

/**
 * ψ(x), the slope of ln Γ, with the same bits in every engine; error below 4 units in the last place for x > 0, for x < 0
 * below 1e-15 of the larger of ψ(1 − x) and π cot(π x).
 *
 * NaN at 0 and the negative integers.
 */
export function digamma(x: number): number {
  if (x >= 8) {
    const square = 1 / (x * x)
    return log(x) - (0.5 / x + square * polynomial(asymptotic, square))
  }
  if (x > 1) {
    let y = x
    let sum = 0
    while (y > 2) {
      y -= 1
      sum += 1 / y
    }
    return aboutRoot(y) + sum
  }
  if (x > 0) return aboutRoot(x + 1) - 1 / x
  const sine = sinPi(x)
  return Math.abs(sine) > 0 ? digamma(1 - x) - (Math.PI * cosPi(x)) / sine : NaN
}

/** ψ on [1, 2]. */
function aboutRoot(x: number): number {
  return (x - root - rootLow) * polynomial(nearRoot, x - 1.5)
}
