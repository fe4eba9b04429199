import { lgammaCoefficients } from './lgamma-coefficients.ts'
import { log } from './log.ts'
import { logTwoWords } from './log-two-words.ts'
import { polynomial } from './polynomial.ts'
import { productError } from './two-words.ts'

const { nearOne, nearOneAndAHalf, nearTwo, shift, stirling } = lgammaCoefficients
const words = new Float64Array(2)

/**
 * ln Γ(x) for x > 0 with the same bits in every engine; error below 2 units in the last place.
 *
 * lgamma(0) = Infinity; NaN for x < 0, where Γ changes sign and none of our densities lies.
 */
export function lgamma(x: number): number {
  if (!(x > 0)) return x === 0 ? Infinity : NaN
  if (x === Infinity) return x
  if (x < 0.75) {
    const above = x <= 0.25 ? x * polynomial(nearOne, x) : -0.125 + polynomial(nearOneAndAHalf, x - 0.5)
    logTwoWords(x, words)
    return above - words[1]! - words[0]!
  }
  if (x < 1.25) return 0 + (x - 1) * polynomial(nearOne, x - 1)
  if (x < 2.5) return nearTwoOrBelow(x)
  if (x < 8) {
    let y = x - 1
    let product = y
    while (y >= 2.5) {
      y -= 1
      product *= y
    }
    logTwoWords(product, words)
    return words[0]! + (words[1]! + nearTwoOrBelow(y))
  }
  if (x > 1e17) return x * (log(x) - 1)
  logTwoWords(x, words)
  const a = x - 0.5
  const b = words[0]! - 1
  const bLow = words[0]! - b - 1 + words[1]!
  const product = a * b
  const correction = polynomial(stirling, 1 / (x * x)) / x
  return product + (productError(a, b, product) + a * bLow + correction + shift)
}

/** ln Γ(x) for x in [1.25, 2.5]. */
function nearTwoOrBelow(x: number): number {
  return x < 1.75 ? -0.125 + polynomial(nearOneAndAHalf, x - 1.5) : (x - 2) * polynomial(nearTwo, x - 2)
}
