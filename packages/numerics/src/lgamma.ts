import { lgammaCoefficients } from './lgamma-coefficients.ts'
import { log } from './log.ts'
import { logTwoWords } from './log-two-words.ts'
import { polynomial } from './polynomial.ts'
import { sinPi } from './sin-pi.ts'
import { productError } from './two-words.ts'

const { nearOne, nearOneAndAHalf, nearTwo, shift, stirling } = lgammaCoefficients
const words = new Float64Array(2)

/**
 * ln |Γ(x)| with the same bits in every engine; error below 2 units in the last place for x > 0. For x < 0, where Γ has
 * zeros of its logarithm between the poles, below 2e-15 (1 + |ln |Γ(x)|| + ln |Γ(−x)|).
 *
 * lgamma(0) = Infinity, and so at the negative integers and at ±Infinity.
 */
export function lgamma(x: number): number {
  if (x < -0.25) return x < -1e15 ? Infinity : log(Math.PI / Math.abs(x * sinPi(x))) - lgamma(-x)
  if (x === 0) return Infinity
  if (!(x < Infinity)) return x
  if (x < 0.75) {
    const above = x <= 0.25 ? x * polynomial(nearOne, x) : -0.125 + polynomial(nearOneAndAHalf, x - 0.5)
    logTwoWords(Math.abs(x), words)
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
  lgammaAsymptotic(x, words)
  return words[0]! + words[1]!
}

/** ln Γ(x) as out[0] + out[1], for x in [8, 1e17]. */
export function lgammaAsymptotic(x: number, out: Float64Array): void {
  logTwoWords(x, out)
  const a = x - 0.5
  const b = out[0]! - 1
  const bLow = out[0]! - b - 1 + out[1]!
  const product = a * b
  out[0] = product
  out[1] = productError(a, b, product) + a * bLow + stirlingRest(x) + shift
}

/** ln Γ(x) − (x − 1/2) ln x + x − ln √(2π), for x >= 8. */
export function stirlingRest(x: number): number {
  return polynomial(stirling, 1 / (x * x)) / x
}

/** ln Γ(x) for x in [1.25, 2.5]. */
function nearTwoOrBelow(x: number): number {
  return x < 1.75 ? -0.125 + polynomial(nearOneAndAHalf, x - 1.5) : (x - 2) * polynomial(nearTwo, x - 2)
}
