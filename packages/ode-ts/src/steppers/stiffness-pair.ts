import type { Tableau } from '../methods/method.ts'

/**
 * Two stages of an explicit method at the end of its step, i and the last one, s, which differ only by what the formulas
 * leave: where the step is bound by stability, in the direction of the dominant eigenvalue λ of ∂f/∂y. So
 *
 * h |λ| ≈ ‖k_s − k_i‖ / ‖Σ_j (a_sj − a_ij) k_j‖,
 *
 * from what the step has computed anyway: Hairer & Wanner II, IV.2. Where the two stages are closer than
 * `leastStiffnessGap` tolerances, rounding may say anything: nothing is known.
 */
export interface StiffnessPair {
  /** i. */
  readonly stage: number
  /** a_sj − a_ij, one for each stage. */
  readonly weights: readonly number[]
}

/** Root mean square of the distance of the two stages, in tolerances, from which they tell something. */
export const leastStiffnessGap = 1e-3

/** The pair of a method; throws a RangeError for one without. */
export function stiffnessPair({ name, a, c, firstSameAsLast }: Tableau): StiffnessPair {
  const last = c.length - 1
  const stage = c.lastIndexOf(1, last - 1)
  if (stage < 0 || !firstSameAsLast) {
    throw new RangeError(`${name} has no two stages at the end of its step that tell how stiff the problem is`)
  }
  return { stage, weights: c.map((_, j) => (a[last]?.[j] ?? 0) - (a[stage]?.[j] ?? 0)) }
}
