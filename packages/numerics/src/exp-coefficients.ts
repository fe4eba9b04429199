/**
 * Coefficients of {@link exp} and of every function built on it.
 *
 * With n = round(x / ln 2) and r = x − n ln 2 in ±0.3466, e^r = 1 + r + r² q(r).
 *
 * - `ln2High` has 42 bits, so that n · ln2High is exact for |n| < 2^11; `ln2Low` is the remainder of ln 2.
 * - `q`: 1/2, then the coefficients of r, r², …, r^10 of a Chebyshev interpolant of (e^r − 1 − r)/r² whose error is
 *   0.003 units in the last place of e^r (test/numerics/golden/make-coefficients.py).
 */
export const expCoefficients = {
  log2e: Math.LOG2E,
  ln2High: 0.6931471805598903,
  ln2Low: 5.497923018708371e-14,
  q: [
    0.5, 0.16666666666666669, 0.041666666666666664, 0.008333333333330062, 0.0013888888888886552, 0.00019841269863053618,
    2.4801587317144498e-5, 2.7557268459997064e-6, 2.755728296954995e-7, 2.510038549551032e-8, 2.0911236630261545e-9,
  ],
} as const
