import { digamma } from './digamma.ts'
import { pow } from './pow.ts'
import { trigamma } from './trigamma.ts'

/** B_2, B_4, … */
const bernoulli = [
  1 / 6,
  -1 / 30,
  1 / 42,
  -1 / 30,
  5 / 66,
  -691 / 2730,
  7 / 6,
  -3617 / 510,
  43867 / 798,
  -174611 / 330,
  854513 / 138,
  -236364091 / 2730,
  8553103 / 6,
  -23749461029 / 870,
  8615841276005 / 14322,
]

/** Steps of the recurrence at most. */
const mostSteps = 10_000

/**
 * ψ^(n)(x), the derivative of order n of digamma, with the same bits in every engine; relative error below 1e-14 for x > 0.
 *
 * NaN where n is not one of 0, 1, …, 150, and for x < −10,000.
 */
export function polygamma(n: number, x: number): number {
  if (n === 0) return digamma(x)
  if (n === 1) return trigamma(x)
  if (!(Number.isInteger(n) && n > 0 && n <= 150 && x > -mostSteps)) return NaN
  if (x === Infinity) return 0
  // n!/x^(n+1) summed up to where the asymptotic series holds
  let factorial = 1
  for (let j = 2; j <= n; j++) factorial *= j
  let y = x
  let sum = 0
  while (y < n + 15) {
    sum += pow(y, -(n + 1))
    y += 1
  }
  const first = pow(y, -n) / n
  const square = 1 / (y * y)
  let series = first + (0.5 * pow(y, -n)) / y
  let factor = first
  for (let k = 1; k <= bernoulli.length; k++) {
    // (n)(n + 1)…(n + 2k − 1)/(2k)! y^(−2k)
    factor *= (((n + 2 * k - 2) * (n + 2 * k - 1)) / ((2 * k - 1) * (2 * k))) * square
    series += factor * bernoulli[k - 1]!
  }
  const value = factorial * (sum + series)
  return n % 2 === 1 ? value : -value
}
