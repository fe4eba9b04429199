import { polynomial } from './polynomial.ts'
import { trigonometricCoefficients } from './trigonometric-coefficients.ts'

const { sine, cosine } = trigonometricCoefficients

/** sin(y + tail) for |y| <= π/4, as out[0] + out[1]. */
export function sineKernel(y: number, tail: number, out: Float64Array): void {
  const z = y * y
  const rest = y * z * polynomial(sine, z) + tail * (1 - 0.5 * z)
  const value = y + rest
  out[0] = value
  out[1] = y - value + rest
}

/** cos(y + tail) for |y| <= π/4, as out[0] + out[1]. */
export function cosineKernel(y: number, tail: number, out: Float64Array): void {
  const z = y * y
  const half = 0.5 * z
  const head = 1 - half
  const rest = 1 - head - half + (z * z * polynomial(cosine, z) - y * tail)
  const value = head + rest
  out[0] = value
  out[1] = head - value + rest
}
