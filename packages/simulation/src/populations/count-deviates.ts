import { exp, gammaDensity, lgamma, log, log1p } from '@cartkin/numerics'

/**
 * A whole number with the Poisson distribution of this mean, from a uniform deviate u in (0, 1). NaN for a mean that is
 * negative or no number.
 */
export function poissonDeviate(mean: number, u: number): number {
  if (!(mean >= 0 && mean < Number.POSITIVE_INFINITY)) return Number.NaN
  if (mean === 0) return 0
  const mode = Math.floor(mean)
  return chopDown(u, {
    mode,
    // λ^k e^−λ / k!
    atMode: gammaDensity(mode + 1, mean),
    most: Number.POSITIVE_INFINITY,
    up: (k) => mean / (k + 1),
    down: (k) => k / mean,
  })
}

/**
 * A number of successes in this many trials, from a uniform deviate u in (0, 1). NaN where `trials` is no whole number from
 * 0 or `probability` is not in [0, 1].
 */
export function binomialDeviate(trials: number, probability: number, u: number): number {
  if (!(Number.isSafeInteger(trials) && trials >= 0 && probability >= 0 && probability <= 1)) return Number.NaN
  if (probability === 0) return 0
  if (probability === 1) return trials
  const mode = Math.min(trials, Math.floor((trials + 1) * probability))
  const odds = probability / (1 - probability)
  const atMode =
    lgamma(trials + 1) -
    lgamma(mode + 1) -
    lgamma(trials - mode + 1) +
    mode * log(probability) +
    (trials - mode) * log1p(-probability)
  return chopDown(u, {
    mode,
    atMode: exp(atMode),
    most: trials,
    up: (k) => ((trials - k) / (k + 1)) * odds,
    down: (k) => k / ((trials - k + 1) * odds),
  })
}

interface Counts {
  readonly mode: number
  readonly atMode: number
  readonly most: number
  /** Probability of k + 1, and of k − 1, over that of k. */
  readonly up: (k: number) => number
  readonly down: (k: number) => number
}

/**
 * Inversion that takes the values in the order mode, mode + 1, mode − 1, … and so needs about as many steps as the standard
 * deviation. (Kemp, Appl. Statist. 30:249, 1981, for the mode as the start.)
 */
function chopDown(u: number, { mode, atMode, most, up, down }: Counts): number {
  let rest = u - atMode
  if (rest < 0) return mode
  let high = mode
  let low = mode
  let above = atMode
  let below = atMode
  // what rounding leaves of u is less than any of these
  while (above > 1e-20 || below > 1e-20) {
    above = high < most ? above * up(high) : 0
    high++
    rest -= above
    if (rest < 0) return high
    below = low > 0 ? below * down(low) : 0
    low--
    rest -= below
    if (rest < 0) return low
  }
  return mode
}
