import { mulberry32 } from './mulberry32.ts'
import { varied } from './p5.ts'

/** Multipliers of one subject: the varied parameters, then T(0). */
export const FACTORS = varied.length + 1

/**
 * P4: factors of the first `subjects` members of a virtual population of P1, subject-major: exp(N(0, 0.3²)) for the varied
 * parameters, exp(N(0, 1)) for T(0); mulberry32(12345), Box–Muller on (1 − u, v).
 */
export function populationFactors(subjects: number): Float64Array {
  const uniform = mulberry32(12345)
  return Float64Array.from({ length: subjects * FACTORS }, (_, k) => {
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()))
    const deviate = radius * Math.cos(2 * Math.PI * uniform())
    return Math.exp((k % FACTORS === varied.length ? 1 : 0.3) * deviate)
  })
}
