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

/**
 * What further stages of a continuous extension, after the two of the pair, may make of a step whose error passes. Where a
 * state all but rests, a step beyond the stability of its method is good at its end, since what grows in it began as
 * rounding: but each stage multiplies that by h·|λ|, three of them by more than the error estimate sees.
 *
 * With w the distance of the two stages' slopes, times h, and u that of the stages, both in tolerances of a state, h·|λ| is
 * w/u as that state has it. Where this is above the stability of the method, w·(w²/u² − stability²)^(3/2) must not be more
 * than `most`, in the root of the sum of squares over the states, or the attempt has the error norm `norm`: it is made
 * again a little shorter, so that 'auto' soon tries the stiff method. That a state all but rests shows where the slope at the
 * beginning, v when in the measure of w, is less than w/10: w² − `rest`·v² takes the place of w² in front. Where the sum of
 * these is below `least`, as in nearly all steps, the rest need not be looked at.
 */
export const extensionLimit = { most: 100, norm: 1.0625, leastSquare: 1e-16, rest: 100, least: 1e-12 } as const

/** Whether a method has such stages. */
export function hasFurtherStages({ denseStages }: Tableau): boolean {
  return denseStages !== undefined
}

/** The pair of a method; throws a RangeError for one without. */
export function stiffnessPair({ name, a, c, firstSameAsLast }: Tableau): StiffnessPair {
  const last = c.length - 1
  const stage = c.lastIndexOf(1, last - 1)
  if (stage < 0 || !firstSameAsLast) {
    throw new RangeError(`${name} has no two stages at the end of its step that tell how stiff the problem is`)
  }
  return { stage, weights: c.map((_, j) => (a[last]?.[j] ?? 0) - (a[stage]?.[j] ?? 0)) }
}
