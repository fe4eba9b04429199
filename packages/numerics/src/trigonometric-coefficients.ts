/**
 * Coefficients of {@link sin}, {@link cos} and {@link tan}.
 *
 * - `piHalves`: π/2 as a sum of three words of at most 33 bits, whose products with an integer below 2^20 are exact, and a rest:
 *   π/2 to 2^-155 (Cody and Waite's reduction as in fdlibm's rem_pio2, Sun Microsystems, 1993).
 * - `sine`: sin y = y + y³ s(y²), `cosine`: cos y = 1 − y²/2 + y⁴ c(y²) on ±π/4; Chebyshev interpolants whose error is 0.03 units
 *   in the last place (test/numerics/golden/make-coefficients.py).
 */
export const trigonometricCoefficients = {
  twoOverPi: 0.6366197723675814,
  piHalves: [1.5707963267341256, 6.077100506303966e-11, 2.0222662487111665e-21, 8.4784276603689e-32],
  sine: [
    -0.16666666666666666, 0.008333333333333331, -0.0001984126984126506, 2.7557319219335453e-6, -2.5052106231157904e-8,
    1.6058531414589008e-10, -7.586685070091169e-13,
  ],
  cosine: [
    0.041666666666666664, -0.0013888888888888887, 2.4801587301584645e-5, -2.755731922140076e-7, 2.0876755790363397e-9,
    -1.1470460773969324e-11, 4.745865203787401e-14,
  ],
} as const
