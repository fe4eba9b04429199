import { inverseTrigonometricCoefficients } from './inverse-trigonometric-coefficients.ts'
import { polynomial } from './polynomial.ts'

/** (asin t − t)/t as a function of z = t² <= 1/4. */
export function asinKernel(z: number): number {
  return z * polynomial(inverseTrigonometricCoefficients.asin, z)
}
