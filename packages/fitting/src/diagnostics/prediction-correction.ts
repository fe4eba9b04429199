import type { TimeBin } from './time-bins.ts'

/**
 * Factors that carry observations, and replicates of them, to the prediction that is typical of their bin: its median over their own
 * (M. Bergstrand, A. C. Hooker, J. E. Wallin, M. O. Karlsson, AAPS J. 13:143–151, 2011, with a lower bound of 0). So what
 * differs among subjects by dose or covariates no longer widens the percentiles of a bin. A positive factor, so that what is
 * log-normal stays so; 1 where a prediction, or the median of its bin, is not above 0, as before a first dose, and for observations in no bin.
 *
 * @param predictions one per observation: of the typical subject, at its doses, covariates and time. NaN where there is none.
 */
export function predictionCorrection(bins: readonly TimeBin[], predictions: ArrayLike<number>): Float64Array {
  const factors = new Float64Array(predictions.length).fill(1)
  for (const { members } of bins) {
    const own = Float64Array.from(members, (k) => predictions[k]!)
      .filter(Number.isFinite)
      .sort()
    const middle = (own.length - 1) / 2
    const typical = own.length === 0 ? Number.NaN : (own[Math.floor(middle)]! + own[Math.ceil(middle)]!) / 2
    if (!(typical > 0)) continue
    for (const k of members) {
      const prediction = predictions[k]!
      if (prediction > 0 && prediction < Infinity) factors[k] = typical / prediction
    }
  }
  return factors
}
