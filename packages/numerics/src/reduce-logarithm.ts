import { logCoefficients } from './log-coefficients.ts'
import { powerOfTwo } from './scale-by-power-of-two.ts'

const { offsetHighWord } = logCoefficients

const float = new Float64Array(1)
const words = new Uint32Array(float.buffer)

/**
 * x = 2^k z with z in the interval of a row of {@link logCoefficients}: z to out[0], k to out[1]; returns the index of the row's first number.
 *
 * @param x positive and finite; subnormal numbers are allowed.
 */
export function reduceLogarithm(x: number, out: Float64Array): number {
  const subnormal = x < 2.2250738585072014e-308
  const normal = subnormal ? x * 18014398509481984 : x
  float[0] = normal
  const offset = words[1]! - offsetHighWord
  const k = offset >> 20
  out[0] = normal * powerOfTwo(-k)
  out[1] = subnormal ? k - 54 : k
  return 3 * ((offset >> 13) & 127)
}
