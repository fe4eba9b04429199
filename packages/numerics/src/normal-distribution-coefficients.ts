/**
 * Coefficients of {@link normalCdf} and {@link normalQuantile}.
 *
 * - `density`, `densityLow`: 1/√(2π) in two words, the density at 0.
 * - `rootHalf`, `rootHalfLow`: √(1/2) in two words.
 * - `twoOverRootPi`, `rootHalfPi`, `rootTwoPi`: 2/√π, √(π/2), √(2π).
 * - `centre`: P(X <= x) = 1/2 + x (1/√(2π) + x² c(x²)) for |x| <= 0.714, a Chebyshev interpolant whose error is below 0.06 units in the
 *   last place (test/numerics/golden/make-coefficients.py).
 */
export const normalDistributionCoefficients = {
  density: 0.3989422804014327,
  densityLow: -2.49232720227773e-17,
  rootHalf: Math.SQRT1_2,
  rootHalfLow: -4.833646656726457e-17,
  twoOverRootPi: 1.1283791670955126,
  rootHalfPi: 1.2533141373155003,
  rootTwoPi: 2.5066282746310007,
  centre: [
    -0.06649038006690544, 0.009973557010035817, -0.0011873282154804432, 0.00011543468761587653, -9.444656255945504e-6,
    6.659693255268096e-7, -4.122655742148193e-8, 2.2732061630701906e-9, -1.124673050137134e-10, 4.600631537256749e-12,
  ],
} as const
