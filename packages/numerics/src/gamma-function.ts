import { exp } from './exp.ts'
import { expOfSum } from './exp-of-sum.ts'
import { lgamma, lgammaAsymptotic } from './lgamma.ts'
import { sinPi } from './sin-pi.ts'

const words = new Float64Array(2)

/**
 * Γ(x) with the same bits in every engine; error below 5 units in the last place, none at whole numbers up to 19.
 *
 * Infinity above 171.62; NaN at 0 and the negative integers.
 */
export function gammaFunction(x: number): number {
  if (x >= 8) {
    if (x > 171.7) return Infinity
    lgammaAsymptotic(x, words)
    const sum = words[0]! + words[1]!
    return expOfSum(sum, words[0]! - sum + words[1]!)
  }
  if (x < 0.75) {
    if (x > -0.25) return x === 0 ? NaN : gammaFunction(x + 1) / x
    const sine = x * sinPi(x)
    return sine === 0 ? NaN : Math.PI / -sine / gammaFunction(-x)
  }
  let y = x
  let product = 1
  while (y >= 2.5) {
    y -= 1
    product *= y
  }
  return product * exp(lgamma(y))
}
