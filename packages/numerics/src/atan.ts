import { inverseTrigonometricCoefficients } from './inverse-trigonometric-coefficients.ts'
import { polynomial } from './polynomial.ts'

const { atan: coefficients, atanPoints } = inverseTrigonometricCoefficients
const [half, one, oneAndAHalf, infinity] = atanPoints

/**
 * Arc tangent in [-π/2, π/2] with the same bits in every engine; error below 1 unit in the last place.
 *
 * Reduction to |t| <= 7/16 about 0, 1/2, 1, 3/2 and ∞ as in fdlibm's s_atan (Sun Microsystems, 1993).
 */
export function atan(x: number): number {
  const magnitude = Math.abs(x)
  if (!(magnitude > 1e-9)) return x
  let value: number
  if (magnitude < 0.4375) value = kernel(magnitude, 0, 0)
  else if (magnitude < 0.6875) value = kernel((2 * magnitude - 1) / (2 + magnitude), half[0], half[1])
  else if (magnitude < 1.1875) value = kernel((magnitude - 1) / (magnitude + 1), one[0], one[1])
  else if (magnitude < 2.4375) value = kernel((magnitude - 1.5) / (1 + 1.5 * magnitude), oneAndAHalf[0], oneAndAHalf[1])
  else value = kernel(-1 / magnitude, infinity[0], infinity[1])
  return x < 0 ? -value : value
}

/** base + baseLow + atan t. */
function kernel(t: number, base: number, baseLow: number): number {
  const z = t * t
  const rest = t * z * polynomial(coefficients, z)
  return base + (baseLow + rest + t)
}
