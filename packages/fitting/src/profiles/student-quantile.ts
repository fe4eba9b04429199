import { atan, normalQuantile } from '@cartkin/numerics'

/**
 * The value that |t| stays below with probability `level`, t with a whole number of degrees of freedom. The distribution is the
 * finite sum of M. Abramowitz, I. A. Stegun, "Handbook of Mathematical Functions", 26.7.3 and 26.7.4. Above 10,000 degrees
 * of freedom that of the normal distribution, which differs by less than 1 in 10,000 there.
 *
 * @param level in (0, 1)
 * @param freedom a whole number from 1
 */
export function studentQuantile(level: number, freedom: number): number {
  const normal = normalQuantile((1 + level) / 2)
  if (freedom > 10_000) return normal
  let low = normal
  let high = 2 * normal
  while (within(high, freedom) < level) {
    low = high
    high *= 2
  }
  for (let k = 0; k < 200; k++) {
    const middle = low + (high - low) / 2
    if (!(middle > low && middle < high)) break
    if (within(middle, freedom) < level) low = middle
    else high = middle
  }
  return high
}

/** P(|T| < t). */
function within(t: number, freedom: number): number {
  const root = Math.sqrt(freedom)
  const hypotenuse = Math.sqrt(freedom + t * t)
  const sine = t / hypotenuse
  const cosine = root / hypotenuse
  const odd = freedom % 2 === 1
  let term = odd ? cosine : 1
  let sum = freedom > 1 ? term : 0
  for (let k = odd ? 3 : 2; k < freedom; k += 2) {
    term *= (cosine * cosine * (k - 1)) / k
    sum += term
  }
  return odd ? (2 / Math.PI) * (atan(t / root) + sine * sum) : sine * sum
}
